/** What lies behind a text that somebody has instead of bytes. */

import { explain_message } from '../../generated/doctor/ws101_wasm_doctor.js';
import { text as textOf } from '../arguments.ts';
import { utf8 } from '../bytes.ts';
import type { Fault } from './diagnose.ts';
import { ask } from './engine.ts';
import type { Cause, RuleCode } from './words.ts';

/** One thing that produces a line of a console or a log. */
export interface Explanation extends Cause {
  /** The rule that is broken by it; `null` where none is. */
  rule: RuleCode | null;
  /** Where that rule stands. */
  section: string | null;
  /** Whose fault it is. */
  fault: Fault;
  /** What in the line says so: numbers, names and first bytes that were read out of it. */
  evidence: string;
  /** What to do, in a sentence. */
  fix: string;
  /** A case of the server's `/misbehave` that makes the same line; `null` where there is none. */
  case: string | null;
  /** Who writes such a line: `Chromium`, `Go`, `a proxy`. */
  source: string;
  /** What to look at next, or to give here, to be sure that it is this and nothing else; `null` where it is. */
  next: string | null;
}

/** The longest text that is taken, in UTF-16 units: a log, and not a log file. */
const LIMIT = 1024 * 1024;

/**
 * What produces this line of a console or a log, most likely first; nothing where the line is not known.
 *
 * Takes what Chromium, Firefox (its console and `MOZ_LOG`), Safari, Node, `ws`, Python's `websockets`, Go's libraries,
 * tungstenite and nginx write, with whatever stands before and behind it; at most 2^20 characters.
 *
 * @example
 * ```js
 * const [likeliest] = explainMessage("WebSocket connection to 'ws://localhost/' failed: Invalid frame header");
 * if (likeliest) console.log(likeliest.sentence, likeliest.fix);
 * ```
 */
export function explainMessage(text: string): Explanation[] {
  const bytes = limited(text);
  return ask(() => explain_message(bytes));
}

function limited(given: unknown): Uint8Array {
  const { length } = textOf('text', given);
  if (length > LIMIT) {
    throw new RangeError(`text must have at most ${LIMIT} characters, but has ${length}: give the lines that matter`);
  }
  return utf8(given as string);
}
