/** Writing frames (RFC 6455 §5), strictly and otherwise. */

import { FrameEncoder } from '../generated/ws101_wasm.js';
import { bytes, bytesOrText, flag, integer, maskingKey as keyOf, options } from './arguments.ts';
import { utf8 } from './bytes.ts';
import { call, change, running, stopped } from './engine.ts';
import { random, randomWord } from './random.ts';
import { SLICE } from './resources.ts';
import { copyOut, putPayload, refuse } from './table.ts';

/** The opcodes of RFC 6455 §5.2; the others are reserved. */
export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** A frame to be sent. */
export interface EncodeFrameOptions {
  /** One of {@link opcodes}. */
  opcode: number;
  /** Bytes, or a string that stands for its UTF-8; none unless given. */
  payload?: Uint8Array | ArrayBuffer | string;
  /** Whether the frame ends its message; `true` unless given. */
  fin?: boolean;
  /** The reserved bits, for an extension that was agreed on; not set unless given. */
  rsv1?: boolean;
  rsv2?: boolean;
  rsv3?: boolean;
  /** Four bytes, or `'random'` for new ones: a client masks every frame. Not masked unless given. */
  maskingKey?: Uint8Array | 'random' | null;
}

/** A frame that no peer should send. */
export interface ForgeFrameOptions {
  fin?: boolean;
  rsv1?: boolean;
  rsv2?: boolean;
  rsv3?: boolean;
  /** 0 to 15, the reserved ones too. */
  opcode: number;
  /** How many bits the length is written in; the shortest form unless given. */
  lengthForm?: 7 | 16 | 64;
  /** The length that is announced, 0 to 2^64 - 1; the payload's unless given. */
  declaredLength?: number | bigint;
  /** Four bytes; not masked unless given. */
  maskingKey?: Uint8Array | null;
  /** What follows the header, masked with the key if there is one. */
  payload?: Uint8Array | ArrayBuffer | string;
}

/**
 * Four new random bytes (RFC 6455 §5.3).
 *
 * @example
 * ```js
 * encodeFrame({ opcode: opcodes.text, payload: 'Hello', maskingKey: generateMaskingKey() });
 * ```
 */
export function generateMaskingKey(): Uint8Array {
  return random(4);
}

/**
 * One frame, as the RFC allows it: the length in its shortest form, masked with the key if there is one.
 *
 * Throws `ENCODE_RESERVED_OPCODE`, `ENCODE_CONTROL_TOO_LONG` and `ENCODE_CONTROL_FRAGMENTED` for what may not be sent.
 * Whether a text is UTF-8 and fragments are in order is the caller's to see to.
 *
 * @example
 * ```js
 * encodeFrame({ opcode: opcodes.text, payload: 'Hello' }); // 81 05 48 65 6c 6c 6f (§5.7)
 * ```
 */
export function encodeFrame(o: EncodeFrameOptions): Uint8Array {
  const { table } = running();
  const frame = parts('encodeFrame’s argument', o);
  try {
    encoder ??= new FrameEncoder();
    add(encoder, frame);
    return copyOut(table.take_frames(encoder));
  } catch (error) {
    return stopped(error);
  }
}

/** Of {@link encodeFrame}; it keeps nothing from one frame to the next. */
let encoder: FrameEncoder | undefined;

/** A frame to be sent, judged as far as its types go. */
export interface FrameParts {
  first: number;
  payload: Uint8Array | string;
  /** `undefined` where the caller left it open. */
  key: number | null | undefined;
}

/** What is to be sent, as the module wants it. */
export function parts(name: string, o: EncodeFrameOptions): FrameParts {
  const given = options(name, o);
  const { maskingKey } = given;
  return {
    first: firstByte(given),
    payload: payloadOf(given.payload),
    key: maskingKey === 'random' ? randomWord() : maskingKey === undefined ? undefined : optionalKey(maskingKey),
  };
}

/** Adds a frame to those of an encoder, or throws the rule that forbids it. */
export function add(to: FrameEncoder, { first, payload, key = null }: FrameParts): void {
  const length = putPayload(payload);
  refuse(running().table.encode(to, first, length, key === null ? 0 : 1, key ?? 0));
}

/**
 * Any frame that can be put in bits: reserved opcodes, lengths in a longer form than needed or that are not true,
 * fragmented control frames. For tests and for learning; nothing is judged but the types.
 *
 * @example
 * ```js
 * forgeFrame({ opcode: 11, lengthForm: 64, declaredLength: 2n ** 63n }); // 8b 7f 80 00 00 00 00 00 00 00
 * ```
 */
export function forgeFrame(o: ForgeFrameOptions): Uint8Array {
  const given = options('forgeFrame’s argument', o);
  const first = firstByte(given);
  const payload = utf8(payloadOf(given.payload));
  const key = optionalKey(given.maskingKey);
  const form = given.lengthForm ?? 0;
  if (form !== 0 && form !== 7 && form !== 16 && form !== 64) {
    throw new RangeError(`lengthForm must be 7, 16 or 64, but is ${form}`);
  }
  return put(header(first, form, declared(given.declaredLength ?? payload.length), key), payload, key);
}

/**
 * Masks or unmasks `data` in place, and gives it back (RFC 6455 §5.3). `offset` is the place of its first byte in the
 * frame's payload, for payloads that come in pieces.
 *
 * @example
 * ```js
 * applyMask(Uint8Array.of(0x7f, 0x9f, 0x4d, 0x51, 0x58), Uint8Array.of(0x37, 0xfa, 0x21, 0x3d)); // 'Hello' (§5.7)
 * ```
 */
export function applyMask(data: Uint8Array, maskingKey: Uint8Array, offset = 0): Uint8Array {
  const given = bytes('data', data);
  const key = keyOf('maskingKey', maskingKey);
  const start = integer('offset', offset, 0, Number.MAX_SAFE_INTEGER) % 4;
  mask(given, given, 0, key, start);
  return data;
}

function firstByte(o: Partial<Omit<ForgeFrameOptions, 'maskingKey'>>): number {
  const fin = flag('fin', o.fin, true) ? 0x80 : 0;
  const rsv1 = flag('rsv1', o.rsv1, false) ? 0x40 : 0;
  const rsv2 = flag('rsv2', o.rsv2, false) ? 0x20 : 0;
  const rsv3 = flag('rsv3', o.rsv3, false) ? 0x10 : 0;
  return fin | rsv1 | rsv2 | rsv3 | integer('opcode', o.opcode, 0, 15);
}

function payloadOf(payload: Uint8Array | ArrayBuffer | string | undefined): Uint8Array | string {
  return payload === undefined ? '' : bytesOrText('payload', payload);
}

function optionalKey(key: Uint8Array | null | undefined): number | null {
  return key === undefined || key === null ? null : keyOf('maskingKey', key);
}

function declared(length: number | bigint): bigint {
  const number = typeof length === 'bigint' ? length : BigInt(integer('declaredLength', length, 0, Number.MAX_SAFE_INTEGER));
  if (number < 0n || number >= 2n ** 64n) {
    throw new RangeError(`declaredLength must fit into 64 bits, but is ${number}`);
  }
  return number;
}

function header(first: number, form: number, length: bigint, key: number | null): Uint8Array {
  const low = Number(length & 0xffff_ffffn);
  const high = Number(length >> 32n);
  return call(new Uint8Array(0), (exchange) =>
    exchange.forge_header(first, form, low, high, key === null ? 0 : 1, key ?? 0),
  ).bytes();
}

function put(head: Uint8Array, payload: Uint8Array, key: number | null): Uint8Array {
  const frame = new Uint8Array(head.length + payload.length);
  frame.set(head);
  if (key === null) {
    frame.set(payload, head.length);
  } else {
    mask(payload, frame, head.length, key, 0);
  }
  return frame;
}

function mask(source: Uint8Array, target: Uint8Array, place: number, key: number, offset: number): void {
  for (let start = 0; start < source.length; start += SLICE) {
    const slice = source.subarray(start, start + SLICE);
    // SLICE is a multiple of four, so every slice meets the key where the first one did.
    target.set(
      change(slice, (exchange) => exchange.apply_mask(key, offset)),
      place + start,
    );
  }
}
