/** What the doctor says of a recording. */

import { diagnose_streams, diagnose_timeline } from '../../generated/doctor/ws101_wasm_doctor.js';
import { ask } from './engine.ts';
import { layOut, type Recording } from './recording.ts';
import type { Cause, RuleCode } from './words.ts';

/** All that there is to say of a recording. */
export interface Diagnosis {
  /**
   * Every broken rule: those of the handshake in the order of their bytes, then those of what followed. Of a rule that
   * is broken again and again in a part, 20 findings are listed; the last of them says how many `more` there are.
   */
  findings: Finding[];
  /** What each browser does with what the server sent. */
  browsers: { chromium: Verdict; firefox: Verdict };
  /**
   * How many bytes the heads have. What each end sent is divided there into the parts that a finding's place counts in:
   * in a timeline, `request` is the first `heads.request` bytes of the client and `fromClient` the rest.
   */
  heads: { request: number; response: number };
}

/** A rule that is broken, and everything that helps to mend it. */
export interface Finding {
  /** The rule's stable name, e.g. `FRAME_MASKED`; `rules` has all of them. */
  rule: RuleCode;
  /** Where the rule stands, e.g. `RFC 6455 §5.1`. */
  section: string;
  severity: Severity;
  fault: Fault;
  /** The bytes that it is about. */
  where: Place;
  /** What is wrong, in a sentence. */
  sentence: string;
  /** What stands there: a quotation, a name or a number; empty where nothing does. */
  found: string;
  /** What should stand there, in the same form; empty where `fix` says all. */
  expected: string;
  /** What usually leads to it, the likeliest first; where the bytes prove one, only that. */
  causes: Cause[];
  /** What to do about it, in a sentence. */
  fix: string;
  /**
   * How many more there are like this one that are not listed: of the same rule and severity, in the same part. Left out
   * where there are none.
   */
  more?: number;
}

/**
 * How bad a finding is: a connection fails by an `error`, at least one browser lets a `warning` pass, and a `note` is
 * allowed, or harmless everywhere, but worth knowing.
 */
export type Severity = 'error' | 'warning' | 'note';

/** Whose fault a finding is; `between` is a proxy, a load balancer, a firewall. */
export type Fault = 'client' | 'server' | 'between';

/**
 * A range of bytes, counted from 0 in a part (of a string, in its UTF-8); an empty one is the place where something is
 * missing. In a timeline the heads are `request` and `response`, and what follows them `fromClient` and `fromServer`.
 */
export interface Place {
  part: 'request' | 'response' | 'fromServer' | 'fromClient';
  /** The first byte. */
  start: number;
  /** The byte after the last one. */
  end: number;
}

/** What a browser does with a connection whose script listens and does nothing else. */
export interface Verdict {
  /** Whether the script gets an `open` event. */
  opens: boolean;
  /**
   * What the console says: in Chromium the text after `failed: `, in Firefox the whole sentence; `null` where it says
   * nothing.
   */
  message: string | null;
  /**
   * What the script is told, in order: `open proto="" ext=""`, `message "hi"`, `error`,
   * `close code=1000 clean=true reason="bye"`.
   */
  events: string[];
  /** What the `close` event says; `null` where none comes. */
  closeEvent: { code: number; wasClean: boolean; reason: string } | null;
  /** The Close frame that the browser sends; its `code` is `null` for an empty body. `null` where it sends none. */
  closeSent: { code: number | null; reason: string } | null;
}

/**
 * Judges a recorded connection with all rules, and says what browsers do with the same bytes. At most 64 MiB at a time.
 *
 * Nothing that was recorded makes it throw: only arguments of a wrong type do (`TypeError`), or too many bytes
 * (`RangeError`).
 *
 * @example
 * ```js
 * const { findings, browsers } = diagnose({
 *   fromServer: Uint8Array.of(0x81, 0x82, 1, 2, 3, 4, 0x69, 0x6b), // a masked frame
 *   ended: 'fin',
 * });
 * for (const { severity, section, sentence, fix } of findings) console.log(severity, section, sentence, fix);
 * console.log(browsers.chromium.message);
 * ```
 *
 * @example With the time of everything:
 * ```js
 * const key = generateKey();
 * diagnose({
 *   request: buildRequest({ host: 'localhost', key }),
 *   response: buildResponse({ key }),
 *   timeline: [
 *     { at: 60, from: 'server', bytes: Uint8Array.of(0x88, 0x00) },
 *     { at: 60.2, from: 'server', ended: 'fin' },
 *   ],
 * });
 * ```
 */
export function diagnose(recording: Recording): Diagnosis {
  const { kind, bytes, words } = layOut(recording);
  return ask(() => (kind === 'timeline' ? diagnose_timeline(bytes, words) : diagnose_streams(bytes, words)));
}
