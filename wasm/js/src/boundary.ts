/**
 * How bytes and texts go into a module and results come out, for both modules that have an exchange.
 *
 * Views of a module's memory are made anew in each call, because any call may make the memory grow, and growing detaches
 * every view of it.
 */

import { decoder, encoder } from './bytes.ts';
import { ruleError } from './errors.ts';
import { copied } from './pool.ts';

/** What a text that is not there has for a length. */
const ABSENT = 0xffff_ffff;
const NO_MEMORY = 0xffff_ffff;

/** What either module says of the buffers that it exchanges. */
export interface Buffers {
  /** Where there is room for this much input; 0 where there is none. */
  reserve(length: number): number;
  /** Where four words say what the last call left: address and length of the output, address and count of the words. */
  results(): number;
}

/** A running module. */
export class Boundary<Exchange extends Buffers> {
  readonly memory: WebAssembly.Memory;
  readonly exchange: Exchange;
  readonly #entry: string;
  #trap: unknown;

  constructor(entry: string, memory: WebAssembly.Memory, exchange: Exchange) {
    this.#entry = entry;
    this.memory = memory;
    this.exchange = exchange;
  }

  /** Throws when an earlier call trapped. */
  check(): void {
    if (this.#trap !== undefined) {
      throw new Error(`${this.#entry} stopped at an earlier call, which found a defect in it; load it anew`, { cause: this.#trap });
    }
  }

  /** Notes a trap, so that later calls say what happened instead of working on a broken memory. */
  stopped(error: unknown): never {
    if (error instanceof WebAssembly.RuntimeError) {
      this.#trap = error;
    }
    throw error;
  }

  /** Runs one function of the exchange on bytes, and throws the rule that it says was broken. */
  call(input: Uint8Array, method: (exchange: Exchange) => number | void): Results {
    this.check();
    try {
      this.#put(input);
      return this.#results(method(this.exchange) ?? 0);
    } catch (error) {
      return this.stopped(error);
    }
  }

  /** Runs one function of the exchange that changes the input where it lies, and gives a view of it. */
  change(input: Uint8Array, method: (exchange: Exchange) => void): Uint8Array {
    this.check();
    try {
      const address = this.#put(input);
      method(this.exchange);
      return new Uint8Array(this.memory.buffer, address, input.length);
    } catch (error) {
      return this.stopped(error);
    }
  }

  /** Runs one function of the exchange on texts; `null` stands for one that is not there. */
  callWithTexts(texts: readonly (string | Uint8Array | null)[], method: (exchange: Exchange) => number): Results {
    return this.call(written(texts), method);
  }

  #put(bytes: Uint8Array): number {
    // Making room may grow the memory and so detach a view of it that the caller gave us.
    const source = bytes.buffer === this.memory.buffer ? bytes.slice() : bytes;
    const address = this.exchange.reserve(source.length);
    if (address === 0) {
      throw outOfMemory(source.length);
    }
    new Uint8Array(this.memory.buffer, address, source.length).set(source);
    return address;
  }

  #results(verdict: number): Results {
    if (verdict >>> 0 === NO_MEMORY) {
      throw outOfMemory(this.memory.buffer.byteLength);
    }
    const address = this.exchange.results();
    const { buffer } = this.memory;
    const places = new Uint32Array(buffer, address, 4);
    const words = new Uint32Array(buffer, places[2]!, places[3]!);
    if (verdict === 0) {
      return new Results(words, new Uint8Array(buffer, places[0]!, places[1]!));
    }
    throw words.length < 2 ? ruleError(verdict - 1) : ruleError(verdict - 1, [words[0]!, words[1]!]);
  }
}

/** Texts one behind the other, each behind its length: in memory that the next call writes as well. */
function written(texts: readonly (string | Uint8Array | null)[]): Uint8Array {
  // No character takes more than three bytes for each of its units.
  const most = texts.reduce((sum, text) => sum + 4 + (text?.length ?? 0) * (typeof text === 'string' ? 3 : 1), 0);
  const room = most <= scratch.length ? scratch : new Uint8Array(most);
  let end = 0;
  for (const text of texts) {
    const length = text === null ? ABSENT : put(text, room, end + 4);
    room[end] = length;
    room[end + 1] = length >>> 8;
    room[end + 2] = length >>> 16;
    room[end + 3] = length >>> 24;
    end += text === null ? 4 : 4 + length;
  }
  return room.subarray(0, end);
}

const scratch = new Uint8Array(4096);

/** Up to how many units a text is written sooner here than by the platform. */
const SHORT = 64;

/** Writes a text, or the bytes of one, from a place on; how many bytes it takes. */
function put(text: string | Uint8Array, room: Uint8Array, start: number): number {
  if (typeof text !== 'string') {
    room.set(text, start);
    return text.length;
  }
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit > 0x7f || text.length > SHORT) {
      return encoder.encodeInto(text, room.subarray(start)).written;
    }
    room[start + at] = unit;
  }
  return text.length;
}

function outOfMemory(bytes: number): RangeError {
  return new RangeError(`ws101 has no memory for this call (${bytes} bytes); give it less at a time`);
}

/** What a call left: read at once, since the next call overwrites it. */
export class Results {
  readonly words: Uint32Array;
  readonly #output: Uint8Array;
  /** All bytes as text, once one is asked for. */
  #text: string | undefined;
  #word = 0;
  #byte = 0;

  constructor(words: Uint32Array, output: Uint8Array) {
    this.words = words;
    this.#output = output;
  }

  /** All bytes, copied. */
  bytes(): Uint8Array {
    return copied(this.#output, 0, this.#output.length);
  }

  /** All bytes as text. */
  string(): string {
    return decoder.decode(this.#output);
  }

  /** The next text's bytes, copied; `null` where there is none. */
  nextBytes(): Uint8Array | null {
    const length = this.nextNumber();
    if (length === ABSENT) {
      return null;
    }
    this.#byte += length;
    return this.#output.slice(this.#byte - length, this.#byte);
  }

  /** The next text; `null` where there is none. */
  nextOptional(): string | null {
    const length = this.nextNumber();
    if (length === ABSENT) {
      return null;
    }
    const start = this.#byte;
    this.#byte += length;
    this.#text ??= this.string();
    // As many units as bytes: then each byte is one, and a place in the bytes is one in the text.
    return this.#text.length === this.#output.length
      ? this.#text.slice(start, this.#byte)
      : decoder.decode(this.#output.subarray(start, this.#byte));
  }

  /** The next text. */
  nextText(): string {
    return this.nextOptional() ?? '';
  }

  /** The next list. */
  nextList<T>(read: () => T): T[] {
    const items: T[] = [];
    for (let left = this.nextNumber(); left > 0; left--) {
      items.push(read());
    }
    return items;
  }

  /** The next word. */
  nextNumber(): number {
    return this.words[this.#word++] ?? 0;
  }
}
