/** What is to be learnt from a text, where somebody has no bytes. */

import { explain_message, recognise_code } from '../../generated/doctor/ws101_wasm_doctor.js';
import { text as textOf } from '../arguments.ts';
import { utf8 } from '../bytes.ts';
import type { Fault, Severity } from './diagnose.ts';
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

/** Code in somebody's program that breaks a connection, or will one day. */
export interface CodeFinding extends Cause {
  /** The line in which it begins, from 1. */
  line: number;
  /** Where in that line it begins, in UTF-16 units from 0, as strings and editors count. */
  start: number;
  /** The line in which it ends. */
  endLine: number;
  /** Where in the line `endLine` it ends. */
  end: number;
  /** What stands there. */
  found: string;
  /** The rule that is broken by it; `null` where none is. */
  rule: RuleCode | null;
  /** Where that rule stands. */
  section: string | null;
  severity: Severity;
  /** Whose code it is. */
  fault: Fault;
  /** What comes of it on the wire, and what browsers say. */
  consequence: string;
  /** What to write instead. */
  fix: string;
}

/** The most that is taken, in bytes of UTF-8: what somebody pastes, and not a log file or a repository. */
const LONGEST_LOG = 2 ** 20;
const LONGEST_CODE = 2 ** 18;

/**
 * What produces this line of a console or a log, most likely first; nothing where the line is not known.
 *
 * Takes what Chromium, Firefox (its console and `MOZ_LOG`), Safari, Node, `ws`, Python's `websockets`, Go's libraries,
 * tungstenite and nginx write, with whatever stands before and behind it; 1 MiB at most.
 *
 * @example
 * ```js
 * const [likeliest] = explainMessage("WebSocket connection to 'ws://localhost/' failed: Invalid frame header");
 * if (likeliest) console.log(likeliest.sentence, likeliest.fix);
 * ```
 */
export function explainMessage(text: string): Explanation[] {
  const bytes = limited(text, LONGEST_LOG);
  return ask(() => explain_message(bytes));
}

/**
 * Which lines of this code are known to break a WebSocket connection, from the first line to the last.
 *
 * The code may be of a server or of a page, in PHP, JavaScript, Python, Go, Java, C# or C, whole or a few lines of it. What
 * is found are mistakes that widely copied instructions have; code without a finding can still be wrong. At most 256 KiB are
 * taken.
 *
 * @example
 * ```js
 * for (const { line, found, consequence, fix } of recogniseCode('if ($length = 126) { $masks = substr($buffer, 4, 4); }')) {
 *   console.log(line, found, consequence, fix);
 * }
 * ```
 */
export function recogniseCode(text: string): CodeFinding[] {
  const bytes = limited(text, LONGEST_CODE);
  return ask(() => recognise_code(bytes));
}

function limited(given: unknown, limit: number): Uint8Array {
  const bytes = utf8(textOf('text', given));
  if (bytes.length > limit) {
    throw new RangeError(`text must have at most ${limit} bytes, but has ${bytes.length}: give the part that matters`);
  }
  return bytes;
}
