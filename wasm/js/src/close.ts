/** The body of a Close frame and its status codes (RFC 6455 §5.5.1, §7.4). */

import { statusCodeNames } from '../generated/tables.ts';
import { bytes, integer, text } from './arguments.ts';
import { utf8 } from './bytes.ts';
import { call, running } from './engine.ts';

/** What the body of a Close frame says; `code` is `null` for an empty body, which stands for 1005. */
export interface ClosePayload {
  code: number | null;
  reason: string;
}

/** What a status code is. */
export interface StatusCodeText {
  /** The name that the RFC or the IANA registry gives it, or what its range is for. */
  name: string;
  /** Whether a Close frame may carry it. */
  sendable: boolean;
  /** Where it is defined. */
  section: string;
}

/**
 * Reads the unmasked payload of a Close frame.
 *
 * Throws `CLOSE_BODY_ONE_BYTE`, `CLOSE_STATUS_NOT_ALLOWED` or `CLOSE_REASON_INVALID_UTF8`, with the bytes of the payload
 * that it is about.
 *
 * @example
 * ```js
 * parseClosePayload(Uint8Array.of(0x03, 0xe8, 0x62, 0x79, 0x65)); // { code: 1000, reason: 'bye' }
 * ```
 */
export function parseClosePayload(payload: Uint8Array | ArrayBuffer): ClosePayload {
  const found = call(bytes('payload', payload), (exchange) => exchange.parse_close());
  const code = found.nextNumber();
  return { code: code === 0 ? null : code, reason: found.string() };
}

/**
 * Writes the payload of a Close frame; the reason takes at most 123 bytes as UTF-8. (For a Close without a body send
 * no payload.)
 *
 * Throws `ENCODE_STATUS_NOT_ALLOWED` or `ENCODE_REASON_TOO_LONG`.
 *
 * @example
 * ```js
 * encodeFrame({ opcode: opcodes.close, payload: encodeClosePayload(1001, 'restart') });
 * ```
 */
export function encodeClosePayload(code: number, reason = ''): Uint8Array {
  integer('code', code, 0, 65_535);
  return call(utf8(text('reason', reason)), (exchange) => exchange.encode_close(code)).bytes();
}

/**
 * The name of a status code of 0 to 65535, and whether a Close frame may carry it (RFC 6455 §7.4).
 *
 * @example
 * ```js
 * describeStatusCode(1006); // { name: 'Abnormal Closure', sendable: false, section: 'RFC 6455 §7.4.1' }
 * ```
 */
export function describeStatusCode(code: number): StatusCodeText {
  integer('code', code, 0, 65_535);
  const name = statusCodeNames[code];
  const section = name === undefined ? 'RFC 6455 §7.4.2' : 'RFC 6455 §7.4.1';
  return { name: name ?? rangeName(code), sendable: running().exchange.may_be_sent(code) === 1, section };
}

/** §7.4.2, in its own words where it has a word for a range. */
function rangeName(code: number): string {
  if (code < 1000) {
    return 'Not used';
  }
  if (code < 3000) {
    return 'Reserved for the protocol';
  }
  if (code < 4000) {
    return 'For libraries, frameworks and applications';
  }
  return code < 5000 ? 'Private use' : 'Not defined';
}
