// What one end sends to the other: messages of one kind and size, as frames.

import { Buffer } from 'node:buffer';

/** What the messages are made of: random bytes, ASCII, or characters of one to four bytes. */
export const CONTENTS = ['binary', 'ascii', 'multilingual'];

const SAMPLES = {
  ascii: '{"price":1234.5,"sym":"ABC"}, ',
  multilingual: 'Zażółć gęślą jaźń — 日本語テキスト, привет мир, ελληνικά 😀 hello world ',
};

/** Bytes of payload that a wire carries, and its messages, at most and at least. */
const PAYLOAD_OF_A_WIRE = 2 << 20;
const MESSAGES = { atMost: 16_384, atLeast: 4 };

/**
 * The bytes of frames, and what is in them.
 *
 * @typedef {object} Wire
 * @property {'binary' | 'ascii' | 'multilingual'} content
 * @property {number} size Bytes of payload in each message.
 * @property {Buffer[]} payloads
 * @property {Buffer} bytes The frames, one after the other.
 * @property {number[]} bounds Where each frame begins, and where the last one ends.
 */

/**
 * Messages of `size` bytes: as many as make 2 MiB, but at least 4 and at most 16,384, or `atMost`. The same bytes each
 * time.
 *
 * @returns {Wire}
 */
export function wireOf({ content, size, masked = true, atMost = MESSAGES.atMost }) {
  const random = generator(0x6455);
  const count = Math.min(Math.max(Math.floor(PAYLOAD_OF_A_WIRE / size), MESSAGES.atLeast), atMost);
  const payloads = Array.from({ length: count }, (_, number) =>
    content === 'binary' ? bytes(size, random) : text(SAMPLES[content], size, number),
  );
  return framed(content, size, payloads, masked);
}

/** The same wire, but that one text in its middle is not UTF-8: it has the byte 0xff in its own middle. */
export function spoiled(wire) {
  const number = wire.payloads.length >> 1;
  const middle = wire.size >> 1;
  const bytes = Buffer.from(wire.bytes);
  // What the mask makes of a byte is undone by the same mask.
  bytes[wire.bounds[number + 1] - wire.size + middle] ^= wire.payloads[number][middle] ^ 0xff;
  return { ...wire, bytes };
}

function framed(content, size, payloads, masked) {
  const random = generator(101);
  const opcode = content === 'binary' ? 2 : 1;
  const frames = payloads.map((payload) => frame(opcode, payload, masked ? (random() | 1) >>> 0 : null));
  const bounds = [0];
  for (const { length } of frames) bounds.push(bounds.at(-1) + length);
  return { content, size, payloads, bytes: Buffer.concat(frames), bounds };
}

/** One frame with FIN set (RFC 6455 §5.2), byte by byte: slow and plain. */
function frame(opcode, payload, key) {
  const { length } = payload;
  const head = [0x80 | opcode];
  const mask = key === null ? 0 : 0x80;
  if (length <= 125) head.push(mask | length);
  else if (length <= 0xffff) head.push(mask | 126, length >>> 8, length & 0xff);
  else head.push(mask | 127, 0, 0, 0, 0, length >>> 24, (length >>> 16) & 0xff, (length >>> 8) & 0xff, length & 0xff);
  if (key === null) return Buffer.concat([Buffer.from(head), payload]);
  const keyBytes = [key >>> 24, (key >>> 16) & 0xff, (key >>> 8) & 0xff, key & 0xff];
  return Buffer.concat([Buffer.from([...head, ...keyBytes]), xored(payload, keyBytes)]);
}

/** Reads what {@link frame} and the contestants write: the payload of each frame, unmasked, and whether it was masked. */
export function readFrames(bytes) {
  const frames = [];
  for (let at = 0; at < bytes.length; ) {
    const short = bytes[at + 1] & 0x7f;
    const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
    const length = lengthBytes === 0 ? short : Number(BigInt(`0x${bytes.toString('hex', at + 2, at + 2 + lengthBytes)}`));
    const isMasked = bytes[at + 1] >= 0x80;
    const start = at + 2 + lengthBytes + (isMasked ? 4 : 0);
    const key = bytes.subarray(start - 4, start);
    const body = bytes.subarray(start, start + length);
    const payload = isMasked ? xored(body, key) : body;
    frames.push({ first: bytes[at], masked: isMasked, key: isMasked ? key.toString('hex') : null, payload });
    at = start + length;
  }
  return frames;
}

/** A payload masked, or unmasked (§5.3), byte by byte. */
function xored(payload, key) {
  const copy = Buffer.from(payload);
  for (let at = 0; at < copy.length; at++) copy[at] ^= key[at & 3];
  return copy;
}

function bytes(size, random) {
  const filled = Buffer.alloc(size);
  for (let at = 0; at < size; at++) filled[at] = random() >>> 24;
  return filled;
}

/** `sample`, begun at its `start`-th character and repeated; where the next character does not fit, the rest is `x`. */
function text(sample, size, start) {
  const characters = [...sample];
  const first = Buffer.byteLength(characters.slice(0, start % characters.length).join(''));
  const bytes = Buffer.from(sample);
  const filled = Buffer.alloc(size + 1, Buffer.concat([bytes.subarray(first), bytes.subarray(0, first)]));
  // A byte that continues a character stands where the next one would begin: the last one does not fit.
  let end = size;
  while ((filled[end] & 0xc0) === 0x80) end--;
  return filled.fill('x', end).subarray(0, size);
}

/** Numbers of 32 bits that look random and are the same each time (xorshift). */
function generator(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
