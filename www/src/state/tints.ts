// Which background each kind of field has; the labels say the same, so that no meaning hangs on colour alone.

import type { FieldKind, InspectedField } from '../engine';

export type Tint = 'control' | 'length' | 'key' | 'payload' | 'quiet';

const tints: Record<FieldKind, Tint> = {
  frame: 'payload',
  fin: 'control',
  rsv1: 'control',
  rsv2: 'control',
  rsv3: 'control',
  opcode: 'control',
  mask: 'control',
  'payload-length': 'length',
  'extended-payload-length': 'length',
  'masking-key': 'key',
  'payload-data': 'payload',
  'close-status-code': 'payload',
  'close-reason': 'payload',
  'request-line': 'control',
  'status-line': 'control',
  method: 'control',
  'request-target': 'control',
  'http-version': 'control',
  'status-code': 'control',
  'reason-phrase': 'control',
  'field-line': 'payload',
  'field-name': 'length',
  colon: 'quiet',
  'field-value': 'payload',
  whitespace: 'quiet',
  'line-end': 'quiet',
  'end-of-head': 'quiet',
};

export function tintOf(kind: FieldKind): Tint {
  return tints[kind];
}

/** Fields without children: they tile what they describe. */
export function leavesOf(fields: readonly InspectedField[]): InspectedField[] {
  return fields.filter((field, index) => field.end > field.start && (fields[index + 1]?.depth ?? 0) <= field.depth);
}

/** The leaves that touch the bits from `start` to `end`; leaves come in order and do not overlap. */
export function leavesWithin(leaves: readonly InspectedField[], start: number, end: number): InspectedField[] {
  let low = 0;
  let high = leaves.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (leaves[middle]!.end <= start) low = middle + 1;
    else high = middle;
  }
  const found: InspectedField[] = [];
  for (let at = low; at < leaves.length && leaves[at]!.start < end; at++) found.push(leaves[at]!);
  return found;
}

/** The tint of one byte: that of its field, or of two that share it, as `control-length`. */
export function byteTint(leaves: readonly InspectedField[], index: number): string {
  const kinds = [...new Set(leavesWithin(leaves, index * 8, index * 8 + 8).map((field) => tintOf(field.kind)))];
  return kinds.length === 0 ? 'none' : kinds.slice(0, 2).join('-');
}

/** Per frame: its masking-key and the bytes that it masks. */
export interface MaskedRun {
  /** Bytes. */
  start: number;
  end: number;
  key: { start: number; end: number };
}

export function maskedRuns(fields: readonly InspectedField[]): MaskedRun[] {
  const runs: MaskedRun[] = [];
  let key: InspectedField | null = null;
  for (const field of fields) {
    if (field.kind === 'frame') key = null;
    if (field.kind === 'masking-key' && field.complete) key = field;
    if (field.kind === 'payload-data' && key && field.end > field.start) {
      runs.push({ start: field.start / 8, end: Math.ceil(field.end / 8), key: { start: key.start / 8, end: key.end / 8 } });
    }
  }
  return runs;
}

export function isMasked(runs: readonly MaskedRun[], index: number): boolean {
  return runs.some((run) => index >= run.start && index < run.end);
}
