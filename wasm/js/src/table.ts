/**
 * The memory through which frames and messages cross: the bytes of a chunk, words about them, and a payload to be sent.
 *
 * The module keeps all three where they are; but any call may make its memory grow, which detaches every view. So views
 * are asked for anew after each call; while they are good, asking costs a comparison.
 */

import type { Table } from '../generated/ws101_wasm.js';
import { decoder, encoder } from './bytes.ts';
import { running } from './engine.ts';
import { ruleError, type Ws101Error } from './errors.ts';
import { copied } from './pool.ts';
import { SLICE } from './resources.ts';

/** Words of the report, which come before the rows: how many rows, bytes taken, verdict, range, and one more. */
export const REPORT = 8;
export const TAKEN = 1;
export const MORE = 7;
const VERDICT = 2;
const RANGE = 3;
const ADDRESS = 7;
const TWO_TO_32 = 2 ** 32;

/** The longest payload that is sent at a time: it lies in the module's memory twice, which has 4 GiB. */
const MAX_PAYLOAD = 2 ** 28;

/** What Node's buffers (and those of runtimes that have them) can do with the texts in them. */
interface Texts {
  latin1Slice(start: number, end: number): string;
  utf8Slice(start: number, end: number): string;
}

/** Views of the module's memory, good until the next call of the module. */
export interface Views {
  /** All of the memory, by address; and what it is a view of. */
  heap: Uint8Array<ArrayBuffer>;
  memory: ArrayBuffer;
  /** The report and the rows. */
  words: Uint32Array;
  /** Room for a payload of 64 KiB. */
  input: Uint8Array<ArrayBuffer>;
  /** The memory as Node sees it, where there is one. */
  texts: Texts | undefined;
  /** Where a chunk is put. */
  bytesAt: number;
}

/** Who has rows in the table that it has not read. */
interface Owner {
  /** Reads them, since others will take their place. */
  spill(): void;
}

let owner: Owner | undefined;
const views: Views = {
  heap: new Uint8Array(0),
  memory: new ArrayBuffer(0),
  words: new Uint32Array(0),
  input: new Uint8Array(0),
  texts: undefined,
  bytesAt: 0,
};

/** The table, and views of it that are good until the next call. */
export function look(): Views {
  // A view that was detached has no length, and neither have those before the first look.
  if (views.heap.byteLength === 0) {
    renew();
  }
  return views;
}

function renew(): void {
  const { memory, table } = running();
  const [words, input, bytes] = [table.words(), table.input(), table.bytes()];
  const { buffer } = memory;
  views.heap = new Uint8Array(buffer);
  views.memory = buffer;
  views.words = new Uint32Array(buffer, words, REPORT + 8192);
  views.input = new Uint8Array(buffer, input, SLICE);
  views.texts = nodeBuffer?.from(buffer);
  views.bytesAt = bytes;
}

/** The table, for somebody who will put rows in it. */
export function claim(by: Owner): Table {
  if (owner !== by) {
    owner?.spill();
    owner = by;
  }
  return running().table;
}

/** Whether the rows in the table are still those of `by`. */
export function owns(by: Owner): boolean {
  return owner === by;
}

/** Gives the table up, and with it the reference to its owner. */
export function disclaim(by: Owner): void {
  if (owner === by) {
    owner = undefined;
  }
}

/** A number of two words. */
export function wide(words: Uint32Array, at: number): number {
  const high = words[at + 1]!;
  return high === 0 ? words[at]! : words[at]! + high * TWO_TO_32;
}

/** Writes numbers of two words where the rows are. */
export function putNumbers(numbers: readonly number[]): void {
  const { words } = look();
  numbers.forEach((number, place) => {
    words[REPORT + 2 * place] = number % TWO_TO_32;
    words[REPORT + 2 * place + 1] = Math.floor(number / TWO_TO_32);
  });
}

/** The rule that the last call found broken. */
export function violation(): Ws101Error | null {
  const { words } = look();
  const verdict = words[VERDICT]!;
  return verdict === 0 ? null : ruleError(verdict - 1, [wide(words, RANGE), wide(words, RANGE + 2)]);
}

/** Throws the rule that a call says the caller broke. */
export function refuse(verdict: number): void {
  if (verdict !== 0) {
    throw ruleError(verdict - 1);
  }
}

/**
 * The text at an address: UTF-8, as was judged; `ascii` where it is that as well. `tests/bench-npm/text.mjs` shows which way is
 * fastest where.
 */
export function textAt({ heap, texts }: Views, start: number, end: number, ascii: boolean): string {
  if (texts !== undefined && ascii) {
    return texts.latin1Slice(start, end);
  }
  if (texts !== undefined && end - start <= SLICED_TEXT) {
    return texts.utf8Slice(start, end);
  }
  return decoder.decode(heap.subarray(start, end));
}

/** The bytes that the last call pointed at, as a copy. */
export function copyOut(length: number): Uint8Array<ArrayBuffer> {
  const { heap, words } = look();
  const start = words[ADDRESS]!;
  return copied(heap, start, start + length);
}

/** Puts a payload where the module looks for it, and says how long it is. */
export function putPayload(payload: Uint8Array | string): number {
  if (typeof payload !== 'string') {
    return putBytes(payload);
  }
  if (payload.length > MAX_PAYLOAD) {
    throw new RangeError(`a text takes at most ${MAX_PAYLOAD} bytes, but has more than ${payload.length}: send it in fragments`);
  }
  // No character takes more than three bytes for each of its units.
  return payload.length * 3 <= SLICE ? encoder.encodeInto(payload, look().input).written : putBytes(encoder.encode(payload));
}

function putBytes(bytes: Uint8Array): number {
  if (bytes.length > MAX_PAYLOAD) {
    throw new RangeError(`a payload takes at most ${MAX_PAYLOAD} bytes, but has ${bytes.length}: send it in fragments`);
  }
  if (bytes.length <= SLICE) {
    look().input.set(bytes);
    return bytes.length;
  }
  const { memory, table } = running();
  // Making room may grow the memory and so detach a view of it that the caller gave us.
  const source = bytes.buffer === memory.buffer ? bytes.slice() : bytes;
  const address = table.long_input(source.length);
  if (address === 0) {
    throw new RangeError(`ws101 has no memory for a payload of ${source.length} bytes; send less at a time`);
  }
  look().heap.set(source, address);
  return source.length;
}

/** The longest text, in bytes, that `Buffer`'s decoder makes no slower than `TextDecoder`: in Deno only a short one. */
const SLICED_TEXT = 'Deno' in globalThis ? 256 : Infinity;

const nodeBuffer = (() => {
  const found = (globalThis as { Buffer?: { from(buffer: ArrayBuffer): Texts; prototype: Partial<Texts> } }).Buffer;
  const { latin1Slice, utf8Slice } = found?.prototype ?? {};
  return typeof latin1Slice === 'function' && typeof utf8Slice === 'function' ? found : undefined;
})();
