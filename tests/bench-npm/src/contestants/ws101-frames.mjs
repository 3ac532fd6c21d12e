// Ours: frames, one by one. `FrameDecoder` keeps no payload and knows no messages; what puts its parts together and makes
// texts stands here.

import { Buffer } from 'node:buffer';
import { FrameDecoder, FrameEncoder, encodeFrame, opcodes } from 'ws101';

const ROW = 10;
const FIRST = 1 << 9;
const LAST = 1 << 10;

/** Puts together what comes in parts, and makes strings of texts. */
function messages({ deliver, isText }) {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const finish = isText ? (payload) => deliver(decoder.decode(payload)) : deliver;
  let parts = [];
  return {
    whole: finish,
    part(payload, ends) {
      parts.push(Buffer.from(payload));
      if (!ends) return;
      finish(Buffer.concat(parts));
      parts = [];
    },
  };
}

function encode(maskingKey) {
  return (put) => ({
    message: (payload) => put(encodeFrame({ opcode: opcodes.binary, payload, maskingKey })),
    flush() {},
  });
}

function encodeTogether(role) {
  return (put) => {
    const encoder = new FrameEncoder({ role });
    return {
      message: (payload) => encoder.encode({ opcode: opcodes.binary, payload }),
      flush: () => put(encoder.take()),
    };
  };
}

/** @type {import('./index.mjs').Contestant[]} */
export const contestants = [
  {
    name: 'ws101 FrameDecoder.decode',
    standing: 'ours',
    packages: ['ws101'],
    bytes: 'owned',

    decode(job) {
      const { whole, part } = messages(job);
      const decoder = new FrameDecoder({ role: 'server' });
      return (chunk) => {
        for (const { payload, first, last, fin } of decoder.decode(chunk)) {
          if (first && last && fin) whole(payload);
          else part(payload, last && fin);
        }
      };
    },
  },
  {
    name: 'ws101 FrameDecoder.push',
    standing: 'ours',
    packages: ['ws101'],
    bytes: 'view',

    decode(job) {
      const { whole, part } = messages(job);
      const decoder = new FrameDecoder({ role: 'server' });
      return (chunk) => {
        for (let rest = chunk; rest.length > 0; rest = rest.subarray(decoder.taken)) {
          const count = decoder.push(rest);
          if (decoder.violation !== null) throw decoder.violation;
          const table = decoder.table();
          const bytes = decoder.bytes();
          for (let at = 0; at < count * ROW; at += ROW) {
            const payload = bytes.subarray(table[at + 1], table[at + 1] + table[at + 2]);
            const bits = table[at];
            if ((bits & FIRST) !== 0 && (bits & LAST) !== 0 && (bits & 0x80) !== 0) whole(payload);
            else part(payload, (bits & LAST) !== 0 && (bits & 0x80) !== 0);
          }
        }
      };
    },
  },
  {
    name: 'ws101 FrameEncoder',
    standing: 'ours',
    packages: ['ws101'],
    encodeMasked: encodeTogether('client'),
    encodeUnmasked: encodeTogether('server'),
  },
  {
    name: 'ws101 encodeFrame',
    standing: 'ours',
    packages: ['ws101'],
    encodeMasked: encode('random'),
    encodeUnmasked: encode(null),
  },
];
