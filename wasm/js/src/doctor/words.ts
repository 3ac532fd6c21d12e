/** The rules and causes that the doctor can name, in English. */

import { causes as allCauses } from '../../generated/doctor/ws101_wasm_doctor.js';
import type { CauseName, RuleCode } from '../../generated/doctor/names.ts';
import { ask } from './engine.ts';

export type { CauseName, RuleCode };

/** What leads to a broken rule. */
export interface Cause {
  /** Its stable name, e.g. `ACCEPT_OF_DECODED_KEY`. */
  cause: CauseName;
  /** What happened, in a sentence. */
  sentence: string;
}

/**
 * Every cause that a finding or an explanation can name.
 *
 * @example
 * ```js
 * const sentences = new Map(causes.map(({ cause, sentence }) => [cause, sentence]));
 * sentences.get('ACCEPT_OF_DECODED_KEY'); // "The server decoded the key from base64 before it hashed it; …"
 * ```
 */
export const causes: readonly Cause[] = ask(allCauses);
