// What the browser's WebSocket API takes and what it refuses, said before it refuses.

import { parseHex, utf8, type HexProblem } from './bytes';

export type SendProblem = { kind: 'hex'; problem: HexProblem } | { kind: 'code'; text: string } | { kind: 'reason'; bytes: number };

export const longestReason = 123;

/** Hex for `send()`; an empty message is allowed. */
export function checkHex(text: string): { bytes: Uint8Array<ArrayBuffer>; problem: null } | { bytes: null; problem: SendProblem } {
  const result = parseHex(text);
  return result.bytes ? { bytes: result.bytes, problem: null } : { bytes: null, problem: { kind: 'hex', problem: result.problem } };
}

/** `close(code, reason)` throws for any code but 1000 and 3000–4999, and for a reason over 123 bytes of UTF-8. */
export function checkClose(codeText: string, reason: string): { code: number; problem: null } | { code: null; problem: SendProblem } {
  const text = codeText.trim();
  const code = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  const allowed = code === 1000 || (code >= 3000 && code <= 4999);
  if (!allowed) return { code: null, problem: { kind: 'code', text } };
  const bytes = utf8(reason).length;
  if (bytes > longestReason) return { code: null, problem: { kind: 'reason', bytes } };
  return { code, problem: null };
}
