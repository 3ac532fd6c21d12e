/**
 * How bytes and texts go into a module and results come out, for both modules that have an exchange.
 *
 * Addresses in a module's memory are asked for anew in each call, because any call may make the memory grow, and growing
 * detaches every view of it.
 */

import { joined, utf8 } from './bytes.ts';
import { ruleError } from './errors.ts';

/** What a text that is not there has for a length. */
const ABSENT = 0xffff_ffff;
const NO_MEMORY = 0xffff_ffff;

const decoder = new TextDecoder();

/** What either module says of the buffers that it exchanges. */
export interface Buffers {
  reserve_input(length: number): boolean;
  reserve_words(count: number): boolean;
  input(): number;
  output(): number;
  output_length(): number;
  words(): number;
  words_length(): number;
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

  /** Runs one method of the exchange on bytes, and throws the rule that it says was broken. */
  call(input: Uint8Array, method: (exchange: Exchange) => number | void): Results {
    this.check();
    try {
      this.#putBytes(input);
      return this.#results(method(this.exchange) ?? 0);
    } catch (error) {
      return this.stopped(error);
    }
  }

  /** Runs one method of the exchange that changes the input where it lies, and gives a view of it. */
  change(input: Uint8Array, method: (exchange: Exchange) => void): Uint8Array {
    this.call(input, method);
    return new Uint8Array(this.memory.buffer, this.exchange.input(), input.length);
  }

  /** Runs one method of the exchange on texts; `null` stands for one that is not there. */
  callWithTexts(texts: readonly (string | Uint8Array | null)[], method: (exchange: Exchange) => number): Results {
    this.check();
    const parts = texts.map((text) => (text === null ? null : utf8(text)));
    try {
      this.#putBytes(joined(parts));
      if (!this.exchange.reserve_words(parts.length)) {
        throw outOfMemory(parts.length * 4);
      }
      const lengths = parts.map((part) => part?.length ?? ABSENT);
      new Uint32Array(this.memory.buffer, this.exchange.words(), parts.length).set(lengths);
      return this.#results(method(this.exchange));
    } catch (error) {
      return this.stopped(error);
    }
  }

  #putBytes(bytes: Uint8Array): void {
    // Making room may grow the memory and so detach a view of it that the caller gave us.
    const source = bytes.buffer === this.memory.buffer ? bytes.slice() : bytes;
    if (!this.exchange.reserve_input(source.length)) {
      throw outOfMemory(source.length);
    }
    new Uint8Array(this.memory.buffer, this.exchange.input(), source.length).set(source);
  }

  #results(verdict: number): Results {
    const { memory, exchange } = this;
    const words = new Uint32Array(memory.buffer, exchange.words(), exchange.words_length());
    if (verdict === 0) {
      return new Results(words, new Uint8Array(memory.buffer, exchange.output(), exchange.output_length()));
    }
    if (verdict >>> 0 === NO_MEMORY) {
      throw outOfMemory(memory.buffer.byteLength);
    }
    throw words.length < 2 ? ruleError(verdict - 1) : ruleError(verdict - 1, [words[0]!, words[1]!]);
  }
}

function outOfMemory(bytes: number): RangeError {
  return new RangeError(`ws101 has no memory for this call (${bytes} bytes); give it less at a time`);
}

/** What a call left: read at once, since the next call overwrites it. */
export class Results {
  readonly words: Uint32Array;
  readonly #output: Uint8Array;
  #word = 0;
  #byte = 0;

  constructor(words: Uint32Array, output: Uint8Array) {
    this.words = words;
    this.#output = output;
  }

  /** All bytes, copied. */
  bytes(): Uint8Array {
    return this.#output.slice();
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
    this.#byte += length;
    return decoder.decode(this.#output.subarray(this.#byte - length, this.#byte));
  }

  /** The next text. */
  nextText(): string {
    return this.nextOptional() ?? '';
  }

  /** The next list. */
  nextList<T>(read: () => T): T[] {
    return Array.from({ length: this.nextNumber() }, read);
  }

  /** The next word. */
  nextNumber(): number {
    return this.words[this.#word++] ?? 0;
  }
}
