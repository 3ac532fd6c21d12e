/** The entry: its module lies in this file, and is started when the file is loaded. */

import { base64 } from '../../generated/inspect/inline.ts';
import { decodeBase64 } from '../base64.ts';
import { start } from './engine.ts';

start(new WebAssembly.Module(decodeBase64(base64)));

export * from './api.ts';
