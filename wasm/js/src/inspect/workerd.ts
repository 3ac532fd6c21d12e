/** The entry for workerd, which compiles no bytes while it runs: the module is imported as a file. */

import module from './inspect.wasm';
import { start } from './engine.ts';

start(module);

export * from './api.ts';
