// An encoder in plain JavaScript, as small as it can be.

import { Buffer } from 'node:buffer';
import { randomFillSync } from 'node:crypto';

/** Random bytes are drawn so many at a time. */
const POOL = 8192;

/** Writes binary messages as frames (RFC 6455 §5.2). */
export class PlainEncoder {
  #masked;
  #pool = Buffer.alloc(POOL);
  #next = POOL;

  constructor({ masked }) {
    this.#masked = masked;
  }

  /** One message as one frame. @param {Uint8Array} payload */
  binary(payload) {
    const { length } = payload;
    const lengthBytes = length <= 125 ? 0 : length <= 0xffff ? 2 : 8;
    const mask = this.#masked ? 0x80 : 0;
    const header = 2 + lengthBytes + (this.#masked ? 4 : 0);
    const frame = Buffer.allocUnsafe(header + length);
    frame[0] = 0x82;
    if (lengthBytes === 0) {
      frame[1] = mask | length;
    } else if (lengthBytes === 2) {
      frame[1] = mask | 126;
      frame[2] = length >>> 8;
      frame[3] = length;
    } else {
      frame[1] = mask | 127;
      frame.writeBigUInt64BE(BigInt(length), 2);
    }
    if (this.#masked) this.#mask(payload, frame, header);
    else frame.set(payload, header);
    return frame;
  }

  /** Byte by byte up to a word's border of the frame, then by words. */
  #mask(payload, frame, header) {
    if (this.#next === POOL) {
      randomFillSync(this.#pool);
      this.#next = 0;
    }
    let key = this.#pool.readInt32LE(this.#next);
    this.#next += 4;
    frame.writeInt32LE(key, header - 4);
    frame.set(payload, header);
    let at = header;
    if (payload.length >= 48) {
      for (; ((frame.byteOffset + at) & 3) !== 0; at++) {
        frame[at] ^= key;
        key = (key >>> 8) | (key << 24);
      }
      const words = new Int32Array(frame.buffer, frame.byteOffset + at, (frame.length - at) >>> 2);
      for (let word = 0; word < words.length; word++) words[word] ^= key;
      at += words.length << 2;
    }
    for (; at < frame.length; at++) {
      frame[at] ^= key;
      key = (key >>> 8) | (key << 24);
    }
  }
}
