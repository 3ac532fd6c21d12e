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
/** A long connection shows its latest rows; the others come when asked for. */
const rowsAtOnce = 400;
const earlierShown = signal(0);
export const listedRows = computed(() => {
  const rows = shownRows.value;
  const selectedAt = rows.findIndex(({ row }) => row.id === session.selectedRow.value);
  const first = Math.max(0, rows.length - rowsAtOnce - earlierShown.value);
  return rows.slice(selectedAt < 0 ? first : Math.min(first, selectedAt));
});

export function showEarlier(): void {
  earlierShown.value += rowsAtOnce;
}

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
  markFirstKey();
  await session.findServer();
  if (session.offer.value) {
    if (!fromLink.value) void session.connect(session.ownEcho(), true);
    return;
  }
  const { default: recording } = await import('../recorded.json');
  session.playRecording(recording as Recording);
  if (!fromLink.value) addressDraft.value = '';
}

/** The first masked frame on the screen opens with its masking-key marked: that is what nothing else in a browser shows. */
function markFirstKey(): void {
  const stop = effect(() => {
    const key = inspected.reading.value.masked[0]?.key;
    if (!key) return;
    inspected.selection.value ??= { start: key.start * 8, end: key.end * 8 };
    queueMicrotask(() => stop());
  });
}

function targetOf(row: Row): Target {
  const title = rowTitle(row);
  switch (row.kind) {
    case 'request':
    case 'response':
      return { bytes: row.bytes, as: row.kind, title };
    case 'frame':
      return { bytes: row.bytes, as: 'frames', role: readerOf(row), before: framesBefore(row, session.rows.peek()), title };
    case 'unreadable':
      return row.as === 'frames'
        ? { bytes: row.bytes, as: 'frames', role: readerOf(row), before: framesBefore(row, session.rows.peek()), title }
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
