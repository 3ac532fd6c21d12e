/** Errors for broken rules; their words come from the core's tables. */

import { rules, type ErrorCode, type Rule } from '../generated/tables.ts';

export type { ErrorCode };

/**
 * What is thrown when a peer broke a rule of the protocol, or a caller asked for what the protocol does not allow.
 *
 * Recognise it by `code`, never by `instanceof`: a program may hold several copies of this package. (Arguments of a
 * wrong type get a plain `TypeError` or `RangeError` without a code.)
 *
 * @example
 * ```js
 * try {
 *   verifyRequest('GET / HTTP/1.0\r\n\r\n');
 * } catch (error) {
 *   error.code;       // 'REQUEST_HTTP_VERSION'
 *   error.section;    // 'RFC 6455 §4.1'
 *   error.statusCode; // 400
 *   error.range;      // [6, 14]
 * }
 * ```
 */
export interface Ws101Error extends Error {
  /** The rule, e.g. `FRAME_RESERVED_OPCODE`; all of them are the keys of {@link errorTexts}. */
  code: ErrorCode;
  /** Where the rule stands, e.g. `RFC 6455 §5.2`. */
  section: string;
  /** The HTTP status that answers a request, or the status code of the Close frame that answers a frame. */
  statusCode?: number;
  /** The bytes that it is about: the first one and the one after the last, counted from 0 in the head or the stream. */
  range?: [start: number, end: number];
}

/** The sentences of a rule. */
export interface ErrorText {
  /** What is wrong. */
  sentence: string;
  /** What to do about it. */
  fix: string;
  /** Where the rule stands. */
  section: string;
  /** The HTTP status or the Close status code that answers it; `null` for a rule that no answer follows. */
  statusCode: number | null;
}

/**
 * What is said of each rule, by its code, in English.
 *
 * @example
 * ```js
 * errorTexts.FRAME_UNMASKED.sentence; // "A client's frame is not masked."
 * ```
 */
export const errorTexts: Record<ErrorCode, ErrorText> = /* @__PURE__ */ Object.fromEntries(
  rules.map(({ code, sentence, fix, section, statusCode }) => [code, { sentence, fix, section, statusCode }]),
) as Record<ErrorCode, ErrorText>;

const byNumber: ReadonlyMap<number, Rule> = /* @__PURE__ */ new Map(rules.map((rule) => [rule.number, rule]));

/** The error for the rule with this number. */
export function ruleError(number: number, range?: [number, number]): Ws101Error {
  const rule = byNumber.get(number);
  if (rule === undefined) {
    throw new Error(`the module named a rule that is in no table: ${number}`);
  }
  const error = new Error(`${rule.sentence} (${rule.section}${place(range)}) ${rule.fix}`);
  error.name = 'Ws101Error';
  return Object.assign(error, {
    code: rule.code,
    section: rule.section,
    ...(rule.statusCode === null ? {} : { statusCode: rule.statusCode }),
    ...(range === undefined ? {} : { range }),
  });
}

/** The error for the rule with this code. */
export function errorOf(code: ErrorCode): Ws101Error {
  return ruleError(rules.find((rule) => rule.code === code)!.number);
}

function place(range: [number, number] | undefined): string {
  if (range === undefined) {
    return '';
  }
  const [start, end] = range;
  if (end <= start) {
    return `, before byte ${start}`;
  }
  return end === start + 1 ? `, byte ${start}` : `, bytes ${start} to ${end - 1}`;
}
