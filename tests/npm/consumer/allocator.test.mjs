// Memory of WebAssembly never shrinks, so what is freed must serve again, whatever its size.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FrameDecoder, HeadReader, verifyRequest } from 'ws101';

const MIB = 2 ** 20;
const decoder = new FrameDecoder({ role: 'server' });
/** How much memory the module has now, in bytes. */
const held = () => decoder.table().buffer.byteLength;

test('a million readers, of many lengths, some of them alive at once, do not make the memory grow', () => {
  const alive = [];
  const round = (from, to) => {
    for (let at = from; at < to; at++) {
      alive.push(new HeadReader({ maxLength: 1 + ((at * 7919) % 5000) }));
      if (alive.length > 20) alive.splice((at * 31) % 20, 1)[0].free();
    }
  };
  round(0, 100_000);
  const before = held();
  round(100_000, 1_000_000);
  assert.equal(held(), before);
  alive.forEach((reader) => reader.free());
});

test('buffers that are larger each time take the place of those before them', () => {
  const largest = 12 * MIB;
  for (let length = MIB; length <= largest; length += 100_000) {
    // Something small that outlives the large one must not cut its place in two for long.
    const [large, small] = [new HeadReader({ maxLength: length }), new HeadReader({ maxLength: 100 })];
    large.free();
    small.free();
  }
  assert.ok(held() < 2 * largest, `${held()} bytes are held`);
});

test('a request as long as can be is judged in its place, again and again', () => {
  const head = (length) => `GET / HTTP/1.1\r\nCookie: ${'a'.repeat(length)}\r\n\r\n`;
  const judge = (length) => assert.throws(() => verifyRequest(head(length)), { code: 'REQUEST_HOST_MISSING' });
  judge(MIB);
  const before = held();
  for (let round = 0; round < 50; round++) judge(MIB - round * 1000);
  assert.equal(held(), before);
});
