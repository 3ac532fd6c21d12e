// The plain JavaScript of this folder.

import { PlainDecoder } from '../plain/decoder.mjs';
import { PlainEncoder } from '../plain/encoder.mjs';

function encode(masked) {
  return (put) => {
    const encoder = new PlainEncoder({ masked });
    return { message: (payload) => put(encoder.binary(payload)), flush() {} };
  };
}

/** @type {import('./index.mjs').Contestant[]} */
export const contestants = [
  {
    name: 'plain JavaScript',
    standing: 'peer',
    packages: [],

    decode({ deliver }) {
      const decoder = new PlainDecoder({ onBinary: deliver, onText: deliver });
      return (chunk) => decoder.receive(chunk);
    },

    encodeMasked: encode(true),
    encodeUnmasked: encode(false),
  },
];
