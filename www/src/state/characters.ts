// Which bytes of a text belong to which character, so that 你 can be shown over its three bytes.

import { readUtf8 } from './bytes';

export interface CharacterSpan {
  /** Byte offset and count. */
  start: number;
  length: number;
  /** What to show; `null` where the bytes are no UTF-8. */
  text: string | null;
}

/** Splits bytes into characters as UTF-8; each byte that starts none stands alone. */
export function characterSpans(bytes: Uint8Array): CharacterSpan[] {
  const spans: CharacterSpan[] = [];
  let at = 0;
  while (at < bytes.length) {
    const span = characterAt(bytes, at);
    spans.push(span);
    at += span.length;
  }
  return spans;
}

function characterAt(bytes: Uint8Array, start: number): CharacterSpan {
  for (let length = 1; length <= 4 && start + length <= bytes.length; length++) {
    const text = readUtf8(bytes.subarray(start, start + length));
    if (text !== null) return { start, length, text: visible(text) };
  }
  return { start, length: 1, text: null };
}

const names = new Map([
  ['\0', 'NUL'],
  ['\t', 'HT'],
  ['\n', 'LF'],
  ['\r', 'CR'],
  [' ', 'SP'],
  ['\x7f', 'DEL'],
]);

/** Blanks and control characters by their names, for they leave no mark of their own (and few fonts have their pictures). */
export function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return names.get(character) ?? (code < 0x20 ? `x${code.toString(16).padStart(2, '0')}` : character);
}

/** One column of a hex dump: ASCII as it is, the rest a dot. */
export function dumpCharacter(byte: number): string {
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·';
}
