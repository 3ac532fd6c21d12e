import assert from 'node:assert/strict';
import { isUtf8 } from 'node:buffer';
import { test } from 'node:test';
import { CUTS, MEMORIES, chunked, ranges } from '../src/chunks.mjs';
import { CONTENTS, readFrames, spoiled, wireOf } from '../src/wire.mjs';

test('frames carry the payloads, masked or not', () => {
  for (const content of CONTENTS) {
    for (const size of [1, 3, 16, 125, 126, 65_536]) {
      for (const masked of [true, false]) {
        const wire = wireOf({ content, size, masked, atMost: 5 });
        const frames = readFrames(wire.bytes);
        assert.deepEqual(frames.map(({ payload }) => payload), wire.payloads);
        assert.ok(frames.every((frame) => frame.first === (content === 'binary' ? 0x82 : 0x81) && frame.masked === masked));
        assert.equal(wire.bounds.at(-1), wire.bytes.length);
      }
    }
  }
});

test('payloads have their size, texts are UTF-8, and neighbours differ', () => {
  for (const content of CONTENTS) {
    for (const size of [2, 3, 16, 125, 1024]) {
      const { payloads } = wireOf({ content, size, atMost: 200 });
      assert.equal(payloads.length, 200);
      assert.ok(payloads.every((payload) => payload.length === size && (content === 'binary' || isUtf8(payload))));
      if (size >= 16) assert.ok(payloads.every((payload, number) => number === 0 || !payload.equals(payloads[number - 1])));
    }
  }
});

test('multilingual text has characters of one to four bytes', () => {
  const text = wireOf({ content: 'multilingual', size: 1024, atMost: 1 }).payloads[0].toString();
  const lengths = new Set([...text].map((character) => Buffer.byteLength(character)));
  assert.deepEqual([...lengths].sort(), [1, 2, 3, 4]);
});

test('a spoiled wire differs in one byte, and one text is not UTF-8', () => {
  for (const masked of [true, false]) {
    const wire = wireOf({ content: 'multilingual', size: 125, masked, atMost: 8 });
    const other = spoiled(wire);
    assert.equal(wire.bytes.filter((byte, at) => byte !== other.bytes[at]).length, 1);
    const wrong = readFrames(other.bytes).filter(({ payload }) => !isUtf8(payload));
    assert.equal(wrong.length, 1);
    assert.equal(wrong[0].payload[62], 0xff);
  }
});

test('chunks together are the wire, whatever was done to them before', () => {
  const wire = wireOf({ content: 'binary', size: 125, atMost: 3000 });
  for (const cut of CUTS) {
    for (const memory of MEMORIES) {
      const chunks = chunked(wire, cut, memory);
      for (let pass = 0; pass < 2; pass++) {
        const all = [...chunks()].flat();
        assert.ok(Buffer.concat(all).equals(wire.bytes), `${cut}, ${memory}, pass ${pass}`);
        for (const chunk of all) chunk.fill(0xa5);
      }
    }
  }
});

test('a fresh chunk is memory of its own, a reused one is that of the last pass', () => {
  const wire = wireOf({ content: 'binary', size: 16, atMost: 10 });
  const buffers = (chunks) => [...chunks()].flat().map(({ buffer }) => buffer);
  const fresh = chunked(wire, CUTS[1], 'fresh');
  const seen = new Set([...buffers(fresh), ...buffers(fresh)]);
  assert.equal(seen.size, 20);
  assert.ok([...seen].every(({ byteLength }) => byteLength === 22));
  const reused = chunked(wire, CUTS[1], 'reused');
  assert.equal(new Set([...buffers(reused), ...buffers(reused)]).size, 10);
});

test('chunks are 64 KiB but for the last, or a frame each', () => {
  const wire = wireOf({ content: 'binary', size: 1 << 20 });
  const lengths = (cut) => ranges(wire, cut).map(([start, end]) => end - start);
  assert.ok(lengths(CUTS[0]).slice(0, -1).every((length) => length === 65_536));
  assert.deepEqual(lengths(CUTS[1]), Array(4).fill((1 << 20) + 14));
});
