// Turns the tap's records into rows: each direction is a head, then frames, decoded by the module; the raw bytes are kept.

import { attempt, FrameDecoder, HeadReader, opcodes, parseClosePayload, type FramePart, type Role } from '../engine';
import { ByteQueue, excerptHex, joinBytes, readLatin1, readUtf8 } from '../state/bytes';
import type { RecordKind, WireRecord } from '../state/tap';
import type { Direction, FrameRow, Row } from '../state/timeline';

const previewLength = 200;
/** While a frame is under way no more than this much of it is copied for show. */
const shownWhileIncomplete = 4096;
const keptTail = 64;

interface OpenFrame {
  row: number;
  start: number;
  end: number;
  preview: Uint8Array;
}

interface Side {
  direction: Direction;
  head: 'request' | 'response';
  heads: HeadReader;
  decoder: FrameDecoder;
  phase: 'head' | 'frames' | 'unreadable';
  headBytes: Uint8Array;
  headTime: number | null;
  frames: ByteQueue;
  received: number;
  /** When each chunk came, by the stream offset at which it begins. */
  chunks: { offset: number; time: number }[];
  open: OpenFrame | null;
  /** Stream offset behind the last whole frame. */
  done: number;
  unreadableRow: number;
  tail: Uint8Array;
}

export class Capture {
  readonly rows: Row[] = [];
  private readonly sides: Record<Direction, Side> = { out: newSide('out', 'request', 'server'), in: newSide('in', 'response', 'client') };

  accept(record: WireRecord): void {
    const { direction, what } = meaning[record.kind];
    const side = this.sides[direction];
    if (what !== 'bytes') {
      this.add({ kind: what, direction, time: record.time, bytes: new Uint8Array(0) });
      return;
    }
    side.tail = joinBytes(side.tail, record.bytes.subarray(-keptTail)).slice(-keptTail);
    if (side.phase === 'head') this.head(side, record.bytes, record.time);
    else if (side.phase === 'frames') this.frames(side, record.bytes, record.time);
    else this.unreadable(side, record.bytes);
  }

  get lastBytes(): { out: Uint8Array; in: Uint8Array } {
    return { out: this.sides.out.tail, in: this.sides.in.tail };
  }

  free(): void {
    for (const side of Object.values(this.sides)) {
      side.heads.free();
      side.decoder.free();
    }
  }

  private head(side: Side, chunk: Uint8Array, time: number): void {
    side.headTime ??= time;
    side.headBytes = joinBytes(side.headBytes, chunk);
    const { value, error } = attempt(() => side.heads.receive(chunk));
    if (error) {
      side.phase = 'unreadable';
      side.unreadableRow = this.add({ kind: 'unreadable', as: side.head, direction: side.direction, time: side.headTime, bytes: side.headBytes, code: error.code });
      return;
    }
    if (!value) return;
    side.phase = 'frames';
    const bytes = value.head.slice();
    const rest = value.rest.slice();
    const title = readLatin1(bytes).split('\r\n', 1)[0] ?? '';
    this.add({ kind: side.head, direction: side.direction, time: side.headTime, bytes, title });
    side.headBytes = new Uint8Array(0);
    if (rest.length > 0) this.frames(side, rest, time);
  }

  private frames(side: Side, chunk: Uint8Array, time: number): void {
    side.chunks.push({ offset: side.received, time });
    side.received += chunk.length;
    side.frames.push(chunk);
    const { error } = attempt(() => {
      for (const part of side.decoder.decode(chunk)) this.part(side, part);
    });
    if (error) {
      const bytes = side.frames.copy(side.done, side.received);
      const broken = { kind: 'unreadable', as: 'frames', direction: side.direction, time: this.timeAt(side, side.done), bytes, code: error.code } as const;
      side.phase = 'unreadable';
      if (side.open) {
        side.unreadableRow = side.open.row;
        this.rows[side.open.row] = { id: side.open.row, ...broken };
      } else {
        side.unreadableRow = this.add(broken);
      }
    } else if (side.open) {
      const { row, start, end } = side.open;
      this.rows[row] = { ...(this.rows[row] as FrameRow), bytes: side.frames.copy(start, Math.min(end, start + shownWhileIncomplete)) };
    }
  }

  private part(side: Side, part: FramePart): void {
    if (part.first) {
      const length = part.headerLength + part.payloadLength;
      const row = this.add({
        kind: 'frame',
        direction: side.direction,
        time: this.timeAt(side, part.frameStart),
        bytes: new Uint8Array(0),
        length,
        complete: false,
        opcode: part.opcode,
        fin: part.fin,
        maskingKey: part.maskingKey?.slice() ?? null,
        payloadLength: part.payloadLength,
        preview: '',
        close: null,
      });
      side.open = { row, start: part.frameStart, end: part.frameStart + length, preview: new Uint8Array(0) };
    }
    const open = side.open;
    if (!open) return;
    const room = previewLength - open.preview.length;
    if (room > 0) open.preview = joinBytes(open.preview, part.payload.subarray(0, room));
    const row = this.rows[open.row] as FrameRow;
    if (!part.last) {
      this.rows[open.row] = { ...row, preview: previewOf(row, open.preview) };
      return;
    }
    const bytes = side.frames.copy(open.start, open.end);
    side.frames.release(open.end);
    side.chunks = side.chunks.filter((chunk, index) => (side.chunks[index + 1]?.offset ?? Infinity) > open.end || chunk.offset >= open.end);
    side.done = open.end;
    side.open = null;
    const close = row.opcode === opcodes.close ? closeOf(open.preview) : null;
    this.rows[open.row] = { ...row, bytes, complete: true, close, preview: close ? closePreview(close) : previewOf(row, open.preview) };
  }

  private unreadable(side: Side, chunk: Uint8Array): void {
    const row = this.rows[side.unreadableRow]!;
    this.rows[side.unreadableRow] = { ...row, bytes: joinBytes(row.bytes, chunk) };
  }

  private timeAt(side: Side, offset: number): number {
    return side.chunks.findLast((chunk) => chunk.offset <= offset)?.time ?? 0;
  }

  private add(row: RowWithoutId): number {
    const id = this.rows.length;
    this.rows.push({ id, ...row } as Row);
    return id;
  }
}

type RowWithoutId = Row extends infer R ? (R extends Row ? Omit<R, 'id'> : never) : never;

const meaning: Record<RecordKind, { direction: Direction; what: 'bytes' | 'fin' | 'rst' }> = {
  'client-bytes': { direction: 'out', what: 'bytes' },
  'server-bytes': { direction: 'in', what: 'bytes' },
  'client-fin': { direction: 'out', what: 'fin' },
  'server-fin': { direction: 'in', what: 'fin' },
  'client-rst': { direction: 'out', what: 'rst' },
  'server-rst': { direction: 'in', what: 'rst' },
};

function newSide(direction: Direction, head: Side['head'], role: Role): Side {
  return {
    direction,
    head,
    heads: new HeadReader(),
    decoder: new FrameDecoder({ role }),
    phase: 'head',
    headBytes: new Uint8Array(0),
    headTime: null,
    frames: new ByteQueue(),
    received: 0,
    chunks: [],
    open: null,
    done: 0,
    unreadableRow: -1,
    tail: new Uint8Array(0),
  };
}

function previewOf(row: FrameRow, payload: Uint8Array): string {
  const cut = row.payloadLength > payload.length ? '…' : '';
  const text = row.opcode === opcodes.binary ? null : readUtf8(payload);
  // A cut may fall inside a character: the text is then read without its last bytes.
  const shown = text ?? (row.opcode === opcodes.text && cut ? new TextDecoder().decode(payload).replace(/\uFFFD$/, '') : null);
  return shown === null ? excerptHex(payload, 24) : shown + cut;
}

function closeOf(payload: Uint8Array): { code: number | null; reason: string } {
  return attempt(() => parseClosePayload(payload)).value ?? { code: null, reason: '' };
}

function closePreview({ code, reason }: { code: number | null; reason: string }): string {
  return [code ?? '', reason].filter((part) => part !== '').join(' ');
}
