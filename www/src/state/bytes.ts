// Bytes as people write them, and back: hex with forgiving input and precise errors, base64, lists of chunks.

export type HexProblem = { kind: 'not-hex'; character: string; position: number } | { kind: 'half-byte'; digits: number };

export type HexResult = { bytes: Uint8Array<ArrayBuffer>; problem: null } | { bytes: null; problem: HexProblem };

const separators = /[\s,:;_-]/;

/**
 * Reads hex in any of the shapes people paste: `81 85`, `8185`, `0x81, 0x85`, `81:85`.
 * `position` in a problem counts characters from 1, as an editor does.
 */
export function parseHex(text: string): HexResult {
  const digits: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (separators.test(character)) continue;
    const prefix = character === '0' && digits.length % 2 === 0 && /[xX]/.test(text[at + 1] ?? '');
    if (prefix) {
      at++;
      continue;
    }
    const digit = Number.parseInt(character, 16);
    if (Number.isNaN(digit)) return { bytes: null, problem: { kind: 'not-hex', character, position: at + 1 } };
    digits.push(digit);
  }
  if (digits.length % 2 === 1) return { bytes: null, problem: { kind: 'half-byte', digits: digits.length } };
  const bytes = new Uint8Array(digits.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = digits[2 * at]! * 16 + digits[2 * at + 1]!;
  return { bytes, problem: null };
}

const hexPairs = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'));

export function hexByte(value: number): string {
  return hexPairs[value]!;
}

export function formatHex(bytes: Uint8Array, separator = ' '): string {
  let text = '';
  for (let at = 0; at < bytes.length; at++) text += (at === 0 ? '' : separator) + hexPairs[bytes[at]!];
  return text;
}

/** The first `limit` bytes, and an ellipsis where more follow. */
export function excerptHex(bytes: Uint8Array, limit: number): string {
  return formatHex(bytes.subarray(0, limit)) + (bytes.length > limit ? ' …' : '');
}

/** The last `limit` bytes, and an ellipsis where others came before. */
export function tailHex(bytes: Uint8Array, limit: number): string {
  return (bytes.length > limit ? '… ' : '') + formatHex(bytes.subarray(-limit));
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
}

/** The text that the bytes are in UTF-8, or `null` where they are not. */
export function readUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** A head as text: one character a byte, so that nothing is lost or merged. */
export function readLatin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

export function joinBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function replaceBytes(bytes: Uint8Array, start: number, end: number, by: Uint8Array): Uint8Array<ArrayBuffer> {
  return joinBytes(bytes.subarray(0, start), by, bytes.subarray(end));
}

/** A stream's bytes with the head given back as it is used up; it grows by doubling, so that a frame in many chunks is copied twice at most. */
export class ByteQueue {
  private buffer = new Uint8Array(1024);
  private begin = 0;
  private finish = 0;
  /** The stream offset of the first byte still held. */
  offset = 0;

  get length(): number {
    return this.finish - this.begin;
  }

  push(chunk: Uint8Array): void {
    if (this.finish + chunk.length > this.buffer.length) {
      const held = this.buffer.subarray(this.begin, this.finish);
      const needed = held.length + chunk.length;
      const target = needed > this.buffer.length / 2 ? new Uint8Array(needed * 2) : this.buffer;
      target.set(held);
      this.buffer = target;
      this.finish = held.length;
      this.begin = 0;
    }
    this.buffer.set(chunk, this.finish);
    this.finish += chunk.length;
  }

  /** A copy of the bytes from stream offset `start` to `end`, as far as they are held. */
  copy(start: number, end: number): Uint8Array<ArrayBuffer> {
    const from = this.begin + Math.max(0, start - this.offset);
    const to = Math.min(this.finish, this.begin + Math.max(0, end - this.offset));
    return this.buffer.slice(from, Math.max(from, to));
  }

  /** Lets go of everything before stream offset `end`. */
  release(end: number): void {
    const count = Math.min(this.length, Math.max(0, end - this.offset));
    this.begin += count;
    this.offset += count;
  }
}
