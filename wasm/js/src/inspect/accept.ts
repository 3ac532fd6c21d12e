/** How an accept value comes about (RFC 6455 §1.3). */

import { text } from '../arguments.ts';
import { utf8 } from '../bytes.ts';
import { ruleError, type Ws101Error } from '../errors.ts';
import { call } from './engine.ts';

/** Every step from a key to the accept value. */
export interface AcceptSteps {
  /** The text that was given. */
  key: string;
  /** The 16 bytes that it encodes; `null` when it does not. */
  nonce: Uint8Array | null;
  /** Why not; `null` when it does. */
  problem: Ws101Error | null;
  /** What §1.3 appends to the key. */
  guid: string;
  /** Both together, as they are hashed. */
  concatenated: Uint8Array;
  /** The SHA-1 of that: 20 bytes. */
  digest: Uint8Array;
  /** The digest in base64: 28 characters. */
  accept: string;
}

/**
 * Every step from a key to its accept value, for any text: what a server computes that does not check the key
 * (RFC 6455 §1.3, §4.2.2).
 *
 * @example
 * ```js
 * const steps = explainAcceptKey('dGhlIHNhbXBsZSBub25jZQ==');
 * steps.digest[0]; // 0xb3
 * steps.accept;    // 's3pPLMBiTxaQ9kYGzzhZRbK+xOo='
 * ```
 */
export function explainAcceptKey(key: string): AcceptSteps {
  const keyBytes = utf8(text('key', key));
  let problem: Ws101Error | null = null;
  const found = call(keyBytes, (exchange) => {
    const verdict = exchange.explain_accept_key();
    problem = verdict === 0 ? null : ruleError(verdict - 1, [0, keyBytes.length]);
  });
  const guid = found.nextText();
  const digest = found.nextBytes()!;
  const accept = found.nextText();
  const nonce = found.nextBytes();
  const concatenated = new Uint8Array([...keyBytes, ...utf8(guid)]);
  return { key, nonce, problem, guid, concatenated, digest, accept };
}
