/**
 * Memory for copies. A buffer of its own costs more than all that the protocol does with a small message, so small copies
 * lie side by side in larger buffers, as those of Node do.
 */

/** Bytes of a buffer that is shared, of the largest copy that goes there, and of one that is quicker made byte by byte. */
const SHARED = 8192;
const SMALL = 2048;
const TINY = 32;

let shared = new Uint8Array(0);
let used = 0;

/** The bytes from `start` up to `end`, the caller's to keep. */
export function copied(source: Uint8Array, start: number, end: number): Uint8Array<ArrayBuffer> {
  const length = end - start;
  if (length > SMALL) {
    return source.slice(start, end) as Uint8Array<ArrayBuffer>;
  }
  // A buffer that somebody transferred has no length either.
  if (used + length > shared.length) {
    shared = new Uint8Array(SHARED);
    used = 0;
  }
  const place = used;
  // The next copy begins at a multiple of eight, where a caller may want to read numbers.
  used = (place + length + 7) & ~7;
  if (length > TINY) {
    shared.set(source.subarray(start, end), place);
  } else {
    for (let at = 0; at < length; at++) {
      shared[place + at] = source[start + at]!;
    }
  }
  return new Uint8Array(shared.buffer, place, length);
}
