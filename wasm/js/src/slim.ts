/** The entry that fetches the module as a file of its own; `init` must be awaited before anything else is called. */

import { start } from './engine.ts';

/** Where the module may come from. */
export type ModuleSource = URL | string | Response | BufferSource | WebAssembly.Module;

let started: Promise<void> | undefined;

/**
 * Fetches and starts the module; call it once and await it. Without an argument the file beside this one is fetched,
 * which works in browsers, in Deno and with bundlers that know `new URL(…, import.meta.url)`; elsewhere give the file's
 * address, its bytes, or a compiled module (the file is `ws101/wasm`).
 *
 * @example
 * ```js
 * import init, { acceptKey } from 'ws101/slim';
 * await init();
 * ```
 */
export default function init(source?: ModuleSource | Promise<ModuleSource>): Promise<void> {
  started ??= load(source).catch((error: unknown) => {
    // A network that failed once may not fail again.
    started = undefined;
    throw error;
  });
  return started;
}

async function load(source: ModuleSource | Promise<ModuleSource> | undefined): Promise<void> {
  let found = (await source) ?? new URL('./ws101.wasm', import.meta.url);
  if (typeof found === 'string' || found instanceof URL) {
    found = await fetch(found);
  }
  if (found instanceof Response) {
    if (!found.ok) {
      throw new Error(`ws101 could not be fetched from ${found.url}: ${found.status} ${found.statusText}`);
    }
    found = await found.arrayBuffer();
  }
  start(found instanceof WebAssembly.Module ? found : await WebAssembly.compile(found));
}

export * from './api.ts';
