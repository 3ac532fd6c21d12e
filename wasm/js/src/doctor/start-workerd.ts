/** Starts the doctor's module, which workerd imports as a file. */

import module from './doctor.wasm';
import { start } from './engine.ts';

start(module);
