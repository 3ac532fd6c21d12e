/** The entry: its module lies in this file, and is started when the file is loaded. */

import { base64 } from '../../generated/deflate/inline.ts';
import { decodeBase64 } from '../base64.ts';
import { start } from '../engine.ts';

start(decodeBase64(base64), 'ws101/deflate');

export * from './api.ts';
