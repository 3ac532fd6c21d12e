// Wrong arguments, freed objects, memory that grows: a clear error or a right result, and the module lives on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import vm from 'node:vm';
import * as codec from 'ws101';
import * as inspecting from 'ws101/inspect';

const ws101 = { ...codec, ...inspecting };

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const HELLO = ws101.encodeFrame({ opcode: 1, payload: 'Hello', maskingKey: Uint8Array.of(1, 2, 3, 4) });
const wrong = [undefined, null, 7, NaN, {}, [], Symbol('s'), () => 0, new Float64Array(2), true];

/** Every function, with arguments that work, and its result in a form that can be compared. */
const CALLS = {
  acceptKey: () => ws101.acceptKey(KEY),
  applyMask: () => ws101.applyMask(Uint8Array.of(1, 2, 3), Uint8Array.of(1, 2, 3, 4)),
  buildErrorResponse: () => ws101.buildErrorResponse({ code: 'REQUEST_KEY_MISSING' }),
  buildRequest: () => ws101.buildRequest({ host: 'a', key: KEY }),
  buildResponse: () => ws101.buildResponse({ key: KEY }),
  describeStatusCode: () => ws101.describeStatusCode(1000),
  encodeClosePayload: () => ws101.encodeClosePayload(1000, 'bye'),
  encodeFrame: () => ws101.encodeFrame({ opcode: 2, payload: new Uint8Array(100_000), maskingKey: Uint8Array.of(1, 2, 3, 4) }),
  explainAcceptKey: () => ws101.explainAcceptKey(KEY),
  forgeFrame: () => ws101.forgeFrame({ opcode: 3 }),
  generateKey: () => ws101.generateKey().length,
  generateMaskingKey: () => ws101.generateMaskingKey().length,
  inspect: () => ws101.inspect(HELLO, { as: 'frames' }),
  parseClosePayload: () => ws101.parseClosePayload(Uint8Array.of(3, 232)),
  verifyRequest: () => ws101.verifyRequest(ws101.buildRequest({ host: 'a', key: KEY })),
  verifyResponse: () => ws101.verifyResponse(ws101.buildResponse({ key: KEY }), { key: KEY }),
  Connection: () => Array.from(ws101.Connection.server().receive(HELLO), (event) => event.data),
  FrameDecoder: () => [...new ws101.FrameDecoder({ role: 'server' }).decode(HELLO)].map((part) => part.payload),
  FrameEncoder: () => {
    const encoder = new ws101.FrameEncoder({ role: 'server' });
    encoder.encode({ opcode: 1, payload: 'Hello' });
    return encoder.take();
  },
  HeadReader: () => new ws101.HeadReader().receive(ws101.buildRequest({ host: 'a', key: KEY })).head,
};

test('the calls below are all that there are', () => {
  // What has to do with streams takes its time, and has tests of its own (`streams*.test.mjs`).
  const names = Object.keys(ws101).filter((name) => typeof ws101[name] === 'function' && !name.endsWith('Stream'));
  assert.deepEqual(names.sort(), Object.keys(CALLS).sort());
});

test('wrong arguments get a TypeError or a RangeError, and the next call works', () => {
  const good = results();
  for (const value of wrong) {
    const attempts = [
      () => ws101.acceptKey(value),
      () => ws101.explainAcceptKey(value),
      () => ws101.verifyRequest(value),
      () => ws101.verifyResponse(value, { key: KEY }),
      () => ws101.parseClosePayload(value),
      () => ws101.applyMask(value, Uint8Array.of(1, 2, 3, 4)),
      () => ws101.applyMask(new Uint8Array(1), value),
      () => ws101.inspect(value, { as: 'frames' }),
      () => ws101.inspect(HELLO, { as: value }),
      () => ws101.buildRequest({ host: value, key: KEY }),
      () => ws101.buildRequest({ host: 'a', key: value }),
      () => ws101.buildErrorResponse(value),
      () => ws101.encodeFrame({ opcode: value === 7 ? 'x' : value }),
      () => ws101.forgeFrame({ opcode: value === 7 ? -1 : value }),
      () => ws101.describeStatusCode(value === 7 ? 65_536 : value),
      () => ws101.encodeClosePayload(value === 7 ? 1.5 : value),
      () => new ws101.FrameDecoder({ role: value }),
      () => new ws101.FrameDecoder({ role: 'client' }).decode(value),
      () => new ws101.FrameDecoder({ role: 'client' }).push(value),
      () => new ws101.HeadReader().receive(value),
      () => ws101.Connection.server().receive(value === undefined ? null : value),
      () => ws101.Connection.server().sendText(value),
      () => ws101.Connection.client().sendBinary(value),
      () => ws101.Connection.client().ping(value ?? null),
      () => ws101.Connection.server().sendFragment({ opcode: value === 7 ? 3 : value }),
      () => ws101.Connection.server().close(value === 7 || value === undefined ? 0 : value),
      () => ws101.Connection.server().tick(value === 7 ? -1 : value),
      () => ws101.Connection.server({ maxMessage: value === 7 || value === undefined ? -1 : value }),
      () => ws101.Connection.server({ bytes: value ?? null }),
      () => ws101.Connection.server({ delivery: value ?? null }),
      () => ws101.Connection.server({ keepAlive: value ?? null }),
      () => new ws101.Connection(value),
      () => new ws101.FrameEncoder({ role: value }),
      () => new ws101.FrameEncoder({ role: 'client' }).encode({ opcode: value === 7 ? 16 : value }),
      () => new ws101.FrameDecoder({ role: 'client', bytes: value ?? null }),
      () => new ws101.HeadReader({ maxLength: value ?? 0 }).receive(value),
    ];
    for (const attempt of attempts) {
      assert.throws(attempt, (error) => {
        assert.ok(error instanceof TypeError || error instanceof RangeError, `${attempt}: ${error?.stack}`);
        return !(error instanceof WebAssembly.RuntimeError) && error.message.length > 10;
      }, `${attempt} with ${String(value)}`);
    }
  }
  assert.deepEqual(results(), good);
});

test('optional arguments of a wrong type are named', () => {
  const request = { host: 'a', key: KEY };
  assert.throws(() => ws101.buildRequest({ ...request, subprotocols: 'chat' }), /subprotocols must be an array/);
  assert.throws(() => ws101.buildRequest({ ...request, subprotocols: [1] }), /subprotocols\[0\]/);
  assert.throws(() => ws101.buildRequest({ ...request, headers: [['A']] }), /headers\[0\]/);
  assert.throws(() => ws101.encodeFrame({ opcode: 1, fin: 1 }), /fin must be true or false/);
  assert.throws(() => ws101.encodeFrame({ opcode: 1, maskingKey: new Uint8Array(3) }), /maskingKey must have 4 bytes/);
  assert.throws(() => ws101.forgeFrame({ opcode: 1, lengthForm: 8 }), /lengthForm/);
  assert.throws(() => ws101.forgeFrame({ opcode: 1, declaredLength: 2n ** 64n }), /declaredLength/);
  assert.throws(() => new ws101.FrameDecoder({ role: 'client', maxPayload: -1 }), /maxPayload/);
  assert.throws(() => new ws101.FrameDecoder({ role: 'client', allowedRsv: 8 }), /allowedRsv/);
  assert.throws(() => ws101.inspect(HELLO, { as: 'frames', role: 'both' }), /role/);
  assert.throws(() => ws101.applyMask(new Uint8Array(1), Uint8Array.of(1, 2, 3, 4), -1), /offset/);
});

test('shared and detached memory is refused in words', () => {
  const shared = new Uint8Array(new SharedArrayBuffer(8));
  const detached = new Uint8Array(8);
  structuredClone(detached.buffer, { transfer: [detached.buffer] });
  for (const [bytes, message] of [[shared, /SharedArrayBuffer/], [detached, /detached/], [detached.buffer, /detached/]]) {
    assert.throws(() => ws101.parseClosePayload(bytes), { name: 'TypeError', message });
    assert.throws(() => ws101.inspect(bytes, { as: 'frames' }), { name: 'TypeError', message });
    assert.throws(() => new ws101.FrameDecoder({ role: 'client' }).decode(bytes), { name: 'TypeError', message });
    assert.throws(() => ws101.Connection.server().receive(bytes), { name: 'TypeError', message });
    assert.throws(() => ws101.Connection.server().sendBinary(bytes), { name: 'TypeError', message });
    assert.throws(() => ws101.encodeFrame({ opcode: 2, payload: bytes }), { name: 'TypeError', message });
  }
});

test('a chunk that is transferred while it is read is missed in words', () => {
  const server = ws101.Connection.server({ bytes: 'write-back' });
  const chunk = Uint8Array.from(Buffer.concat([HELLO, ws101.encodeFrame({ opcode: 9, maskingKey: Uint8Array.of(1, 2, 3, 4) })]));
  assert.throws(() => {
    for (const event of server.receive(chunk)) {
      assert.equal(event.data, 'Hello');
      structuredClone(chunk.buffer, { transfer: [chunk.buffer] });
    }
  }, { name: 'TypeError', message: /transferred/ });
});

test('a payload that is transferred takes nothing from those after it', () => {
  const server = ws101.Connection.server({ bytes: 'copy' });
  const seen = [];
  for (const { data } of server.receive(threeMessages())) {
    seen.push(Buffer.from(data).toString().trim());
    structuredClone(data.buffer, { transfer: [data.buffer] });
  }
  assert.deepEqual(seen, ['one', 'two', 'three']);
});

test('a chunk that is transferred after its payloads were written back is missed in words', () => {
  const server = ws101.Connection.server({ bytes: 'write-back' });
  const seen = [];
  assert.throws(() => {
    for (const { data } of server.receive(threeMessages())) {
      seen.push(Buffer.from(data).toString().trim());
      structuredClone(data.buffer, { transfer: [data.buffer] });
    }
  }, { name: 'TypeError', message: /transferred/ });
  assert.deepEqual(seen, ['one']);
});

test('a chunk that is transferred while another connection reads is missed in words', () => {
  const server = ws101.Connection.server();
  const ping = ws101.encodeFrame({ opcode: 9, maskingKey: Uint8Array.of(1, 2, 3, 4) });
  const chunk = Uint8Array.from(Buffer.concat([ping, threeMessages()]));
  const events = server.receive(chunk);
  assert.equal(events.next().value.type, 'ping');
  assert.equal([...ws101.Connection.server().receive(threeMessages())].length, 3);
  structuredClone(chunk.buffer, { transfer: [chunk.buffer] });
  assert.throws(() => events.next(), { name: 'TypeError', message: /transferred/ });
});

/** Three messages in a chunk that is the caller's alone; so long that copies of them share memory with nothing else. */
function threeMessages() {
  const payloads = ['one', 'two', 'three'].map((word) => word.padEnd(1000));
  const frames = payloads.map((payload) => ws101.encodeFrame({ opcode: 2, payload, maskingKey: Uint8Array.of(1, 2, 3, 4) }));
  return Uint8Array.from(Buffer.concat(frames));
}

test('a gigabyte is taken or refused in words, and the module lives on', () => {
  const good = results();
  const gigabyte = new Uint8Array(2 ** 30);
  // Its first byte is a continuation where no message is under way.
  assert.equal([...ws101.Connection.server().receive(gigabyte)][0].error.code, 'FRAME_UNEXPECTED_CONTINUATION');
  assert.throws(() => [...new ws101.FrameDecoder({ role: 'server' }).decode(gigabyte)], { code: 'FRAME_UNEXPECTED_CONTINUATION' });
  assert.throws(() => new ws101.HeadReader().receive(gigabyte), { code: 'HEAD_TOO_LONG' });
  for (const send of [
    () => ws101.Connection.client().sendBinary(gigabyte),
    () => ws101.Connection.client().sendText('x'.repeat(2 ** 28 + 1)),
    () => ws101.encodeFrame({ opcode: 2, payload: gigabyte }),
    () => new ws101.FrameEncoder({ role: 'server' }).encode({ opcode: 2, payload: gigabyte }),
  ]) {
    assert.throws(send, { name: 'RangeError', message: /at most 268435456 bytes/ });
  }
  assert.deepEqual(results(), good);
});

test('bytes of another realm, Buffers and ArrayBuffers are bytes', () => {
  const foreign = vm.runInNewContext('Uint8Array.of(3, 232)');
  assert.equal(ws101.parseClosePayload(foreign).code, 1000);
  assert.equal(ws101.parseClosePayload(Buffer.from([3, 232])).code, 1000);
  assert.equal(ws101.parseClosePayload(Uint8Array.of(3, 232).buffer).code, 1000);
});

test('a freed object says so, and may be freed again', () => {
  const decoder = new ws101.FrameDecoder({ role: 'server' });
  decoder.free();
  decoder.free();
  assert.throws(() => decoder.decode(HELLO), /freed/);
  assert.throws(() => decoder.push(HELLO), /freed/);
  const connection = ws101.Connection.server();
  const events = connection.receive(HELLO);
  connection.free();
  connection.free();
  for (const use of [
    () => connection.receive(HELLO), () => events.next(), () => connection.sendText(''), () => connection.close(),
    () => connection.takeOutgoing(), () => connection.state, () => connection.tick(0), () => connection.shrink(),
  ]) {
    assert.throws(use, { name: 'TypeError', message: /freed/ });
  }
  const encoder = new ws101.FrameEncoder({ role: 'server' });
  encoder.free();
  assert.throws(() => encoder.encode({ opcode: 1 }), { name: 'TypeError', message: /freed/ });
  assert.throws(() => encoder.take(), { name: 'TypeError', message: /freed/ });
  const reader = new ws101.HeadReader();
  if (Symbol.dispose) reader[Symbol.dispose]();
  else reader.free();
  assert.throws(() => reader.receive(HELLO), /freed/);
  const done = new ws101.HeadReader();
  done.receive(ws101.buildRequest({ host: 'a', key: KEY }));
  assert.throws(() => done.receive(HELLO), /make a new one/);
});

test('every call gives the same after the memory has grown', () => {
  const before = results();
  const readers = [];
  for (const name of Object.keys(CALLS)) {
    // Sixteen megabytes at once cannot be had without growing.
    readers.push(new ws101.HeadReader({ maxLength: 2 ** 24 }));
    assert.deepEqual(CALLS[name](), before[name], name);
  }
  readers.forEach((reader) => reader.free());
});

test('payloads that were handed out outlive growing', () => {
  const decoder = new ws101.FrameDecoder({ role: 'server' });
  const [part] = [...decoder.decode(HELLO)];
  const reader = new ws101.HeadReader({ maxLength: 2 ** 24 });
  assert.equal(new TextDecoder().decode(part.payload), 'Hello');
  reader.free();
});

test('memory that is given back is used again', () => {
  for (let round = 0; round < 400; round++) new ws101.HeadReader({ maxLength: 2 ** 24 }).free();
  // 400 times 16 MiB are more than a module can have: had they not come back, this would fail.
  assert.equal(ws101.acceptKey(KEY).length, 28);
});

function results() {
  return Object.fromEntries(Object.entries(CALLS).map(([name, call]) => [name, call()]));
}
