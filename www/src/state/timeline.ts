// The timeline "On the wire": rows with times and gaps, the filter, and how the connection ended.

import { joinBytes, tailHex } from './bytes';

/** `out`: from the browser to the server; `in`: from the server to the browser. */
export type Direction = 'out' | 'in';

interface RowBase {
  /** Position in the connection; never changes once given. */
  id: number;
  direction: Direction;
  /** Microseconds since the connection was accepted (with the tap) or opened (messages only). */
  time: number;
}

export interface HeadRow extends RowBase {
  kind: 'request' | 'response';
  bytes: Uint8Array;
  /** The first line of the head. */
  title: string;
}

export interface FrameRow extends RowBase {
  kind: 'frame';
  bytes: Uint8Array;
  /** Bytes of the whole frame, also while it is still under way. */
  length: number;
  complete: boolean;
  opcode: number;
  fin: boolean;
  maskingKey: Uint8Array | null;
  payloadLength: number;
  /** The unmasked payload in a few words: text, hex, or a Close frame's code and reason. */
  preview: string;
  close: { code: number | null; reason: string } | null;
}

/** Bytes that are no readable head or frame; `code` is that of the broken rule. */
export interface UnreadableRow extends RowBase {
  kind: 'unreadable';
  /** What they should have been. */
  as: 'request' | 'response' | 'frames';
  bytes: Uint8Array;
  code: string;
}

/** Without the tap: what the script sent and received. */
export interface MessageRow extends RowBase {
  kind: 'message';
  bytes: Uint8Array;
  binary: boolean;
  preview: string;
}

export interface EndRow extends RowBase {
  kind: 'fin' | 'rst';
  bytes: Uint8Array;
}

export type Row = HeadRow | FrameRow | UnreadableRow | MessageRow | EndRow;

export interface TimedRow {
  row: Row;
  /** Microseconds since the row before, in the whole connection; `null` for the first. */
  gap: number | null;
}

export function withGaps(rows: readonly Row[]): TimedRow[] {
  return rows.map((row, index) => ({ row, gap: index === 0 ? null : Math.max(0, row.time - rows[index - 1]!.time) }));
}

/** Keeps the rows whose description holds every word of the filter; `→` and `←` stand for the directions. */
export function filterRows(rows: readonly TimedRow[], filter: string, describe: (row: Row) => string): TimedRow[] {
  const words = filter.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...rows];
  return rows.filter(({ row }) => {
    const text = `${row.direction === 'out' ? '→ out' : '← in'} ${describe(row)}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}

export interface Ending {
  /** Who sent the first Close frame; `null` when nobody did. */
  closedBy: Direction | null;
  code: number | null;
  reason: string;
  answered: boolean;
  /** How each direction of the transport ended, in order. */
  ends: { direction: Direction; how: 'fin' | 'rst'; time: number }[];
  lastOut: string;
  lastIn: string;
}

/** How it ended, once both directions are over (or one is reset); `null` before that. */
export function endingOf(rows: readonly Row[], lastBytes: { out: Uint8Array; in: Uint8Array }): Ending | null {
  const ends = rows.flatMap((row) => (row.kind === 'fin' || row.kind === 'rst' ? [{ direction: row.direction, how: row.kind, time: row.time }] : []));
  const over = ends.some((end) => end.how === 'rst') || (['out', 'in'] as const).every((side) => ends.some((end) => end.direction === side));
  if (!over) return null;
  const closes = rows.filter((row): row is FrameRow => row.kind === 'frame' && row.close !== null);
  const first = closes[0];
  return {
    closedBy: first?.direction ?? null,
    code: first?.close?.code ?? null,
    reason: first?.close?.reason ?? '',
    answered: closes.some((row) => row.direction !== first?.direction),
    ends,
    lastOut: tailHex(lastBytes.out, 16),
    lastIn: tailHex(lastBytes.in, 16),
  };
}

/** The first complete data frame that the browser sent: what a first visit should look at. */
export function firstSentFrame(rows: readonly Row[], opcode: number): FrameRow | null {
  return rows.find((row): row is FrameRow => row.kind === 'frame' && row.direction === 'out' && row.opcode === opcode && row.complete) ?? null;
}

/** The frames of the same direction before a row, one after another: a fragment is judged after what came before it. */
export function framesBefore(row: Row, rows: readonly Row[]): Uint8Array {
  return joinBytes(...rows.slice(0, row.id).flatMap((earlier) => (earlier.kind === 'frame' && earlier.direction === row.direction ? [earlier.bytes] : [])));
}

/** The row that holds a byte of what one end sent, and which of the row's bytes it is; places count as the doctor's do. */
export function placeInRows(rows: readonly Row[], part: 'request' | 'response' | 'fromClient' | 'fromServer', at: number): { row: Row; offset: number } | null {
  const direction: Direction = part === 'request' || part === 'fromClient' ? 'out' : 'in';
  const ofHead = part === 'request' || part === 'response';
  let start = 0;
  let last: { row: Row; offset: number } | null = null;
  for (const row of rows) {
    const isHead = row.kind === 'request' || row.kind === 'response' || (row.kind === 'unreadable' && row.as !== 'frames');
    const isFrames = row.kind === 'frame' || (row.kind === 'unreadable' && row.as === 'frames');
    if (row.direction !== direction || (ofHead ? !isHead : !isFrames)) continue;
    const length = row.kind === 'frame' ? row.length : row.bytes.length;
    last = { row, offset: at - start };
    if (at < start + length) return last;
    start += length;
  }
  // Where something is missing at the end, it is the last row that lacks it.
  return last && { ...last, offset: Math.min(last.offset, last.row.bytes.length) };
}

/** Times of a timeline, always with a unit: `0.04 ms`, `12.3 ms`, `1.25 s`. */
export function formatTime(microseconds: number): string {
  const ms = microseconds / 1000;
  if (ms < 9.995) return `${ms.toFixed(2)} ms`;
  if (ms < 99.95) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${ms.toFixed(0)} ms`;
  const seconds = ms / 1000;
  return seconds < 99.95 ? `${seconds.toFixed(2)} s` : `${seconds.toFixed(0)} s`;
}
