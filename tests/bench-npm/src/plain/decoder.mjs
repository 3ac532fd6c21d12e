// A decoder in plain JavaScript of the same shape as ours: bytes in, messages out, no streams and no emitters. It is as
// fast as we could make it, and holds what can be had without a native addon or WebAssembly.

import { Buffer, isUtf8 } from 'node:buffer';

/** The longest header: two bytes, eight of length, four of masking-key. */
const HEADER = 14;

/** From so many bytes on, masking by words is worth its preparations. */
const BY_WORDS = 48;

/** Reads a client's frames as a server must (RFC 6455 §5), whole messages at a time. Throws where a rule is broken. */
export class PlainDecoder {
  #onBinary;
  #onText;
  #limit;

  // The header that was read last.
  #first = 0;
  #length = 0;
  #key = 0;

  // The bytes of a header that has not all arrived.
  #head = new Uint8Array(HEADER);
  #headLength = 0;

  // A payload that has not all arrived.
  #payload = null;
  #filled = 0;

  // A message in fragments.
  #opcode = 0;
  #fragments = [];
  #fragmentsLength = 0;

  // Words over the buffer of the last chunk.
  #buffer = null;
  #words = null;

  constructor({ onBinary, onText, maxMessage = 16 << 20 }) {
    this.#onBinary = onBinary;
    this.#onText = onText;
    this.#limit = maxMessage;
  }

  /** Takes a chunk, which is the decoder's from then on: payloads are unmasked where they lie. @param {Buffer} chunk */
  receive(chunk) {
    const end = chunk.length;
    let at = 0;
    if (this.#payload !== null) {
      at = this.#fill(chunk, 0);
    } else if (this.#headLength > 0) {
      at = this.#finishHeader(chunk);
      if (at < 0) return;
      at = this.#body(chunk, at);
    }
    while (at < end) {
      const header = this.#header(chunk, at, end);
      if (header === 0) {
        this.#head.set(chunk.subarray(at, end));
        this.#headLength = end - at;
        return;
      }
      at = this.#body(chunk, at + header);
    }
  }

  /** Reads the header at a place; gives its length, or 0 where it has not all arrived. */
  #header(bytes, at, end) {
    if (end - at < 2) return 0;
    const first = bytes[at];
    const second = bytes[at + 1];
    if ((second & 0x80) === 0) throw new Error('a client’s frame is not masked (§5.1)');
    if ((first & 0x70) !== 0) throw new Error('a reserved bit is set (§5.2)');
    let length = second & 0x7f;
    let size = 6;
    if (length === 126) {
      size = 8;
      if (end - at < size) return 0;
      length = (bytes[at + 2] << 8) | bytes[at + 3];
      if (length < 126) throw new Error('a length is not in its shortest form (§5.2)');
    } else if (length === 127) {
      size = HEADER;
      if (end - at < size) return 0;
      const high = ((bytes[at + 2] << 24) | (bytes[at + 3] << 16) | (bytes[at + 4] << 8) | bytes[at + 5]) >>> 0;
      const low = ((bytes[at + 6] << 24) | (bytes[at + 7] << 16) | (bytes[at + 8] << 8) | bytes[at + 9]) >>> 0;
      length = high * 2 ** 32 + low;
      if (length < 65536) throw new Error('a length is not in its shortest form (§5.2)');
    } else if (end - at < size) {
      return 0;
    }
    const opcode = first & 0x0f;
    if (opcode >= 8) {
      if (opcode > 10 || (first & 0x80) === 0 || length > 125) throw new Error('a control frame is malformed (§5.5)');
    } else {
      if (opcode > 2 || (opcode === 0) === (this.#opcode === 0)) throw new Error('a frame is out of order (§5.4)');
      if (length + this.#fragmentsLength > this.#limit) throw new Error('a message is too long');
    }
    this.#first = first;
    this.#length = length;
    const key = at + size - 4;
    this.#key = bytes[key] | (bytes[key + 1] << 8) | (bytes[key + 2] << 16) | (bytes[key + 3] << 24);
    return size;
  }

  /** Completes a header from the chunk after; gives where its payload begins there, or -1. */
  #finishHeader(chunk) {
    const had = this.#headLength;
    const more = Math.min(HEADER - had, chunk.length);
    for (let place = 0; place < more; place++) this.#head[had + place] = chunk[place];
    const header = this.#header(this.#head, 0, had + more);
    this.#headLength = header === 0 ? had + more : 0;
    return header === 0 ? -1 : header - had;
  }

  /** Takes the payload at a place, or what is there of it; gives where it ends. */
  #body(chunk, at) {
    const end = at + this.#length;
    if (end > chunk.length) {
      this.#payload = Buffer.allocUnsafe(this.#length);
      this.#filled = 0;
      return this.#fill(chunk, at);
    }
    this.#unmask(chunk, at, end);
    this.#frame(chunk.subarray(at, end));
    return end;
  }

  #fill(chunk, at) {
    const payload = this.#payload;
    const end = Math.min(chunk.length, at + payload.length - this.#filled);
    this.#filled += chunk.copy(payload, this.#filled, at, end);
    if (this.#filled === payload.length) {
      this.#payload = null;
      this.#unmask(payload, 0, payload.length);
      this.#frame(payload);
    }
    return end;
  }

  #unmask(bytes, start, end) {
    let key = this.#key;
    let at = start;
    if (end - start >= BY_WORDS) {
      const offset = bytes.byteOffset;
      for (; ((offset + at) & 3) !== 0; at++) {
        bytes[at] ^= key;
        key = (key >>> 8) | (key << 24);
      }
      const words = this.#wordsOf(bytes.buffer);
      const last = (offset + end) >>> 2;
      let word = (offset + at) >>> 2;
      at = (last << 2) - offset;
      for (; word + 4 <= last; word += 4) {
        words[word] ^= key;
        words[word + 1] ^= key;
        words[word + 2] ^= key;
        words[word + 3] ^= key;
      }
      for (; word < last; word++) words[word] ^= key;
    }
    for (; at < end; at++) {
      bytes[at] ^= key;
      key = (key >>> 8) | (key << 24);
    }
  }

  /** The order of bytes in a word is that of nearly all machines: the first byte lowest. */
  #wordsOf(buffer) {
    if (this.#buffer !== buffer) {
      this.#buffer = buffer;
      this.#words = new Int32Array(buffer, 0, buffer.byteLength >>> 2);
    }
    return this.#words;
  }

  #frame(payload) {
    const opcode = this.#first & 0x0f;
    const fin = (this.#first & 0x80) !== 0;
    if (opcode >= 8) return; // a ping, a pong or a Close: a whole connection would answer here
    if (fin && this.#opcode === 0) {
      this.#message(opcode, payload);
      return;
    }
    if (opcode !== 0) this.#opcode = opcode;
    this.#fragments.push(payload);
    this.#fragmentsLength += payload.length;
    if (!fin) return;
    const message = Buffer.concat(this.#fragments, this.#fragmentsLength);
    const kind = this.#opcode;
    this.#opcode = 0;
    this.#fragments = [];
    this.#fragmentsLength = 0;
    this.#message(kind, message);
  }

  #message(opcode, payload) {
    if (opcode === 2) {
      this.#onBinary(payload);
    } else {
      if (!isUtf8(payload)) throw new Error('a text is not UTF-8 (§8.1)');
      this.#onText(payload.toString('utf8'));
    }
  }
}
