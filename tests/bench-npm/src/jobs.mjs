// Which code does which job.

import * as decode from './decode.mjs';
import * as encode from './encode.mjs';
import { accept, open, serve } from './handshake.mjs';

/**
 * For each job: `prepare(contestant, row)` gives its work as a pass; `verify(contestant, row)` throws what the contestant
 * does wrongly, and gives what it leaves out or `null`.
 */
export const JOBS = { decode, encode, serve, open, accept };

/** Whether a contestant can do a row's job. */
export function takesPart(contestant, { job, masked }) {
  if (job !== 'encode') return contestant[job] !== undefined;
  return (masked ? contestant.encodeMasked : contestant.encodeUnmasked) !== undefined;
}
