// Doctor: where what is judged comes from: a text, a file, or a case that was just played; and what it was read as.

import { computed, effect, signal } from '@preact/signals';
import { describe } from '../doctor/describe';
import type { RecordedConnection, Recording } from '../doctor/engine';
import { callDoctor, doctor } from '../doctor/load';
import { partsOf } from '../doctor/parts';
import { nothing, read, type ReadAs, type Reading } from '../doctor/read';
import { Locator } from '../state/locate';

/** What makes recordings in this page: a case that was played, Live, the stream of Frame, the example of a rule. */
export type Made = 'played' | 'live' | 'frame' | 'rule';

/** What the text in the editor stands for, where it is more than a text. */
export type Origin = { kind: 'text' } | { kind: 'file' | Made; name: string; reading: Reading };

/** What stands in the editor. */
export const text = signal('');
export const readAs = signal<ReadAs>('auto');
export const origin = signal<Origin>({ kind: 'text' });
/** Which connection of those that were read. */
export const chosen = signal(0);

/** Judging more than this would keep the page still for seconds, in bytes or characters; the command line takes it. */
export const largest = 4 * 1024 * 1024;
/** What was too large to be judged: a file, or without a name what was pasted. */
export const refused = signal<{ name: string | null; size: number } | null>(null);

/** Typing is over for so many milliseconds before it is judged. */
const settlesAfter = 150;
const settled = signal('');
let timer = 0;

effect(() => {
  const now = text.value;
  window.clearTimeout(timer);
  // What is pasted into an empty editor is judged at once.
  if (settled.peek() === '' || now === '') settled.value = now;
  else timer = window.setTimeout(() => (settled.value = now), settlesAfter);
});

export const reading = computed<Reading>(() => {
  if (origin.value.kind !== 'text') return origin.value.reading;
  // A file that was refused leaves what was there before.
  const tooLong = refused.value?.name === null;
  return doctor.value && !tooLong ? read(doctor.value, settled.value, readAs.value) : nothing;
});

export const isEmpty = computed(() => settled.value.trim() === '');
export const connection = computed<RecordedConnection | null>(() => reading.value.connections[Math.min(chosen.value, reading.value.connections.length - 1)] ?? null);
export const diagnosis = computed(() => (doctor.value && connection.value ? doctor.value.diagnose(connection.value.recording) : null));
export const parts = computed(() => (connection.value && diagnosis.value ? partsOf(connection.value.recording, diagnosis.value.heads) : null));

/** Whether enough of what the server sent is here to say what a browser does with it. */
export const showsTheServer = computed(() => connection.value !== null && !connection.value.gaps.some(({ gap }) => gap === 'SERVER_NOT_RECORDED' || gap === 'FRAMES_NOT_RECORDED'));

/** Where bytes stand in the editor. */
export const locator = computed(() => {
  const found = parts.value;
  if (!found || !connection.value) return null;
  const marks = origin.value.kind === 'text' ? connection.value.lines : describe(found).marks;
  return new Locator(origin.value.kind === 'text' ? settled.value : text.value, marks, (part) => found[part as keyof typeof found]);
});

/** What somebody typed or pasted: it stands for itself. */
export function setText(typed: string): void {
  if (typed === text.peek()) return;
  refused.value = typed.length > largest ? { name: null, size: typed.length } : null;
  origin.value = { kind: 'text' };
  chosen.value = 0;
  text.value = typed;
}

export async function openFile(file: File): Promise<void> {
  refused.value = file.size > largest ? { name: file.name, size: file.size } : null;
  if (refused.value) return;
  const [buffer] = await Promise.all([file.arrayBuffer(), callDoctor()]);
  if (!doctor.value) return;
  const bytes = new Uint8Array(buffer);
  const found = read(doctor.value, bytes, readAs.value);
  // Of a log, or of code, its text is what there is to see; and so it is of what nobody can read.
  if (found.connections.length === 0) setText(new TextDecoder().decode(bytes));
  else show({ kind: 'file', name: file.name, reading: found });
}

/** A recording that was made in this page. */
export function showRecording(kind: Made, name: string, recording: Recording): void {
  const made: RecordedConnection = { number: 1, url: null, recording, gaps: [], notes: [], lines: [] };
  show({ kind, name, reading: { ...nothing, form: 'recording', connections: [made] } });
}

function show(from: Origin): void {
  refused.value = null;
  origin.value = from;
  chooseConnection(0);
}

/** Another connection of a file, which is then what the editor shows. */
export function chooseConnection(index: number): void {
  chosen.value = index;
  if (origin.peek().kind !== 'text' && parts.value) text.value = describe(parts.value).text;
}
