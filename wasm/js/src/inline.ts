/** The default entry: the module lies in this file, and is started when the file is loaded. */

import { base64 } from '../generated/inline.ts';
import { start } from './engine.ts';

start(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));

export * from './api.ts';
