/** The one place that touches the module of this entry, which has no part of the codec but what both need. */

import { Exchange, initSync } from '../../generated/inspect/ws101_inspect.js';
import { Boundary, type Results } from '../boundary.ts';

let boundary: Boundary<Exchange> | undefined;

/** Starts the module. */
export function start(module: WebAssembly.Module): void {
  const { memory } = initSync({ module });
  boundary = new Boundary('ws101/inspect', memory, new Exchange());
}

/** Runs one method of the exchange on bytes, and throws the rule that it says was broken. */
export function call(input: Uint8Array, method: (exchange: Exchange) => number | void): Results {
  return boundary!.call(input, method);
}
