/**
 * The one place that touches the module: it is started here, bytes and texts go in, results come out.
 *
 * Addresses in the module's memory are asked for anew in each call, because any call may make the memory grow, and
 * growing detaches every view of it.
 */

import { Exchange, Table, initSync, type InitOutput } from '../generated/ws101_wasm.js';
import { joined, utf8 } from './bytes.ts';
import { ruleError } from './errors.ts';

/** What a text that is not there has for a length. */
const ABSENT = 0xffff_ffff;
const NO_MEMORY = 0xffff_ffff;

export interface Engine {
  readonly memory: WebAssembly.Memory;
  readonly exchange: Exchange;
  readonly table: Table;
}

let engine: Engine | undefined;
let trap: unknown;

const decoder = new TextDecoder();

/** Starts the module; a second start is passed over, so that entries may be loaded more than once. */
export function start(module: WebAssembly.Module | BufferSource): void {
  if (engine === undefined) {
    const output: InitOutput = initSync({ module });
    engine = { memory: output.memory, exchange: new Exchange(), table: new Table() };
  }
}

/** The running module. */
export function running(): Engine {
  if (engine === undefined) {
    throw new Error(
      'ws101 is not started: `import init from "ws101/slim"` and `await init()` before anything else is called',
    );
  }
  if (trap !== undefined) {
    throw new Error('ws101 stopped at an earlier call, which found a defect in it; load it anew', { cause: trap });
  }
  return engine;
}

/** Notes a trap, so that later calls say what happened instead of working on a broken memory. */
export function stopped(error: unknown): never {
  if (error instanceof WebAssembly.RuntimeError) {
    trap = error;
  }
  throw error;
}

/** Runs one method of the exchange on bytes, and throws the rule that it says was broken. */
export function call(input: Uint8Array, method: (exchange: Exchange) => number | void): Results {
  const { memory, exchange } = running();
  try {
    putBytes(input);
    return results(memory, exchange, method(exchange) ?? 0);
  } catch (error) {
    return stopped(error);
  }
}

/** Runs one method of the exchange that changes the input where it lies, and gives a view of it. */
export function change(input: Uint8Array, method: (exchange: Exchange) => void): Uint8Array {
  call(input, method);
  const { memory, exchange } = running();
  return new Uint8Array(memory.buffer, exchange.input(), input.length);
}

/** Runs one method of the exchange on texts; `null` stands for one that is not there. */
export function callWithTexts(
  texts: readonly (string | Uint8Array | null)[],
  method: (exchange: Exchange) => number,
): Results {
  const { memory, exchange } = running();
  const parts = texts.map((text) => (text === null ? null : utf8(text)));
  try {
    putBytes(joined(parts));
    if (!exchange.reserve_words(parts.length)) {
      throw outOfMemory(parts.length * 4);
    }
    const lengths = parts.map((part) => part?.length ?? ABSENT);
    new Uint32Array(memory.buffer, exchange.words(), parts.length).set(lengths);
    return results(memory, exchange, method(exchange));
  } catch (error) {
    return stopped(error);
  }
}

function putBytes(bytes: Uint8Array): void {
  const { memory, exchange } = running();
  // Making room may grow the memory and so detach a view of it that the caller gave us.
  const source = bytes.buffer === memory.buffer ? bytes.slice() : bytes;
  if (!exchange.reserve_input(source.length)) {
    throw outOfMemory(source.length);
  }
  new Uint8Array(memory.buffer, exchange.input(), source.length).set(source);
}

function results(memory: WebAssembly.Memory, exchange: Exchange, verdict: number): Results {
  const words = new Uint32Array(memory.buffer, exchange.words(), exchange.words_length());
  if (verdict === 0) {
    return new Results(words, new Uint8Array(memory.buffer, exchange.output(), exchange.output_length()));
  }
  if (verdict >>> 0 === NO_MEMORY) {
    throw outOfMemory(memory.buffer.byteLength);
  }
  throw words.length < 2 ? ruleError(verdict - 1) : ruleError(verdict - 1, [words[0]!, words[1]!]);
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
