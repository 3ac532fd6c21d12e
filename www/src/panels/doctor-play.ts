// Doctor: a case of /misbehave played against this very browser, recorded on the way.

import { computed, signal } from '@preact/signals';
import { play as runScript } from '../doctor/case-script.mjs';
import { pages } from '../doctor/pages';
import { timelineOf } from '../doctor/timeline';
import { askForTap, openTap } from '../live/tap-socket';
import { socketAddress, type TapOffer, type WireRecord } from '../state/tap';
import { showRecording } from './doctor-source';
import { openRule, selectedRow, shownRule, typedCase, view } from './doctor-state';

/** What the server's description of a case holds, as far as it is needed here. */
interface Described {
  offers: string[];
  client: Parameters<typeof runScript>[0]['client'];
}

export type PlayProblem = { kind: 'unknown'; id: string } | { kind: 'lost' };

/** A case ends by itself within seconds; a browser that is told to wait does not wait for ever. */
const patience = 8000;
/** The last bytes reach the tap after the script's last event. */
const settles = 250;

/** `undefined` while nobody has asked; `null` without a server. */
export const offer = signal<TapOffer | null | undefined>(undefined);
export const playing = signal(false);
export const problem = signal<PlayProblem | null>(null);
/** What the script of this browser saw. */
export const seen = signal<{ id: string; events: readonly string[] } | null>(null);

/** The case of what is selected. */
const suggested = computed(() => {
  const row = selectedRow.value;
  if (openRule.value === null && row?.kind === 'explanation' && row.explanation.case) return row.explanation.case;
  return (shownRule.value && pages.of(shownRule.value)?.misbehave) ?? '';
});
export const caseId = computed(() => typedCase.value ?? suggested.value);

export async function lookForServer(): Promise<void> {
  if (offer.value === undefined) offer.value = await askForTap();
}

/** Plays the case in the field, and then shows what crossed. */
export async function play(): Promise<void> {
  const id = caseId.value.trim();
  if (id === '' || playing.value) return;
  playing.value = true;
  problem.value = null;
  try {
    const described = await describe(id);
    if (described === null) return;
    offer.value = await askForTap();
    const records: WireRecord[] = [];
    const tap = offer.value && (await openTap(offer.value, { record: (record) => records.push(record), error: () => {} }));
    if (!tap) {
      problem.value = { kind: 'lost' };
      return;
    }
    const path = `/misbehave/${encodeURIComponent(id)}`;
    const events = await runScript({ url: socketAddress(location, `${path}?tap=${tap.id}`), ...described, patience });
    await new Promise((resolve) => setTimeout(resolve, settles));
    tap.socket.close();
    seen.value = { id, events };
    openRule.value = null;
    showRecording('played', id, { timeline: timelineOf(records) });
    view.pane.value = 'list';
  } finally {
    playing.value = false;
  }
}

async function describe(id: string): Promise<Described | null> {
  try {
    const response = await fetch(new URL(`misbehave/${encodeURIComponent(id)}`, document.baseURI), { headers: { accept: 'application/json' } });
    if (response.ok) return ((await response.json()) as { cases: Described[] }).cases[0]!;
    problem.value = { kind: 'unknown', id };
  } catch {
    problem.value = { kind: 'lost' };
  }
  return null;
}
