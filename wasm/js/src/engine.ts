/**
 * The one place that touches the codec's module: it is started here, and called through here.
 *
 * In the entry `ws101/deflate` another module stands in its place, which can do the same and more: there the bundler takes
 * that module's glue for the one that is named here (`rolldown.config.mjs`).
 */

import {
  Table,
  accept_key,
  apply_mask,
  build_request,
  build_response,
  encode_close,
  forge_header,
  initSync,
  key_from_nonce,
  may_be_sent,
  parse_close,
  reserve,
  results,
  verify_request,
  verify_response,
  type InitOutput,
} from '../generated/ws101_wasm.js';
import { Boundary, type Results } from './boundary.ts';

export type { Results };

/** What there is to call through the exchange. */
const exchange = {
  accept_key,
  apply_mask,
  build_request,
  build_response,
  encode_close,
  forge_header,
  key_from_nonce,
  may_be_sent,
  parse_close,
  reserve,
  results,
  verify_request,
  verify_response,
};

type Exchange = typeof exchange;

/** The running module, and what all its decoders and connections share. */
class Engine extends Boundary<Exchange> {
  readonly table = new Table();
}

let engine: Engine | undefined;

/** Starts the module; a second start is passed over, so that entries may be loaded more than once. */
export function start(module: WebAssembly.Module | BufferSource, entry = 'ws101'): void {
  if (engine === undefined) {
    const output: InitOutput = initSync({ module });
    engine = new Engine(entry, output.memory, exchange);
  }
}

/** The running module. */
export function running(): Engine {
  if (engine === undefined) {
    throw new Error(
      'ws101 is not started: `import init from "ws101/slim"` and `await init()` before anything else is called',
    );
  }
  engine.check();
  return engine;
}

/** Notes a trap, so that later calls say what happened instead of working on a broken memory. */
export function stopped(error: unknown): never {
  return running().stopped(error);
}

/** Runs one function of the exchange on bytes, and throws the rule that it says was broken. */
export function call(input: Uint8Array, method: (exchange: Exchange) => number | void): Results {
  return running().call(input, method);
}

/** Runs one function of the exchange that changes the input where it lies, and gives a view of it. */
export function change(input: Uint8Array, method: (exchange: Exchange) => void): Uint8Array {
  return running().change(input, method);
}

/** Runs one function of the exchange on texts; `null` stands for one that is not there. */
export function callWithTexts(
  texts: readonly (string | Uint8Array | null)[],
  method: (exchange: Exchange) => number,
): Results {
  return running().callWithTexts(texts, method);
}
