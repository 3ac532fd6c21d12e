import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  FrameDecoder,
  applyMask,
  describeStatusCode,
  encodeClosePayload,
  encodeFrame,
  forgeFrame,
  generateMaskingKey,
  opcodes,
  parseClosePayload,
} from 'ws101';

const text = (bytes) => new TextDecoder().decode(bytes);
const hex = (bytes) => Buffer.from(bytes).toString('hex');
const bytes = (string) => Uint8Array.from(Buffer.from(string.replaceAll(' ', ''), 'hex'));
const KEY = bytes('37fa213d');

// RFC 6455 §5.7.
const EXAMPLES = [
  ['81 05 48 65 6c 6c 6f', { opcode: opcodes.text, payload: 'Hello' }],
  ['81 85 37 fa 21 3d 7f 9f 4d 51 58', { opcode: opcodes.text, payload: 'Hello', maskingKey: KEY }],
  ['01 03 48 65 6c', { opcode: opcodes.text, payload: 'Hel', fin: false }],
  ['80 02 6c 6f', { opcode: opcodes.continuation, payload: 'lo' }],
  ['89 05 48 65 6c 6c 6f', { opcode: opcodes.ping, payload: 'Hello' }],
  ['8a 85 37 fa 21 3d 7f 9f 4d 51 58', { opcode: opcodes.pong, payload: 'Hello', maskingKey: KEY }],
  [`82 7e 0100 ${'00'.repeat(256)}`, { opcode: opcodes.binary, payload: new Uint8Array(256) }],
  [`82 7f 0000000000010000 ${'00'.repeat(65536)}`, { opcode: opcodes.binary, payload: new Uint8Array(65536) }],
];

test('the frames of §5.7 are encoded', () => {
  for (const [wire, frame] of EXAMPLES) assert.equal(hex(encodeFrame(frame)), hex(bytes(wire)));
});

test('the frames of §5.7 are decoded', () => {
  const client = new FrameDecoder({ role: 'client' });
  const parts = [...client.decode(bytes('01 03 48 65 6c 80 02 6c 6f 89 05 48 65 6c 6c 6f'))];
  assert.deepEqual(parts.map((part) => [part.opcode, part.fin, text(part.payload)]), [
    [1, false, 'Hel'],
    [0, true, 'lo'],
    [9, true, 'Hello'],
  ]);
  const [part] = [...new FrameDecoder({ role: 'server' }).decode(bytes(EXAMPLES[1][0]))];
  assert.equal(text(part.payload), 'Hello');
  assert.equal(hex(part.maskingKey), '37fa213d');
  assert.deepEqual(
    [part.rsv1, part.rsv2, part.rsv3, part.payloadLength, part.frameStart, part.headerLength, part.offset],
    [false, false, false, 5, 0, 6, 0],
  );
  assert.deepEqual([part.first, part.last], [true, true]);
});

// Text, a ping between fragments, empty frames, all three length forms.
const STREAM = [
  { opcode: 1, fin: false, payload: '你' },
  { opcode: 9, payload: 'ping' },
  { opcode: 0, payload: '好' },
  { opcode: 2, payload: '' },
  { opcode: 2, payload: new Uint8Array(126).fill(7) },
  { opcode: 8, payload: encodeClosePayload(1000, 'bye') },
];

test('a stream at every split, and byte by byte, gives the same frames', () => {
  const wire = Buffer.concat(STREAM.map((frame) => encodeFrame({ ...frame, maskingKey: 'random' })));
  const whole = frames([wire]);
  assert.equal(whole.length, STREAM.length);
  for (let split = 0; split <= wire.length; split++) {
    assert.deepEqual(frames([wire.subarray(0, split), wire.subarray(split)]), whole, `split at ${split}`);
  }
  assert.deepEqual(frames(Array.from(wire, (byte) => Uint8Array.of(byte))), whole);
});

test('large frames and many small ones cross in several calls', () => {
  const large = crypto.getRandomValues(new Uint8Array(65_536));
  const payload = new Uint8Array(300_001).map((_, at) => large[at % large.length]);
  const wire = encodeFrame({ opcode: 2, payload, maskingKey: 'random' });
  const [frame] = frames([wire]);
  assert.equal(frame.payload, hex(payload));
  const pings = Buffer.concat(Array.from({ length: 5000 }, () => bytes('8980 01020304')));
  assert.equal(frames([pings]).length, 5000);
});

test('the chunk is not changed, and payloads are the caller’s to keep', () => {
  const wire = encodeFrame({ opcode: 1, payload: 'Hello', maskingKey: KEY });
  const before = hex(wire);
  const decoder = new FrameDecoder({ role: 'server' });
  const [kept] = [...decoder.decode(wire)];
  for (let i = 0; i < 10; i++) [...decoder.decode(encodeFrame({ opcode: 1, payload: 'other', maskingKey: 'random' }))];
  assert.equal(hex(wire), before);
  assert.equal(text(kept.payload), 'Hello');
});

test('a broken rule is thrown after the parts before it, and ever after', () => {
  const decoder = new FrameDecoder({ role: 'client' });
  const seen = [];
  const violation = { code: 'FRAME_MASKED', statusCode: 1002, range: [8, 9], section: 'RFC 6455 §5.1' };
  assert.throws(() => {
    for (const part of decoder.decode(bytes('8105 48656c6c6f 8180 00000000'))) seen.push(text(part.payload));
  }, violation);
  assert.deepEqual(seen, ['Hello']);
  assert.equal(decoder.violation.code, 'FRAME_MASKED');
  assert.throws(() => [...decoder.decode(bytes('8100'))], violation);
  assert.throws(() => [...decoder.decode(new Uint8Array(0))], violation);
  assert.throws(() => decoder.push(bytes('8100')), violation);
});

test('each malformed header has its code', () => {
  const cases = [
    ['c100', 'FRAME_RESERVED_BITS', 1002],
    ['8300', 'FRAME_RESERVED_OPCODE', 1002],
    ['0900', 'FRAME_CONTROL_FRAGMENTED', 1002],
    ['897e', 'FRAME_CONTROL_TOO_LONG', 1002],
    ['817e0005', 'FRAME_LENGTH_NOT_MINIMAL', 1002],
    ['827f8000000000000000', 'FRAME_LENGTH_HIGH_BIT', 1002],
    ['8000', 'FRAME_UNEXPECTED_CONTINUATION', 1002],
    ['0100 8100', 'FRAME_MESSAGE_UNFINISHED', 1002],
    ['827f00000000b2d05e00', 'FRAME_TOO_BIG', 1009],
  ];
  for (const [wire, code, statusCode] of cases) {
    const decoder = new FrameDecoder({ role: 'client' });
    assert.throws(() => [...decoder.decode(bytes(wire))], { code, statusCode }, wire);
  }
  assert.throws(() => [...new FrameDecoder({ role: 'server' }).decode(bytes('8100'))], { code: 'FRAME_UNMASKED' });
});

test('limits and reserved bits are the caller’s to choose', () => {
  const small = () => new FrameDecoder({ role: 'client', maxPayload: 4 });
  assert.equal([...small().decode(bytes('8104 41414141'))].length, 1);
  assert.throws(() => [...small().decode(bytes('8105'))], { code: 'FRAME_TOO_BIG' });
  const compressed = new FrameDecoder({ role: 'client', allowedRsv: 4 });
  assert.equal([...compressed.decode(bytes('c100'))][0].rsv1, true);
  const unlimited = new FrameDecoder({ role: 'client', maxPayload: Infinity });
  const [part] = [...unlimited.decode(bytes('827f0010000000000001'))];
  assert.deepEqual([part.payloadLength, part.last, part.payload.length], [2 ** 52 + 1, false, 0]);
});

test('the fast form gives the same as decode', () => {
  const wire = Buffer.concat(
    Array.from({ length: 3000 }, (_, i) => encodeFrame({ opcode: 2, payload: new Uint8Array(i % 90).fill(i), maskingKey: 'random' })),
  );
  const fast = new FrameDecoder({ role: 'server' });
  const found = [];
  for (let rest = wire; rest.length > 0; rest = rest.subarray(fast.taken)) {
    const count = fast.push(rest);
    const table = fast.table();
    assert.equal(table.length, count * 10);
    for (let i = 0; i < count; i++) {
      const row = table.subarray(i * 10, i * 10 + 10);
      const payload = fast.payload(i);
      assert.equal(hex(payload), hex(fast.bytes().subarray(row[1], row[1] + row[2])));
      found.push([row[0] & 15, row[8] + row[9] * 2 ** 32, row[6], hex(payload), row[3]]);
    }
  }
  const slow = [...new FrameDecoder({ role: 'server' }).decode(wire)].map((part) => [
    part.opcode,
    part.frameStart,
    part.offset,
    hex(part.payload),
    new DataView(part.maskingKey.buffer).getUint32(0, true),
  ]);
  assert.deepEqual(joined(found), joined(slow));
  assert.equal(fast.isBetweenMessages, true);
});

test('the fast form leaves a violation behind the rows before it', () => {
  const decoder = new FrameDecoder({ role: 'client' });
  assert.equal(decoder.push(bytes('8100 8300')), 1);
  assert.equal(decoder.violation.code, 'FRAME_RESERVED_OPCODE');
  assert.throws(() => decoder.payload(1), RangeError);
});

test('a view of the module’s memory may be given back to it', () => {
  const decoder = new FrameDecoder({ role: 'server' });
  decoder.push(encodeFrame({ opcode: 2, payload: new Uint8Array(60_000).fill(9), maskingKey: 'random' }));
  const echo = encodeFrame({ opcode: 2, payload: decoder.payload(0) });
  assert.equal(hex(echo), `827eea60${'09'.repeat(60_000)}`);
});

test('what may not be sent is refused, and forged all the same', () => {
  assert.throws(() => encodeFrame({ opcode: 11 }), { code: 'ENCODE_RESERVED_OPCODE', section: 'RFC 6455 §5.2' });
  assert.throws(() => encodeFrame({ opcode: 9, payload: 'x'.repeat(126) }), { code: 'ENCODE_CONTROL_TOO_LONG' });
  assert.throws(() => encodeFrame({ opcode: 9, payload: 'x'.repeat(100_000) }), { code: 'ENCODE_CONTROL_TOO_LONG' });
  assert.throws(() => encodeFrame({ opcode: 8, fin: false }), { code: 'ENCODE_CONTROL_FRAGMENTED' });
  assert.equal(hex(forgeFrame({ opcode: 11, fin: false, rsv1: true, rsv2: true, rsv3: true })), '7b00');
  assert.equal(hex(forgeFrame({ opcode: 1, lengthForm: 16, payload: 'a' })), '817e000161');
  assert.equal(hex(forgeFrame({ opcode: 1, lengthForm: 7, declaredLength: 255 })), '817f');
  assert.equal(hex(forgeFrame({ opcode: 1, declaredLength: 2n ** 64n - 1n })), '817fffffffffffffffff');
  assert.equal(hex(forgeFrame({ opcode: 1, payload: 'Hello', maskingKey: KEY })), hex(bytes(EXAMPLES[1][0])));
});

test('masking is its own inverse, at any offset and over any length', () => {
  for (const length of [...Array(72).keys(), 65_535, 65_536, 131_073]) {
    const data = new Uint8Array(length).map((_, at) => at * 7);
    for (const offset of [0, 1, 2, 3, 4, 65_537]) {
      const masked = data.slice();
      assert.equal(applyMask(masked, KEY, offset), masked);
      masked.forEach((byte, at) => byte === (data[at] ^ KEY[(at + offset) % 4]) || assert.fail(`${length} ${offset} ${at}`));
      assert.deepEqual(applyMask(masked, KEY, offset), data);
    }
  }
});

test('masking-keys are four bytes and differ', () => {
  const keys = new Set(Array.from({ length: 5000 }, () => hex(generateMaskingKey())));
  assert.ok([...keys].every((key) => key.length === 8));
  assert.ok(keys.size > 4990, `${keys.size}`);
});

test('close payloads', () => {
  assert.deepEqual(parseClosePayload(encodeClosePayload(1001, '再见')), { code: 1001, reason: '再见' });
  assert.deepEqual(parseClosePayload(new Uint8Array(0)), { code: null, reason: '' });
  assert.throws(() => parseClosePayload(bytes('03')), { code: 'CLOSE_BODY_ONE_BYTE', statusCode: 1002 });
  assert.throws(() => parseClosePayload(bytes('03ee')), { code: 'CLOSE_STATUS_NOT_ALLOWED', range: [0, 2] });
  assert.throws(() => parseClosePayload(bytes('03e8 ff')), { code: 'CLOSE_REASON_INVALID_UTF8', statusCode: 1007 });
  assert.throws(() => encodeClosePayload(1006), { code: 'ENCODE_STATUS_NOT_ALLOWED' });
  assert.throws(() => encodeClosePayload(1000, 'x'.repeat(124)), { code: 'ENCODE_REASON_TOO_LONG' });
  assert.equal(encodeClosePayload(1000, 'x'.repeat(123)).length, 125);
});

test('status codes have names', () => {
  assert.deepEqual(describeStatusCode(1000), { name: 'Normal Closure', sendable: true, section: 'RFC 6455 §7.4.1' });
  assert.equal(describeStatusCode(1006).sendable, false);
  assert.deepEqual(describeStatusCode(4000), { name: 'Private use', sendable: true, section: 'RFC 6455 §7.4.2' });
  assert.equal(describeStatusCode(5000).sendable, false);
});

/** Whole frames, put together from their parts. */
function frames(chunks) {
  const decoder = new FrameDecoder({ role: 'server' });
  const found = [];
  for (const chunk of chunks) {
    for (const part of decoder.decode(chunk)) {
      if (part.first) found.push({ opcode: part.opcode, fin: part.fin, start: part.frameStart, payload: '' });
      assert.equal(part.offset * 2, found.at(-1).payload.length);
      found.at(-1).payload += hex(part.payload);
      assert.equal(part.last, part.payloadLength * 2 === found.at(-1).payload.length);
    }
  }
  return found;
}

/** Rows of one frame joined, whatever the chunks were. */
function joined(rows) {
  const found = new Map();
  for (const [opcode, start, , payload, key] of rows) {
    const row = found.get(start) ?? [opcode, '', key];
    row[1] += payload;
    found.set(start, row);
  }
  return [...found];
}
