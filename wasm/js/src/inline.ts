/** The default entry: the module lies in this file, and is started when the file is loaded. */

import { base64 } from '../generated/inline.ts';
import { decodeBase64 } from './base64.ts';
import { start } from './engine.ts';

start(decodeBase64(base64));

export * from './api.ts';
