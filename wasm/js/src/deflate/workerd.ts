/** The entry for workerd, which compiles no bytes while it runs: the module is imported as a file. */

import module from './deflate.wasm';
import { start } from '../engine.ts';

start(module, 'ws101/deflate');

export * from './api.ts';
