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

/** Control characters and blanks by their pictures, so that each takes room of its own. */
export function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x20) return '␠';
  if (code === 0x7f) return '␡';
  return character;
}

/** One column of a hex dump: ASCII as it is, line ends by their pictures, the rest a dot. */
export function dumpCharacter(byte: number): string {
  if (byte === 0x0d) return '␍';
  if (byte === 0x0a) return '␊';
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·';
}
