/** The one place that touches the module of this entry, which has no part of the codec but what both need. */

import {
  explain_accept_key,
  initSync,
  inspect_frames,
  inspect_request,
  inspect_response,
  reserve,
  results,
} from '../../generated/inspect/ws101_inspect.js';
import { Boundary, type Results } from '../boundary.ts';

/** What there is to call through the exchange. */
const exchange = { explain_accept_key, inspect_frames, inspect_request, inspect_response, reserve, results };

type Exchange = typeof exchange;

let boundary: Boundary<Exchange> | undefined;

/** Starts the module. */
export function start(module: WebAssembly.Module): void {
  const { memory } = initSync({ module });
  boundary = new Boundary('ws101/inspect', memory, exchange);
}

/** Runs one function of the exchange on bytes, and throws the rule that it says was broken. */
export function call(input: Uint8Array, method: (exchange: Exchange) => number | void): Results {
  return boundary!.call(input, method);
}
