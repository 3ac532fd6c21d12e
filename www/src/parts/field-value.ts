// A field's value in a few characters: the number, the text, or the first bytes.

import { applyMask, describeStatusCode, opcodeName, type InspectedField } from '../engine';
import { excerptHex, readLatin1, readUtf8 } from '../state/bytes';
import { visible } from '../state/characters';
import { isMasked, type MaskedRun } from '../state/tints';

const longest = 64;

export function valueText(field: InspectedField, bytes: Uint8Array, masked: readonly MaskedRun[]): string {
  if (field.kind === 'opcode' && field.value !== null) return `${field.value} ${opcodeName(Number(field.value))}`;
  if (field.kind === 'close-status-code' && field.value !== null) return `${field.value} ${describeStatusCode(Number(field.value)).name}`.trim();
  if (field.value !== null) return String(field.value);
  const first = Math.floor(field.start / 8);
  const last = Math.ceil(field.end / 8);
  const slice = bytes.slice(first, Math.min(last, first + longest + 1));
  switch (field.kind) {
    case 'frame':
      return '';
    case 'masking-key':
      return excerptHex(slice, 4);
    case 'payload-data':
    case 'close-reason':
      return payloadText(unmask(slice, first, bytes, masked), last - first);
    case 'line-end':
    case 'end-of-head':
    case 'whitespace':
      return [...readLatin1(slice)].map(visible).join(' ');
    default:
      return cut(readLatin1(slice).replace(/\r\n$/, '').replace(/[\r\n]/g, '·'));
  }
}

/** The bytes as they were before masking. */
export function unmask(slice: Uint8Array, first: number, bytes: Uint8Array, masked: readonly MaskedRun[]): Uint8Array {
  const run = isMasked(masked, first) ? masked.find((candidate) => first >= candidate.start && first < candidate.end) : undefined;
  return run ? applyMask(slice.slice(), bytes.slice(run.key.start, run.key.end), first - run.start) : slice;
}

function payloadText(payload: Uint8Array, length: number): string {
  const text = readUtf8(payload);
  return text === null || length > longest ? excerptHex(payload, 12) : cut(text);
}

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
