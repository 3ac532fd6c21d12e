// The tap's records as the doctor's timeline.

import type { RecordKind, WireRecord } from '../state/tap';
import type { Recording } from './engine';

type Moment = NonNullable<Recording['timeline']>[number];

export function timelineOf(records: readonly WireRecord[]): Moment[] {
  return records.map(({ kind, time, bytes }) => {
    const { from, ended } = meaning[kind];
    // The tap counts in microseconds.
    const at = time / 1000;
    return ended ? { at, from, ended } : { at, from, bytes };
  });
}

const meaning: Record<RecordKind, { from: 'client' | 'server'; ended: 'fin' | 'rst' | null }> = {
  'client-bytes': { from: 'client', ended: null },
  'server-bytes': { from: 'server', ended: null },
  'client-fin': { from: 'client', ended: 'fin' },
  'server-fin': { from: 'server', ended: 'fin' },
  'client-rst': { from: 'client', ended: 'rst' },
  'server-rst': { from: 'server', ended: 'rst' },
};
