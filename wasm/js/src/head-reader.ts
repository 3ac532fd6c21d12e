/** Heads that arrive in pieces. */

import { HeadReader as Reader } from '../generated/ws101_wasm.js';
import { bytes, integer, options } from './arguments.ts';
import { call, running, stopped } from './engine.ts';
import { SLICE, dispose } from './resources.ts';

/** The longest head unless a caller says otherwise, in bytes. */
const MAX_LENGTH = 16_384;

/**
 * Collects one HTTP head that arrives in any pieces, up to and including its empty line. What follows it is handed back:
 * those bytes are frames.
 *
 * @example
 * ```js
 * const reader = new HeadReader();
 * socket.on('data', (chunk) => {
 *   const found = reader.receive(chunk);
 *   if (found) {
 *     const request = verifyRequest(found.head);
 *     parts = decoder.decode(found.rest);
 *   }
 * });
 * ```
 */
export class HeadReader {
  #reader: Reader | undefined;
  #complete = false;

  /** `maxLength` is the longest head that is taken, in bytes: 1 to 16 MiB, 16384 unless it is given. */
  constructor(o?: { maxLength?: number }) {
    const { maxLength = MAX_LENGTH } = options('HeadReader’s argument', o);
    const limit = integer('maxLength', maxLength, 1, 2 ** 24);
    running();
    try {
      this.#reader = new Reader(limit);
    } catch (error) {
      stopped(error);
    }
  }

  /**
   * Takes the next piece; gives the head and what came after it in this piece, or `null` while the head is not complete.
   *
   * Throws `HEAD_TOO_LONG`, which {@link buildErrorResponse} answers, when the limit is reached.
   */
  receive(chunk: Uint8Array | ArrayBuffer): { head: Uint8Array; rest: Uint8Array } | null {
    const reader = this.#reader;
    if (reader === undefined) {
      throw new TypeError('this HeadReader was freed: make a new one');
    }
    if (this.#complete) {
      throw new TypeError('this HeadReader has given its head: make a new one for the next');
    }
    const piece = bytes('chunk', chunk);
    for (let start = 0; start < piece.length; start += SLICE) {
      const found = call(piece.subarray(start, start + SLICE), () => reader.receive());
      if (found.nextNumber() === 1) {
        this.#complete = true;
        return { head: found.bytes(), rest: piece.subarray(start + found.nextNumber()) };
      }
    }
    return null;
  }

  /** Gives its memory back at once, rather than when it is collected. */
  free(): void {
    this.#reader?.free();
    this.#reader = undefined;
  }

  /** Lets `using` free it. */
  declare [Symbol.dispose]: () => void;

  static {
    dispose(this);
  }
}
