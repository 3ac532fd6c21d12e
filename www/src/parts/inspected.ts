// What one Inspector shows and which part of it is selected: the state that its bytes, bits and fields share.

import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { inspect, type InspectedField, type Role, type Ws101Error } from '../engine';
import { joinBytes } from '../state/bytes';
import { sameRange, type BitRange } from '../state/selection';
import { leavesOf, maskedRuns, type MaskedRun } from '../state/tints';

/** Bytes with a reading; `data` has none: its bytes are shown as they are. */
export interface Target {
  bytes: Uint8Array;
  as: 'frames' | 'request' | 'response' | 'data';
  role?: Role;
  title: string;
  note?: string;
  /** What came before in the same stream: a fragment is right or wrong only after the frames before it. */
  before?: Uint8Array;
}

export interface Reading {
  /** Positions count from the target's first byte. */
  fields: InspectedField[];
  problems: Ws101Error[];
  /** Bytes of the stream before the target's first. */
  origin: number;
  leaves: InspectedField[];
  masked: MaskedRun[];
}

export interface Inspected {
  target: ReadonlySignal<Target | null>;
  reading: ReadonlySignal<Reading>;
  /** Stays until something else is selected. */
  selection: Signal<BitRange | null>;
  /** Under the pointer, for as long as it is there. */
  hover: Signal<BitRange | null>;
  active: ReadonlySignal<BitRange | null>;
}

const nothing: Reading = { fields: [], problems: [], origin: 0, leaves: [], masked: [] };

export function createInspected(target: ReadonlySignal<Target | null>, selection: Signal<BitRange | null> = signal(null)): Inspected {
  const hover = signal<BitRange | null>(null);
  const reading = computed(() => (target.value ? read(target.value) : nothing));
  return { target, reading, selection, hover, active: computed(() => hover.value ?? selection.value) };
}

function read({ bytes, as, role, before }: Target): Reading {
  if (as === 'data') return nothing;
  const skipped = before?.length ?? 0;
  const stream = before ? joinBytes(before, bytes) : bytes;
  const inspection = inspect(stream, role ? { as, role } : { as });
  const fields = inspection.fields
    .filter((field) => field.start >= skipped * 8)
    .map((field) => (skipped === 0 ? field : { ...field, start: field.start - skipped * 8, end: field.end - skipped * 8 }));
  return {
    fields,
    problems: inspection.problems.filter((problem) => !problem.range || problem.range[0] >= skipped),
    origin: skipped,
    leaves: leavesOf(fields),
    masked: maskedRuns(fields),
  };
}

/** Where a problem is, in bits of the inspected bytes; `null` where it is about no bytes of theirs. */
export function problemRange(problem: Ws101Error, reading: Reading): BitRange | null {
  if (!problem.range || problem.range[1] <= problem.range[0]) return null;
  return { start: (problem.range[0] - reading.origin) * 8, end: (problem.range[1] - reading.origin) * 8 };
}

/** A click selects the field; a second one on the same place narrows it to the very byte or bit. */
export function choose(inspected: Inspected, field: BitRange | null, exact: BitRange): void {
  const wide = field ?? exact;
  inspected.selection.value = sameRange(inspected.selection.value, wide) ? exact : wide;
}
