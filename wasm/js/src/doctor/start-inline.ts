/** Starts the doctor's module, which lies in this file. */

import { base64 } from '../../generated/doctor/inline.ts';
import { decodeBase64 } from '../base64.ts';
import { start } from './engine.ts';

start(new WebAssembly.Module(decodeBase64(base64)));
