/** The one place that touches the codec's module: it is started here, and called through here. */

import { Exchange, Table, initSync, type InitOutput } from '../generated/ws101_wasm.js';
import { Boundary, type Results } from './boundary.ts';

export type { Results };

/** The running module, and what all its decoders and connections share. */
class Engine extends Boundary<Exchange> {
  readonly table = new Table();
}

let engine: Engine | undefined;

/** Starts the module; a second start is passed over, so that entries may be loaded more than once. */
export function start(module: WebAssembly.Module | BufferSource): void {
  if (engine === undefined) {
    const output: InitOutput = initSync({ module });
    engine = new Engine('ws101', output.memory, new Exchange());
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

/** Runs one method of the exchange on bytes, and throws the rule that it says was broken. */
export function call(input: Uint8Array, method: (exchange: Exchange) => number | void): Results {
  return running().call(input, method);
}

/** Runs one method of the exchange that changes the input where it lies, and gives a view of it. */
export function change(input: Uint8Array, method: (exchange: Exchange) => void): Uint8Array {
  return running().change(input, method);
}

/** Runs one method of the exchange on texts; `null` stands for one that is not there. */
export function callWithTexts(
  texts: readonly (string | Uint8Array | null)[],
  method: (exchange: Exchange) => number,
): Results {
  return running().callWithTexts(texts, method);
}
