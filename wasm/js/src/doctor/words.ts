/** The rules and causes that the doctor can name, in English. */

import * as module from '../../generated/doctor/ws101_wasm_doctor.js';
import type { CauseName, CodeCause, ExplainedCause, RuleCode } from '../../generated/doctor/names.ts';
import type { Severity } from './diagnose.ts';
import { ask } from './engine.ts';

/** Causes that `explainMessage`, or `recogniseCode`, has words of its own about. */
export type { CodeCause, ExplainedCause };
export type { CauseName, RuleCode };

/** What a finding says of its rule wherever the rule is broken. */
export interface Rule {
  /** Its stable name, e.g. `FRAME_MASKED`. */
  code: RuleCode;
  /** Where it stands, e.g. `RFC 6455 §5.1`. */
  section: string;
  /** What is wrong where it is broken, in a sentence. */
  sentence: string;
  /** What to do about it, in a sentence. */
  fix: string;
  /** How bad it usually is; a finding may be better or worse, as its bytes are. */
  severity: Severity;
}

/** What leads to a broken rule. */
export interface Cause {
  /** Its stable name, e.g. `ACCEPT_OF_DECODED_KEY`. */
  cause: CauseName;
  /** What happened, in a sentence. */
  sentence: string;
}

/**
 * Every rule that a finding can be of: those that a recording shows, and those (`SERVER_…`) that only a live server can be
 * seen to break, which `ws101 doctor URL` tells.
 *
 * @example
 * ```js
 * rules.find(({ code }) => code === 'FRAME_UNMASKED').sentence; // "A client's frame is not masked."
 * ```
 */
export const rules: readonly Rule[] = ask(module.rules);

/**
 * Every cause that a finding or an explanation can name.
 *
 * @example
 * ```js
 * const sentences = new Map(causes.map(({ cause, sentence }) => [cause, sentence]));
 * sentences.get('ACCEPT_OF_DECODED_KEY'); // "The server decoded the key from base64 before it hashed it; …"
 * ```
 */
export const causes: readonly Cause[] = ask(module.causes);
