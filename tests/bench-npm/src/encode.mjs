// Rows of writing: binary messages that the application keeps, as frames that are ready for the socket.

import { Buffer } from 'node:buffer';
import { timed } from './pass.mjs';
import { readFrames, wireOf } from './wire.mjs';

/** Messages that a pass writes at most. */
const MESSAGES = 1024;

/** The work of a row, once. @returns {import('./pass.mjs').Pass} */
export function prepare(contestant, row) {
  const payloads = payloadsOf(row);
  let written = 0;
  const encoder = encoderOf(contestant, row, (bytes) => (written += bytes.length));
  const expected = frameLength(row) * payloads.length;
  return () => {
    written = 0;
    const time = timed(() => write(encoder, payloads, row.together));
    if (written !== expected) throw new Error(`wrote ${written} bytes instead of ${expected}`);
    return { time, operations: payloads.length };
  };
}

/** Two passes; what is written is read by another decoder, and the payloads must be as they were. */
export function verify(contestant, row) {
  const payloads = payloadsOf(row);
  const copies = payloads.map((payload) => Buffer.from(payload));
  const written = [];
  const encoder = encoderOf(contestant, row, (bytes) => written.push(Buffer.from(bytes)));
  for (let pass = 0; pass < 2; pass++) {
    write(encoder, payloads, row.together);
    const frames = readFrames(Buffer.concat(written.splice(0)));
    if (frames.length !== payloads.length) throw new Error(`wrote ${frames.length} of ${payloads.length} frames`);
    for (const [number, { first, masked, payload }] of frames.entries()) {
      const right = first === 0x82 && masked === row.masked && payload.equals(copies[number]);
      if (!right) throw new Error(`frame ${number} of ${frames.length} is not what was to be written`);
      if (!payloads[number].equals(copies[number])) throw new Error(`message ${number}, which is the caller’s, was changed`);
    }
    // §5.3: "The masking key is a 32-bit value chosen at random by the client."
    const keys = new Set(frames.map(({ key }) => key));
    if (row.masked && keys.size === 1) throw new Error('all masking-keys are the same');
  }
  return null;
}

function write(encoder, payloads, together) {
  for (let at = 0; at < payloads.length; ) {
    const end = Math.min(at + together, payloads.length);
    for (; at < end; at++) encoder.message(payloads[at]);
    encoder.flush();
  }
}

function encoderOf(contestant, { masked }, put) {
  return masked ? contestant.encodeMasked(put) : contestant.encodeUnmasked(put);
}

function payloadsOf({ size }) {
  return wireOf({ content: 'binary', size, atMost: MESSAGES }).payloads;
}

function frameLength({ size, masked }) {
  return (size <= 125 ? 2 : size <= 0xffff ? 4 : 10) + (masked ? 4 : 0) + size;
}
