// The wire tap's records (version 1), as the server sends them and as a recording keeps them.

import { fromBase64 } from './bytes';

/** In the order of the record's first byte. */
export const recordKinds = ['client-bytes', 'server-bytes', 'client-fin', 'server-fin', 'client-rst', 'server-rst'] as const;
export type RecordKind = (typeof recordKinds)[number];

export interface WireRecord {
  kind: RecordKind;
  /** Microseconds since the server accepted the connection. */
  time: number;
  bytes: Uint8Array;
}

const prefixLength = 9;

/** One binary message of the tap: kind, time (u64, big-endian), bytes. `null` for what is not a record of version 1. */
export function readRecord(message: Uint8Array): WireRecord | null {
  const kind = recordKinds[message[0] ?? -1];
  if (!kind || message.length < prefixLength) return null;
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  return { kind, time: Number(view.getBigUint64(1)), bytes: message.subarray(prefixLength) };
}

/** One thing that the page's script saw; `time` in milliseconds since `new WebSocket()`. */
export type ScriptEvent =
  | { type: 'construct'; time: number; url: string }
  | { type: 'open'; time: number; protocol: string; extensions: string }
  | { type: 'sent'; time: number; data: string; binary: boolean; length: number }
  | { type: 'message'; time: number; data: string; binary: boolean; length: number }
  | { type: 'error'; time: number }
  | { type: 'close-called'; time: number; code: number | null; reason: string }
  | { type: 'close'; time: number; code: number; reason: string; wasClean: boolean };

/** A recorded session as it lies in `recorded.json`. */
export interface Recording {
  version: 1;
  recorded: string;
  browser: string;
  url: string;
  records: { kind: number; time: number; bytes: string }[];
  script: ScriptEvent[];
}

export function recordsOf(recording: Recording): WireRecord[] {
  return recording.records.flatMap(({ kind, time, bytes }) => {
    const name = recordKinds[kind];
    return name ? [{ kind: name, time, bytes: fromBase64(bytes) }] : [];
  });
}

export interface TapOffer {
  secret: string;
  echo: string;
  tap: string;
}

/** The body of `tap.json`, or `null` when it is none of ours (a static host answers with anything). */
export function readTapOffer(body: string): TapOffer | null {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { version, secret, echo, tap } = value as Record<string, unknown>;
  if (version !== 1 || typeof secret !== 'string' || typeof echo !== 'string' || typeof tap !== 'string') return null;
  return { secret, echo, tap };
}

export type TapMessage = { type: 'ready'; id: string } | { type: 'end' } | { type: 'error'; message: string };

export function readTapMessage(text: string): TapMessage | null {
  try {
    const value = JSON.parse(text) as Record<string, unknown>;
    if (value['type'] === 'ready' && typeof value['id'] === 'string') return { type: 'ready', id: value['id'] };
    if (value['type'] === 'end') return { type: 'end' };
    if (value['type'] === 'error') return { type: 'error', message: String(value['message'] ?? '') };
  } catch {
    return null;
  }
  return null;
}

/** The `ws:` or `wss:` address of a path on the page's own server. */
export function socketAddress(page: { protocol: string; host: string }, path: string): string {
  return `${page.protocol === 'https:' ? 'wss' : 'ws'}://${page.host}${path}`;
}

/** What is wrong with an address, before the browser is asked to connect to it. */
export function checkSocketAddress(text: string): 'empty' | 'scheme' | 'fragment' | 'invalid' | null {
  if (text.trim() === '') return 'empty';
  if (!/^wss?:\/\//i.test(text.trim())) return 'scheme';
  if (text.includes('#')) return 'fragment';
  try {
    return new URL(text.trim()).host === '' ? 'invalid' : null;
  } catch {
    return 'invalid';
  }
}
