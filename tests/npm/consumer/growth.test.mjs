// Memory that grows inside of every call of the module detaches every view of it: nobody may notice.
import assert from 'node:assert/strict';
import { test } from 'node:test';

const memories = [];
let grown = 0;

/** An instance whose every function makes the memory grow before it works and after. */
class Growing extends WebAssembly.Instance {
  constructor(module, imports) {
    const { exports } = super(module, imports);
    const { memory } = exports;
    memories.push(memory);
    const grow = () => {
      // Growing by nothing detaches as well, and costs nothing.
      memory.grow(grown++ % 1000 === 0 ? 1 : 0);
    };
    const wrap = (work) => (...given) => {
      grow();
      const result = work(...given);
      grow();
      return result;
    };
    const wrapped = Object.entries(exports).map(([name, value]) => [name, typeof value === 'function' ? wrap(value) : value]);
    return { exports: Object.fromEntries(wrapped) };
  }
}

const Instance = WebAssembly.Instance;
WebAssembly.Instance = Growing;
const ws101 = await import('ws101');
const deflate = await import('ws101/deflate');
WebAssembly.Instance = Instance;

const { DELIVERIES, check, join } = await import('./conversation.mjs');
const { Connection, FrameDecoder, FrameEncoder, HeadReader, encodeFrame } = ws101;
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const maskingKey = Uint8Array.of(1, 2, 3, 4);

test('the memory did grow', () => {
  assert.equal(memories.length, 2);
  for (const [place, entry] of [ws101, deflate].entries()) {
    const before = memories[place].buffer;
    entry.acceptKey(KEY);
    assert.equal(before.byteLength, 0, 'a view from before the call is dead');
  }
  assert.ok(grown > 2);
});

test('the handshake', () => {
  const request = ws101.buildRequest({ host: 'a', key: KEY, subprotocols: ['x', 'y'] });
  const reader = new HeadReader();
  assert.equal(reader.receive(request.subarray(0, 20)), null);
  const { head, rest } = reader.receive(join(request.subarray(20), Uint8Array.of(1, 2)));
  assert.deepEqual([ws101.verifyRequest(head).subprotocols, rest.length], [['x', 'y'], 2]);
  const response = ws101.buildResponse({ key: KEY, subprotocol: 'y' });
  assert.equal(ws101.verifyResponse(response, { key: KEY, subprotocols: ['x', 'y'] }).subprotocol, 'y');
  assert.throws(() => ws101.verifyRequest('GET / HTTP/1.0\r\n\r\n'), { code: 'REQUEST_HTTP_VERSION', range: [6, 14] });
});

test('frames', () => {
  const encoder = new FrameEncoder({ role: 'client' });
  for (const payload of ['Hello', new Uint8Array(200_000).fill(5), '']) encoder.encode({ opcode: 2, payload });
  const stream = encoder.take();
  for (const bytes of DELIVERIES) {
    const decoder = new FrameDecoder({ role: 'server', bytes });
    const lengths = [0, 0, 0];
    let frame = 0;
    for (let at = 0; at < stream.length; at += 50_000) {
      for (const part of decoder.decode(stream.slice(at, at + 50_000))) {
        lengths[frame] += part.payload.length;
        if (bytes !== 'view' && frame === 1) assert.ok(part.payload.every((byte) => byte === 5));
        if (part.last) frame += 1;
      }
    }
    assert.deepEqual(lengths, [5, 200_000, 0]);
  }
});

test('connections', () => {
  const stream = join(
    encodeFrame({ opcode: 1, payload: 'Hello', maskingKey }), encodeFrame({ opcode: 9, payload: '?', maskingKey }),
    encodeFrame({ opcode: 1, payload: '你', fin: false, maskingKey }), encodeFrame({ opcode: 0, payload: 'ß', maskingKey }),
    encodeFrame({ opcode: 2, payload: Uint8Array.of(1, 2, 3), maskingKey }), encodeFrame({ opcode: 8, maskingKey }),
  );
  const events = ['text Hello', 'ping 3f', 'text 你ß', 'binary 010203', 'close null '];
  // A view dies at the next call, which with memory that grows is to be seen.
  for (const bytes of ['copy', 'write-back']) {
    check({ options: { bytes }, stream, events, outgoing: '8a013f8800' });
  }
  const client = Connection.client();
  client.sendText('ü'.repeat(70_000));
  client.sendBinary(new Uint8Array(500_000).fill(9));
  const [text, binary] = [...Connection.server().receive(client.takeOutgoing())];
  assert.equal(text.data, 'ü'.repeat(70_000));
  assert.ok(binary.data.length === 500_000 && binary.data.every((byte) => byte === 9));
});

test('messages that are compressed', () => {
  const { acceptDeflate, agreeDeflate, offerDeflate } = deflate;
  const offer = offerDeflate({ clientMaxWindowBits: true });
  const head = deflate.buildRequest({ host: 'a', key: KEY, extensions: offer });
  const accepted = acceptDeflate(deflate.verifyRequest(head).extensions, { clientMaxWindowBits: 9 });
  const response = deflate.buildResponse({ key: KEY, extensions: accepted.response });
  const agreed = agreeDeflate(offer, deflate.verifyResponse(response, { key: KEY, extensions: offer }).extensions);
  assert.equal(agreed.clientMaxWindowBits, 9);
  for (const bytes of ['copy', 'write-back']) {
    const server = deflate.Connection.server({ deflate: accepted, bytes });
    const client = deflate.Connection.client({ deflate: agreed, bytes });
    const text = 'over and '.repeat(20_000);
    const binary = Uint8Array.from({ length: 300_000 }, (_, at) => (at * at) >> 7);
    for (const [from, to] of [[client, server], [server, client]]) {
      from.sendText(text);
      from.sendBinary(binary);
      const sent = from.takeOutgoing();
      assert.ok(sent.length < binary.length);
      const events = [];
      for (let at = 0; at < sent.length; at += 10_000) events.push(...to.receive(sent.slice(at, at + 10_000)));
      assert.equal(events[0].data, text);
      assert.deepEqual(events[1].data, binary);
    }
    server.free();
    client.free();
  }
});
