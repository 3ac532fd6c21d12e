// Frames as streams: a decoder and an encoder between two pipes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FrameDecoderStream, FrameEncoderStream, encodeFrame, opcodes } from 'ws101';
import { arrivals, collect, isPending, streamOf } from './streams-pair.mjs';

const within = { timeout: 20_000 };

// A text in two fragments with a ping between them, an empty frame, and a long one.
const FRAMES = [
  { opcode: 1, payload: 'Hel', fin: false },
  { opcode: 9, payload: 'p' },
  { opcode: 0, payload: 'lo' },
  { opcode: 2 },
  { opcode: 2, payload: new Uint8Array(130).fill(7) },
];

const wireOf = (frames, maskingKey = null) => Buffer.concat(frames.map((frame) => encodeFrame({ ...frame, maskingKey })));

// Frames as they were sent, of parts of them.
function framesOf(parts) {
  const frames = [];
  for (const { opcode, fin, payload, first } of parts) {
    if (first) frames.push([opcode, fin, []]);
    frames.at(-1)[2].push(payload);
  }
  return frames.map(([opcode, fin, payloads]) => [opcode, fin, Buffer.concat(payloads).toString('latin1')]);
}

const expected = FRAMES.map(({ opcode, fin = true, payload = '' }) => [opcode, fin, Buffer.from(payload).toString('latin1')]);

test('bytes that come in any pieces are read as the frames that were sent, in both roles', within, async () => {
  for (const [role, maskingKey] of [['client', null], ['server', 'random']]) {
    for (const chunks of arrivals(wireOf(FRAMES, maskingKey))) {
      const parts = await collect(streamOf(chunks).pipeThrough(new FrameDecoderStream({ role })));
      assert.deepEqual(framesOf(parts), expected);
    }
  }
});

test('frames are written as encodeFrame writes them, and those of a client are masked', within, async () => {
  const server = await collect(streamOf(FRAMES).pipeThrough(new FrameEncoderStream({ role: 'server' })));
  assert.deepEqual(server.map((bytes) => Buffer.from(bytes)), FRAMES.map((frame) => Buffer.from(encodeFrame(frame))));
  const client = new FrameEncoderStream({ role: 'client' });
  const parts = await collect(streamOf(FRAMES).pipeThrough(client).pipeThrough(new FrameDecoderStream({ role: 'server' })));
  assert.deepEqual(framesOf(parts), expected);
  assert.equal(new Set(parts.map(({ maskingKey }) => String(maskingKey))).size, FRAMES.length);
});

test('where a rule is broken the frames before are read, then both ends fail with it', within, async () => {
  const bad = Uint8Array.of(0x83, 0);
  for (const chunks of arrivals(Buffer.concat([wireOf(FRAMES), bad]))) {
    const decoder = new FrameDecoderStream({ role: 'client' });
    const written = streamOf(chunks).pipeTo(decoder.writable);
    const parts = [];
    const reading = (async () => {
      for await (const part of decoder.readable) parts.push(part);
    })();
    await assert.rejects(reading, { code: 'FRAME_RESERVED_OPCODE', statusCode: 1002, section: 'RFC 6455 §5.2' });
    await assert.rejects(written, { code: 'FRAME_RESERVED_OPCODE' });
    assert.deepEqual(framesOf(parts), expected);
  }
});

test('a frame that may not be sent fails both ends, after those before it', within, async () => {
  const encoder = new FrameEncoderStream({ role: 'server' });
  const written = streamOf([FRAMES[0], { opcode: 3 }, FRAMES[1]]).pipeTo(encoder.writable);
  const reader = encoder.readable.getReader();
  assert.deepEqual(Buffer.from((await reader.read()).value), Buffer.from(encodeFrame(FRAMES[0])));
  await assert.rejects(reader.read(), { code: 'ENCODE_RESERVED_OPCODE' });
  await assert.rejects(written, { code: 'ENCODE_RESERVED_OPCODE' });
});

test('a chunk is not done before its parts are read', within, async () => {
  const { readable, writable } = new FrameDecoderStream({ role: 'client' });
  const writer = writable.getWriter();
  const written = writer.write(wireOf(FRAMES));
  const reader = readable.getReader();
  for (let count = 1; count < FRAMES.length; count++) {
    assert.equal((await reader.read()).value.first, true);
    assert.ok(await isPending(written, 2));
  }
  await reader.read();
  await written;
  const closed = writer.close();
  assert.equal((await reader.read()).done, true);
  await closed;
});

test('who cancels ends the other side, also while a write waits', within, async () => {
  for (const make of [() => new FrameDecoderStream({ role: 'client' }), () => new FrameEncoderStream({ role: 'client' })]) {
    const { readable, writable } = make();
    const writer = writable.getWriter();
    const value = make() instanceof FrameDecoderStream ? wireOf(FRAMES) : FRAMES[0];
    const written = writer.write(value);
    assert.ok(await isPending(written, 5));
    await readable.cancel(new RangeError('enough'));
    await assert.rejects(writer.closed, { message: 'enough' });
    await assert.rejects(writer.write(value), { message: 'enough' });
  }
});

test('who aborts ends the other side, also while a write waits', within, async () => {
  const { readable, writable } = new FrameDecoderStream({ role: 'client' });
  const writer = writable.getWriter();
  const written = writer.write(wireOf(FRAMES));
  written.catch(() => {});
  const reader = readable.getReader();
  await reader.read();
  await writer.abort(new RangeError('enough'));
  await assert.rejects(reader.read(), { message: 'enough' });
});

test('bytes that end within a frame end the stream, and its last part says so', within, async () => {
  const wire = wireOf([{ opcode: 1, payload: 'Hello' }]);
  const parts = await collect(streamOf([wire.subarray(0, 4)]).pipeThrough(new FrameDecoderStream({ role: 'client' })));
  assert.deepEqual(parts.map(({ last, payloadLength, payload }) => [last, payloadLength, payload.length]), [[false, 5, 2]]);
});

test('what is wrong with an argument or a chunk is said', within, async () => {
  assert.throws(() => new FrameDecoderStream(), { name: 'TypeError', message: /^role must be/ });
  assert.throws(() => new FrameDecoderStream({ role: 'client', bytes: 'view' }), { name: 'TypeError', message: /^bytes must be/ });
  assert.throws(() => new FrameEncoderStream({ role: 'proxy' }), { name: 'TypeError', message: /^role must be/ });
  for (const [chunk, message] of [['text', /^chunk must be a Uint8Array/], [structuredClone(new Uint8Array(3)), undefined]]) {
    const decoder = new FrameDecoderStream({ role: 'client' });
    if (message === undefined) structuredClone(chunk, { transfer: [chunk.buffer] });
    const writer = decoder.writable.getWriter();
    await assert.rejects(writer.write(chunk), { name: 'TypeError', message: message ?? /^chunk is detached/ });
    await assert.rejects(decoder.readable.getReader().read(), { name: 'TypeError' });
  }
  const encoder = new FrameEncoderStream({ role: 'client' });
  await assert.rejects(encoder.writable.getWriter().write('Hello'), { name: 'TypeError' });
  // The module still works.
  assert.equal(encodeFrame({ opcode: opcodes.text, payload: 'Hello' }).length, 7);
});
