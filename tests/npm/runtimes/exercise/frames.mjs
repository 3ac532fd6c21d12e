// Frames (RFC 6455 §5): out, in at every split, in both roles; what breaks a rule; what no peer should send.

import { arrivals, bytes, hex, joined, text, utf8 } from './checks.mjs';

const KEY = bytes('37fa213d');

// RFC 6455 §5.7.
const EXAMPLES = /** @type {[string, object][]} */ ([
  ['81 05 48 65 6c 6c 6f', { opcode: 1, payload: 'Hello' }],
  ['81 85 37 fa 21 3d 7f 9f 4d 51 58', { opcode: 1, payload: 'Hello', maskingKey: KEY }],
  ['01 03 48 65 6c', { opcode: 1, payload: 'Hel', fin: false }],
  ['80 02 6c 6f', { opcode: 0, payload: 'lo' }],
  ['89 05 48 65 6c 6c 6f', { opcode: 9, payload: utf8('Hello') }],
  ['8a 85 37 fa 21 3d 7f 9f 4d 51 58', { opcode: 10, payload: 'Hello', maskingKey: KEY }],
  [`82 7e 01 00 ${'00'.repeat(256)}`, { opcode: 2, payload: new Uint8Array(256) }],
]);

// Text, a ping between fragments, an empty frame, two forms of length, a Close.
const STREAM = [
  { opcode: 1, fin: false, payload: '你' },
  { opcode: 9, payload: 'ping' },
  { opcode: 0, payload: '好' },
  { opcode: 2, payload: '' },
  { opcode: 2, payload: new Uint8Array(126).fill(7) },
  { opcode: 8, payload: bytes('03e8 627965') },
];

const VIOLATIONS = /** @type {[string, string, string, number][]} */ ([
  ['client', 'c100', 'FRAME_RESERVED_BITS', 1002],
  ['client', '8300', 'FRAME_RESERVED_OPCODE', 1002],
  ['client', '0900', 'FRAME_CONTROL_FRAGMENTED', 1002],
  ['client', '897e', 'FRAME_CONTROL_TOO_LONG', 1002],
  ['client', '817e0005', 'FRAME_LENGTH_NOT_MINIMAL', 1002],
  ['client', '827f8000000000000000', 'FRAME_LENGTH_HIGH_BIT', 1002],
  ['client', '8000', 'FRAME_UNEXPECTED_CONTINUATION', 1002],
  ['client', '0100 8100', 'FRAME_MESSAGE_UNFINISHED', 1002],
  ['client', '827f00000000b2d05e00', 'FRAME_TOO_BIG', 1009],
  ['client', '8180 00000000', 'FRAME_MASKED', 1002],
  ['server', '8100', 'FRAME_UNMASKED', 1002],
]);

/** @param {any} entry @param {import('./checks.mjs').Checks} checks */
export function frames(entry, checks) {
  for (const [wire, frame] of EXAMPLES) checks.same('a frame of §5.7', entry.encodeFrame(frame), bytes(wire));
  splits(entry, checks);
  large(entry, checks);
  violations(entry, checks);
  masking(entry, checks);
  closing(entry, checks);
  forging(entry, checks);
  hardiness(entry, checks);
}

/** @param {any} entry @param {import('./checks.mjs').Checks} checks */
function splits(entry, checks) {
  for (const role of ['client', 'server']) {
    const maskingKey = role === 'server' ? 'random' : null;
    const wire = joined(STREAM.map((frame) => entry.encodeFrame({ ...frame, maskingKey })));
    const before = hex(wire);
    const expected = STREAM.map(({ opcode, fin = true, payload }) => {
      return [opcode, fin, typeof payload === 'string' ? utf8(payload) : payload];
    });
    for (const chunks of arrivals(wire)) {
      checks.same(`a ${role} reads ${chunks.length} chunks, of ${chunks[0]?.length} bytes`, decoded(entry, role, chunks), expected);
    }
    checks.same('the chunks are as they were', hex(wire), before);
  }
}

/** What does not fit into the module's memory makes that grow, in one call. @param {any} entry @param {import('./checks.mjs').Checks} checks */
function large(entry, checks) {
  const payload = new Uint8Array(3_000_001);
  for (let at = 0; at < payload.length; at++) payload[at] = (at * 31) >> 3;
  const wire = entry.encodeFrame({ opcode: 2, payload, maskingKey: 'random' });
  const [[opcode, fin, received] = [], ...more] = decoded(entry, 'server', [wire]);
  checks.same('one large frame', [opcode, fin, more.length, received?.length], [2, true, 0, payload.length]);
  checks.that('its payload is whole', received?.every((/** @type {number} */ byte, /** @type {number} */ at) => byte === payload[at]));
  const pings = joined(Array.from({ length: 5000 }, () => bytes('8980 01020304')));
  checks.same('many small frames', decoded(entry, 'server', [pings]).length, 5000);
}

/** @param {any} entry @param {import('./checks.mjs').Checks} checks */
function violations({ FrameDecoder }, checks) {
  for (const [role, wire, code, statusCode] of VIOLATIONS) {
    for (const chunks of arrivals(bytes(wire))) {
      const decoder = new FrameDecoder({ role });
      const all = () => chunks.forEach((chunk) => [...decoder.decode(chunk)]);
      checks.throws(`${wire} for a ${role}`, all, { name: 'Ws101Error', code, statusCode, section: /^RFC 6455 §(5\.[1-5]|10\.4)$/ });
      checks.same(`${code} stays`, decoder.violation?.code, code);
      checks.throws(`${code} again`, () => [...decoder.decode(bytes('8100'))], { code });
      decoder.free();
    }
  }
}

/** @param {any} entry @param {import('./checks.mjs').Checks} checks */
function masking({ applyMask, encodeFrame, generateMaskingKey }, checks) {
  const keys = Array.from({ length: 2000 }, () => hex(generateMaskingKey()));
  checks.that('masking-keys are four bytes', keys.every((key) => key.length === 8));
  // Of 2000 among 2^32, two are the same once in two thousand times; three pairs never.
  checks.that('masking-keys differ', new Set(keys).size > 1997, keys.slice(0, 5));
  const frames = Array.from({ length: 300 }, () => encodeFrame({ opcode: 1, payload: 'Hello', maskingKey: 'random' }));
  checks.that('each frame has a masking-key of its own', new Set(frames.map((frame) => hex(frame.subarray(2, 6)))).size > 298);
  for (const length of [0, 1, 5, 33, 65_537]) {
    const data = Uint8Array.from({ length }, (_, at) => at * 7);
    for (const offset of [0, 1, 2, 3]) {
      const masked = applyMask(data.slice(), KEY, offset);
      const right = data.map((byte, at) => byte ^ (KEY[(at + offset) % 4] ?? 0));
      const wrong = right.findIndex((byte, at) => byte !== masked[at]);
      checks.same(`a mask over ${length} bytes from ${offset} on`, wrong, -1);
    }
  }
}

/** @param {any} entry @param {import('./checks.mjs').Checks} checks */
function closing({ describeStatusCode, encodeClosePayload, parseClosePayload }, checks) {
  checks.same('a Close and its reason', parseClosePayload(encodeClosePayload(1001, '再见')), { code: 1001, reason: '再见' });
  checks.same('a Close without a body', parseClosePayload(new Uint8Array(0)), { code: null, reason: '' });
  checks.throws('half a status code', () => parseClosePayload(bytes('03')), { code: 'CLOSE_BODY_ONE_BYTE', statusCode: 1002 });
  checks.throws('1006 on the wire', () => parseClosePayload(bytes('03ee')), { code: 'CLOSE_STATUS_NOT_ALLOWED', range: [0, 2] });
  checks.throws('a reason that is no text', () => parseClosePayload(bytes('03e8 ff')), { code: 'CLOSE_REASON_INVALID_UTF8', statusCode: 1007 });
  checks.throws('1006 to be sent', () => encodeClosePayload(1006), { code: 'ENCODE_STATUS_NOT_ALLOWED' });
  checks.same('the name of 1000', describeStatusCode(1000).name, 'Normal Closure');
}

/** @param {any} entry @param {import('./checks.mjs').Checks} checks */
function forging({ encodeFrame, forgeFrame }, checks) {
  checks.throws('a reserved opcode', () => encodeFrame({ opcode: 11 }), { code: 'ENCODE_RESERVED_OPCODE', section: 'RFC 6455 §5.2' });
  checks.throws('a long ping', () => encodeFrame({ opcode: 9, payload: 'x'.repeat(126) }), { code: 'ENCODE_CONTROL_TOO_LONG' });
  for (const [wire, frame] of /** @type {[string, object][]} */ ([
    ['7b00', { opcode: 11, fin: false, rsv1: true, rsv2: true, rsv3: true }],
    ['817e000161', { opcode: 1, lengthForm: 16, payload: 'a' }],
    ['817f', { opcode: 1, lengthForm: 7, declaredLength: 255 }],
    ['817fffffffffffffffff', { opcode: 1, declaredLength: 2n ** 64n - 1n }],
    ['818537fa213d7f9f4d5158', { opcode: 1, payload: 'Hello', maskingKey: KEY }],
  ])) {
    checks.same('a forged frame', forgeFrame(frame), bytes(wire));
  }
}

/** @param {any} entry @param {import('./checks.mjs').Checks} checks */
function hardiness({ FrameDecoder, encodeFrame }, checks) {
  const decoder = new FrameDecoder({ role: 'client' });
  const gone = new Uint8Array(8);
  structuredClone(gone.buffer, { transfer: [gone.buffer] });
  for (const [what, wrong] of /** @type {[string, unknown][]} */ ([['nothing', undefined], ['a text', '81'], ['an array', [0x81, 0]]])) {
    checks.throws(`${what} for a chunk`, () => [...decoder.decode(wrong)], { name: 'TypeError', message: /^chunk / });
  }
  checks.throws('detached memory', () => [...decoder.decode(gone)], { name: 'TypeError', message: /detached/ });
  checks.throws('no role', () => new FrameDecoder({ role: 'proxy' }), { name: 'TypeError' });
  checks.throws('an opcode of five bits', () => encodeFrame({ opcode: 16 }), { name: 'RangeError' });
  const [part] = [...decoder.decode(bytes('81 05 48656c6c6f'))];
  checks.same('the decoder works on', text(part.payload), 'Hello');
  decoder.free();
  decoder.free();
  checks.throws('a decoder that was freed', () => [...decoder.decode(bytes('8100'))], { name: 'TypeError' });
  disposal(FrameDecoder, checks);
}

/** @param {any} FrameDecoder @param {import('./checks.mjs').Checks} checks */
function disposal(FrameDecoder, checks) {
  const decoder = new FrameDecoder({ role: 'client' });
  // A runtime that does not know the symbol yet has no `using` either.
  if (Symbol.dispose === undefined) decoder.free();
  else decoder[Symbol.dispose]();
  checks.throws('a decoder that was disposed of', () => [...decoder.decode(bytes('8100'))], { name: 'TypeError' });
}

/**
 * Whole frames, put together from their parts: opcode, FIN, payload.
 *
 * @param {any} entry @param {string} role @param {readonly Uint8Array[]} chunks
 * @returns {[number, boolean, Uint8Array][]}
 */
function decoded({ FrameDecoder }, role, chunks) {
  const decoder = new FrameDecoder({ role });
  const found = /** @type {{ opcode: number, fin: boolean, parts: Uint8Array[] }[]} */ ([]);
  for (const chunk of chunks) {
    for (const { opcode, fin, first, payload } of decoder.decode(chunk)) {
      if (first) found.push({ opcode, fin, parts: [] });
      found.at(-1)?.parts.push(payload);
    }
  }
  decoder.free();
  return found.map(({ opcode, fin, parts }) => [opcode, fin, joined(parts)]);
}
