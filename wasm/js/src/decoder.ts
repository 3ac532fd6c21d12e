/** Reading frames (RFC 6455 §5). */

import { FrameDecoder as Decoder } from '../generated/ws101_wasm.js';
import { bytes, integer, options } from './arguments.ts';
import { running, stopped } from './engine.ts';
import type { Ws101Error } from './errors.ts';
import { copied } from './pool.ts';
import { SLICE, delivery, dispose, type BytesDelivery } from './resources.ts';
import { REPORT, TAKEN, claim, disclaim, look, violation, wide } from './table.ts';

/** Which end of the connection we are: it decides who masks (RFC 6455 §5.1). */
export type Role = 'client' | 'server';

/** What a decoder takes. */
export interface FrameDecoderOptions {
  /** Who we are; a decoder of role `server` reads what a client sent. */
  role: Role;
  /** The longest payload that a frame may announce, in bytes; 16 MiB unless it is given. */
  maxPayload?: number;
  /** The reserved bits that an extension gives a meaning: 4 for RSV1, 2 for RSV2, 1 for RSV3. None unless given. */
  allowedRsv?: number;
  /** Where the payloads that {@link FrameDecoder.decode} gives lie; `'copy'` unless given. */
  bytes?: BytesDelivery;
}

const MAX_PAYLOAD = 16 * 1024 * 1024;

/** Words of a row of the table. */
const ROW = 10;

/** Bits of a row's first word. */
const MASKED = 1 << 8;
const FIRST = 1 << 9;
const LAST = 1 << 10;

/** A frame, or a part of one whose payload has not all arrived. */
export class FramePart {
  // Declared, so that each is written once: a field that is defined is undefined first.
  /** Whether the frame ends its message. */
  declare readonly fin: boolean;
  declare readonly rsv1: boolean;
  declare readonly rsv2: boolean;
  declare readonly rsv3: boolean;
  /** One of {@link opcodes}. */
  declare readonly opcode: number;
  /** Bytes of payload in the whole frame; exact up to 2^53. */
  declare readonly payloadLength: number;
  /** Where in the stream the frame begins, in bytes since the decoder was made. */
  declare readonly frameStart: number;
  /** Bytes of the frame's header: 2 to 14. */
  declare readonly headerLength: number;
  /** The place of `payload` in the frame's payload. */
  declare readonly offset: number;
  /** The bytes of this part, unmasked. */
  declare readonly payload: Uint8Array;
  /** Whether this is the frame's first part, and whether it is its last. */
  declare readonly first: boolean;
  declare readonly last: boolean;
  readonly #masked: boolean;
  readonly #key: number;

  /** @internal */
  constructor(row: Uint32Array, at: number, payload: Uint8Array) {
    const bits = row[at]!;
    this.fin = (bits & 0x80) !== 0;
    this.rsv1 = (bits & 0x40) !== 0;
    this.rsv2 = (bits & 0x20) !== 0;
    this.rsv3 = (bits & 0x10) !== 0;
    this.opcode = bits & 0x0f;
    this.payloadLength = wide(row, at + 4);
    this.frameStart = wide(row, at + 8);
    this.headerLength = bits >>> 16;
    this.offset = wide(row, at + 6);
    this.payload = payload;
    this.first = (bits & FIRST) !== 0;
    this.last = (bits & LAST) !== 0;
    this.#masked = (bits & MASKED) !== 0;
    this.#key = row[at + 3]!;
  }

  /** The four bytes that the payload was masked with; `null` when it was not. */
  get maskingKey(): Uint8Array | null {
    const key = this.#key;
    return this.#masked ? new Uint8Array([key, key >>> 8, key >>> 16, key >>> 24]) : null;
  }
}

/**
 * Reads frames from a stream that comes in any pieces.
 *
 * It checks everything that can be known without looking at the payload: masking by role (RFC 6455 §5.1), reserved bits
 * and opcodes, lengths in their shortest form (§5.2), the order of fragments (§5.4), control frames (§5.5) and
 * `maxPayload`. It keeps no payload: a frame that lies in two chunks comes in two parts.
 *
 * @example
 * ```js
 * const decoder = new FrameDecoder({ role: 'server' });
 * for (const part of decoder.decode(chunk)) {
 *   if (part.opcode === opcodes.text && part.last) console.log(new TextDecoder().decode(part.payload));
 * }
 * ```
 */
export class FrameDecoder {
  #decoder: Decoder | undefined;
  readonly #bytes: BytesDelivery;
  #taken = 0;
  #rows = 0;
  #violation: Ws101Error | null = null;

  /** Throws a `TypeError` or `RangeError` that names the option. */
  constructor(o: FrameDecoderOptions) {
    const { role, maxPayload = MAX_PAYLOAD, allowedRsv = 0, ...given } = options('FrameDecoder’s argument', o);
    if (role !== 'client' && role !== 'server') {
      throw new TypeError(`role must be 'client' or 'server': which end we are`);
    }
    const limit = maxPayload === Infinity ? Number.MAX_SAFE_INTEGER : maxPayload;
    integer('maxPayload', limit, 0, Number.MAX_SAFE_INTEGER);
    integer('allowedRsv', allowedRsv, 0, 7);
    this.#bytes = delivery(given.bytes);
    running();
    try {
      this.#decoder = new Decoder(role === 'server' ? 1 : 0, limit, allowedRsv);
    } catch (error) {
      stopped(error);
    }
  }

  /**
   * Takes a chunk of any length and gives, in order, the frames that it completes and the parts of those that it does
   * not. The payloads are the caller's to keep, and those of one chunk share memory, unless `bytes` said otherwise. (Of a
   * chunk of more than 64 KiB `'view'` gives copies.)
   *
   * Where the stream breaks a rule, the iteration gives the parts before and then throws the rule (with the status code
   * of the Close frame to answer); every later call throws it again.
   */
  decode(chunk: Uint8Array | ArrayBuffer): Iterable<FramePart> {
    const given = bytes('chunk', chunk);
    const parts: FramePart[] = [];
    this.#alive();
    // Views of one piece would not outlast the next.
    const delivery = this.#bytes === 'view' && given.length > SLICE ? 'copy' : this.#bytes;
    for (let start = 0; start < given.length && this.#violation === null; start += SLICE) {
      this.#decodeSlice(given.subarray(start, start + SLICE), parts, delivery);
    }
    return this.#violation === null ? parts : thenThrow(parts, this.#violation);
  }

  /**
   * The fast form of {@link decode}: takes as much of a chunk as fits (at most 65536 bytes and 1024 parts, see
   * {@link taken}) and gives the number of rows in {@link table}. Nothing is copied out: rows and payloads lie in the
   * module's memory and are good until the next call of `push` or `decode`, of this decoder or another.
   *
   * A broken rule is in {@link violation} afterwards; the next call throws it.
   *
   * @example
   * ```js
   * for (let rest = chunk; rest.length > 0; rest = rest.subarray(decoder.taken)) {
   *   const count = decoder.push(rest);
   *   for (let i = 0; i < count; i++) handle(decoder.table()[i * 10] & 15, decoder.payload(i));
   *   if (decoder.violation) break;
   * }
   * ```
   */
  push(chunk: Uint8Array | ArrayBuffer): number {
    const decoder = this.#alive();
    if (this.#violation !== null) {
      throw this.#violation;
    }
    const given = bytes('chunk', chunk);
    const slice = given.length > SLICE ? given.subarray(0, SLICE) : given;
    try {
      this.#read(decoder, slice, 0);
    } catch (error) {
      stopped(error);
    }
    return this.#rows;
  }

  /** Bytes of the chunk that the last `push` took. */
  get taken(): number {
    return this.#taken;
  }

  /** The rule that the stream broke; `null` while it broke none. */
  get violation(): Ws101Error | null {
    return this.#violation;
  }

  /** Whether the stream may end here: between two frames, and not within a message. */
  get isBetweenMessages(): boolean {
    return this.#alive().is_between_messages();
  }

  /**
   * The rows of the last `push`, ten words each:
   *
   * 0. the frame's first byte (FIN, RSV, opcode); bit 8: masked; bit 9: the frame's first part; bit 10: its last;
   *    from bit 16 on: the length of its header;
   * 1. the place of the payload in {@link bytes}; 2. its length in bytes;
   * 3. the masking-key, its first byte lowest;
   * 4. and 5. the payload length of the whole frame; 6. and 7. the place of this part in it; 8. and 9. where in the
   *    stream the frame begins; each as a low and a high word.
   */
  table(): Uint32Array {
    return look().words.subarray(REPORT, REPORT + this.#rows * ROW);
  }

  /** The chunk of the last `push`, its payloads unmasked in place. */
  bytes(): Uint8Array {
    const { heap, bytesAt } = look();
    return heap.subarray(bytesAt, bytesAt + this.#taken);
  }

  /** The payload of a row of the last `push`. Throws a `RangeError` when there is no such row. */
  payload(row: number): Uint8Array {
    integer('row', row, 0, this.#rows - 1);
    const { heap, words, bytesAt } = look();
    const at = REPORT + row * ROW;
    const start = bytesAt + words[at + 1]!;
    return heap.subarray(start, start + words[at + 2]!);
  }

  /** Gives its memory back at once, rather than when it is collected. */
  free(): void {
    disclaim(this);
    this.#decoder?.free();
    this.#decoder = undefined;
  }

  /** Lets `using` free it. */
  declare [Symbol.dispose]: () => void;

  static {
    dispose(this);
  }

  /** @internal */
  spill(): void {
    this.#rows = 0;
  }

  #decodeSlice(slice: Uint8Array, parts: FramePart[], delivery: BytesDelivery): void {
    const decoder = this.#alive();
    try {
      for (let start = 0; start < slice.length && this.#violation === null; start = this.#taken) {
        this.#read(decoder, slice, start);
        if (this.#rows > 0) {
          this.#tell(slice, start, parts, delivery);
        }
      }
    } catch (error) {
      stopped(error);
    }
    disclaim(this);
    this.#rows = 0;
  }

  /** Has the module read what of a slice begins at `start`, before which all of it was read by this decoder. */
  #read(decoder: Decoder, slice: Uint8Array, start: number): void {
    const table = claim(this);
    if (start === 0) {
      const { heap, bytesAt } = look();
      heap.set(slice, bytesAt);
    }
    this.#rows = table.decode(decoder, start, slice.length);
    this.#taken = look().words[TAKEN]!;
    this.#violation = violation();
  }

  /** Makes parts of the rows; their payloads lie where they are wanted. */
  #tell(slice: Uint8Array, start: number, parts: FramePart[], delivery: BytesDelivery): void {
    const { heap, words, bytesAt } = look();
    const read = heap.subarray(bytesAt + start, bytesAt + this.#taken);
    let payloads = read;
    if (delivery === 'copy') {
      payloads = copied(read, 0, read.length);
    } else if (delivery === 'write-back') {
      slice.set(read, start);
      payloads = slice.subarray(start) as Uint8Array<ArrayBuffer>;
    }
    const { buffer } = payloads;
    const shift = payloads.byteOffset - start;
    const end = REPORT + this.#rows * ROW;
    for (let at = REPORT; at < end; at += ROW) {
      parts.push(new FramePart(words, at, new Uint8Array(buffer, words[at + 1]! + shift, words[at + 2]!)));
    }
  }

  #alive(): Decoder {
    if (this.#decoder === undefined) {
      throw new TypeError('this FrameDecoder was freed: make a new one');
    }
    return this.#decoder;
  }
}

function* thenThrow(parts: readonly FramePart[], violation: Ws101Error): Generator<FramePart> {
  yield* parts;
  throw violation;
}
