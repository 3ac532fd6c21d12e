// What Live shows beside the session itself: the address field, the filter, the selection; and how it starts.

import { computed, effect, signal } from '@preact/signals';
import type { Role } from '../engine';
import { announce, t } from '../locale';
import * as session from '../live/session';
import { createInspected, type Target } from '../parts/inspected';
import { createView } from '../parts/workbench';
import { moveIndex } from '../state/selection';
import { checkSocketAddress, type Recording } from '../state/tap';
import { filterRows, framesBefore, withGaps, type Row } from '../state/timeline';
import { rowText, rowTitle } from './live-row';

/** What stands in the address field. */
export const addressDraft = signal('');
/** The address came with a link, and nobody has pressed Connect. */
export const fromLink = signal(false);
export const filter = signal('');

export const view = createView('list', 'half');
export const shownRows = computed(() => filterRows(withGaps(session.rows.value), filter.value, rowText));
export const selected = computed(() => session.rows.value.find((row) => row.id === session.selectedRow.value) ?? null);
export const inspected = createInspected(computed(() => (selected.value ? targetOf(selected.value) : null)));

export function selectRow(id: number): void {
  session.selectedRow.value = id;
  inspected.selection.value = null;
  if (view.sheet.value === 'shut') view.sheet.value = 'half';
}

export function moveRow(step: 1 | -1): void {
  const ids = shownRows.value.map(({ row }) => row.id);
  const next = moveIndex(ids.indexOf(session.selectedRow.value ?? -1), step, ids.length);
  if (next >= 0) selectRow(ids[next]!);
}

export function connectNow(): void {
  const target = addressDraft.value.trim();
  if (checkSocketAddress(target) !== null) {
    document.getElementById('live-address')?.focus();
    return;
  }
  fromLink.value = false;
  inspected.selection.value = null;
  void session.connect(target);
}

export function disconnect(): void {
  session.close(1000);
}

let started = false;

/** At the first look at Live: with a server, connect to its echo and say 你好; without one, show the recorded session. A link to elsewhere waits. */
export async function startLive(): Promise<void> {
  if (started) return;
  started = true;
  if (addressDraft.value === '') addressDraft.value = session.ownEcho();
  effect(() => {
    const state = session.state.value;
    if (state && session.source.value !== 'recording') announce(t.value.live.announce(t.value.live.states[state]));
  });
  await session.findServer();
  if (session.offer.value) {
    if (!fromLink.value) void session.connect(session.ownEcho(), true);
    return;
  }
  const { default: recording } = await import('../recorded.json');
  session.playRecording(recording as Recording);
  if (!fromLink.value) addressDraft.value = '';
}

function targetOf(row: Row): Target {
  const title = rowTitle(row);
  switch (row.kind) {
    case 'request':
    case 'response':
      return { bytes: row.bytes, as: row.kind, title };
    case 'frame':
      return { bytes: row.bytes, as: 'frames', role: readerOf(row), before: framesBefore(row, session.rows.value), title };
    case 'unreadable':
      return row.as === 'frames'
        ? { bytes: row.bytes, as: 'frames', role: readerOf(row), before: framesBefore(row, session.rows.value), title }
        : { bytes: row.bytes, as: row.as, title };
    case 'message':
      return { bytes: row.bytes, as: 'data', title };
    case 'fin':
    case 'rst':
      return { bytes: row.bytes, as: 'data', title, note: t.value.inspector.end[row.kind] };
  }
}

/** Who reads what this row's side sends. */
function readerOf(row: Row): Role {
  return row.direction === 'out' ? 'server' : 'client';
}
