// One Live connection: the browser's own socket, the tap beside it, and what both saw, as signals.

import { computed, signal } from '@preact/signals';
import { encodeFrame, opcodes } from '../engine';
import { excerptHex, formatHex } from '../state/bytes';
import { recordsOf, socketAddress, type Recording, type ScriptEvent, type TapOffer, type WireRecord } from '../state/tap';
import { endingOf, firstSentFrame, type Row } from '../state/timeline';
import { Capture } from './capture';
import { askForTap, openTap, type OpenTap } from './tap-socket';

export type SocketState = 'CONNECTING' | 'OPEN' | 'CLOSING' | 'CLOSED';
/** Where the rows come from. */
export type Source = 'none' | 'tap' | 'messages' | 'recording';
export type Notice = { kind: 'tap-lost' } | { kind: 'tap-error'; message: string } | { kind: 'refused'; message: string };

export const greeting = '你好';
const slowAfter = 3000;
const flushEvery = 16;
const echoPath = '/echo';

/** `undefined` while `tap.json` is being asked for; `null` without a server. */
export const offer = signal<TapOffer | null | undefined>(undefined);
export const url = signal('');
export const state = signal<SocketState | null>(null);
export const source = signal<Source>('none');
export const rows = signal<readonly Row[]>([]);
export const script = signal<readonly ScriptEvent[]>([]);
export const selectedRow = signal<number | null>(null);
export const slow = signal(false);
export const notice = signal<Notice | null>(null);
export const recordingInfo = signal<{ recorded: string; browser: string } | null>(null);
/** What Compose foretold, beside the row that the browser then sent. */
export const comparison = signal<{ preview: Uint8Array; row: number } | null>(null);

let capture: Capture | null = null;
let socket: WebSocket | null = null;
let tapSocket: WebSocket | null = null;
let started = 0;
let slowTimer = 0;
let flushTimer = 0;
let attemptNumber = 0;
/** Previews of messages that were handed to send() and have not shown up on the wire yet. */
let awaited: Uint8Array[] = [];
let seenRows = 0;
/** What the tap told, for the doctor; longer connections than this are not kept. */
const keptBytes = 4 * 1024 * 1024;
let kept: { records: WireRecord[]; bytes: number } = { records: [], bytes: 0 };
const lastBytes = signal<Capture['lastBytes']>({ out: new Uint8Array(0), in: new Uint8Array(0) });

export const ending = computed(() => (source.value === 'messages' ? null : endingOf(rows.value, lastBytes.value)));
export const live = computed(() => state.value === 'CONNECTING' || state.value === 'OPEN');
/** The server takes commands for this connection. */
export const tapped = computed(() => source.value === 'tap' && state.value === 'OPEN');

export function ownEcho(): string {
  return socketAddress(location, offer.value?.echo ?? echoPath);
}

/** Asks the page's own host for the tap. A static host has none: the session is then the recorded one. */
export async function findServer(): Promise<void> {
  offer.value = await askForTap();
}

/** Connects; with `greet`, says 你好 as soon as it is open. */
export async function connect(target: string, greet = false): Promise<void> {
  abandon();
  const number = ++attemptNumber;
  url.value = target;
  state.value = 'CONNECTING';
  slowTimer = window.setTimeout(() => (slow.value = true), slowAfter);

  const tapped = offer.value && target === ownEcho() ? await readyTap() : null;
  if (number !== attemptNumber) {
    tapped?.socket.close();
    return;
  }
  if (offer.value && target === ownEcho() && !tapped) notice.value = { kind: 'tap-lost' };
  source.value = tapped ? 'tap' : 'messages';
  tapSocket = tapped?.socket ?? null;
  open(tapped ? `${target}?tap=${tapped.id}` : target, greet);
}

function open(address: string, greet: boolean): void {
  started = performance.now();
  try {
    socket = new WebSocket(address);
  } catch (error) {
    notice.value = { kind: 'refused', message: error instanceof Error ? error.message : String(error) };
    settle();
    return;
  }
  const current = socket;
  current.binaryType = 'arraybuffer';
  note({ type: 'construct', time: 0, url: url.value });
  current.onopen = () => {
    if (current !== socket) return;
    clearSlow();
    state.value = 'OPEN';
    note({ type: 'open', time: now(), protocol: current.protocol, extensions: current.extensions });
    if (greet) send(greeting);
  };
  current.onmessage = (event: MessageEvent<string | ArrayBuffer>) => {
    if (current === socket) noteMessage('message', event.data);
  };
  current.onerror = () => {
    if (current === socket) note({ type: 'error', time: now() });
  };
  current.onclose = (event) => {
    if (current !== socket) return;
    note({ type: 'close', time: now(), code: event.code, reason: event.reason, wasClean: event.wasClean });
    settle();
  };
}

/** Hands a message to the browser's own `send()`. */
export function send(data: string | Uint8Array<ArrayBuffer>): void {
  if (!socket || socket.readyState !== WebSocket.OPEN) return;
  if (source.value === 'tap') awaited.push(preview(data));
  comparison.value = null;
  socket.send(data);
  noteMessage('sent', data);
}

/** The frame that `send()` would make, with a masking-key that only the browser's will differ from. */
export function preview(data: string | Uint8Array): Uint8Array {
  return encodeFrame({ opcode: typeof data === 'string' ? opcodes.text : opcodes.binary, payload: data, maskingKey: 'random' });
}

export function close(code?: number, reason = ''): void {
  if (!socket || socket.readyState >= WebSocket.CLOSING) return;
  note({ type: 'close-called', time: now(), code: code ?? null, reason });
  clearSlow();
  state.value = 'CLOSING';
  if (code === undefined) socket.close();
  else socket.close(code, reason);
}

/** A Ping from the server's side: no script can send one. */
export function pingFromServer(payload: Uint8Array): void {
  tapSocket?.send(JSON.stringify({ type: 'ping', payload: formatHex(payload, '') }));
}

export function closeFromServer(code: number, reason: string): void {
  tapSocket?.send(JSON.stringify({ type: 'close', code, reason }));
}

export function playRecording(recording: Recording): void {
  abandon();
  capture = new Capture();
  for (const record of recordsOf(recording)) {
    capture.accept(record);
    keep(record);
  }
  url.value = recording.url;
  source.value = 'recording';
  state.value = 'CLOSED';
  script.value = recording.script;
  recordingInfo.value = { recorded: recording.recorded, browser: recording.browser };
  flush();
}

async function readyTap(): Promise<OpenTap | null> {
  const first = await listen(offer.value!);
  if (first) return first;
  // The server may have been started anew since the page was loaded: its secret is another one then.
  offer.value = await askForTap();
  return offer.value ? listen(offer.value) : null;
}

function listen(to: TapOffer): Promise<OpenTap | null> {
  const current = new Capture();
  capture = current;
  return openTap(to, {
    record: (record) => {
      if (capture !== current) return;
      current.accept(record);
      keep(record);
      scheduleFlush();
    },
    error: (message) => {
      if (capture === current) notice.value = { kind: 'tap-error', message };
    },
  });
}

function keep(record: WireRecord): void {
  kept.bytes += record.bytes.length;
  if (kept.bytes <= keptBytes) kept.records.push(record);
}

/** All that crossed the wire; `null` without the tap, and where it is too much to be kept. */
export function wireRecords(): readonly WireRecord[] | null {
  const known = source.peek() === 'tap' || source.peek() === 'recording';
  return known && kept.bytes <= keptBytes ? kept.records : null;
}

function scheduleFlush(): void {
  flushTimer ||= window.setTimeout(flush, flushEvery);
}

/** Many records may come between two looks at the screen: rows go to the page once for all of them. */
function flush(): void {
  window.clearTimeout(flushTimer);
  flushTimer = 0;
  if (!capture) return;
  lastBytes.value = capture.lastBytes;
  rows.value = [...capture.rows];
  matchSent();
  if (selectedRow.value === null) selectedRow.value = firstSentFrame(rows.value, opcodes.text)?.id ?? null;
}

/** Pairs the previews with the data frames that the browser sent, in order; the latest is selected. */
function matchSent(): void {
  while (awaited.length > 0 && seenRows < rows.value.length) {
    const row = rows.value[seenRows]!;
    if (row.kind === 'frame' && !row.complete) return;
    seenRows++;
    if (row.kind !== 'frame' || row.direction !== 'out' || (row.opcode !== opcodes.text && row.opcode !== opcodes.binary)) continue;
    comparison.value = { preview: awaited.shift()!, row: row.id };
    selectedRow.value = row.id;
  }
}

function noteMessage(type: 'sent' | 'message', data: string | ArrayBuffer | Uint8Array): void {
  const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : new Uint8Array(data instanceof Uint8Array ? data : new Uint8Array(data));
  const binary = typeof data !== 'string';
  const shown = typeof data === 'string' ? (data.length > 200 ? `${data.slice(0, 200)}…` : data) : excerptHex(bytes, 24);
  note({ type, time: now(), data: shown, binary, length: bytes.length });
  if (source.value !== 'messages') return;
  const id = rows.value.length;
  rows.value = [...rows.value, { id, kind: 'message', direction: type === 'sent' ? 'out' : 'in', time: now() * 1000, bytes, binary, preview: shown }];
  selectedRow.value ??= id;
}

function note(event: ScriptEvent): void {
  script.value = [...script.value, event];
}

function now(): number {
  return performance.now() - started;
}

function settle(): void {
  clearSlow();
  state.value = 'CLOSED';
  socket = null;
}

function clearSlow(): void {
  window.clearTimeout(slowTimer);
  slow.value = false;
}

/** Lets go of the connection before, without waiting for it. */
function abandon(): void {
  const before = socket;
  socket = null;
  before?.close();
  tapSocket?.close();
  tapSocket = null;
  capture?.free();
  capture = null;
  clearSlow();
  window.clearTimeout(flushTimer);
  flushTimer = 0;
  awaited = [];
  seenRows = 0;
  kept = { records: [], bytes: 0 };
  rows.value = [];
  script.value = [];
  selectedRow.value = null;
  notice.value = null;
  comparison.value = null;
  recordingInfo.value = null;
}
