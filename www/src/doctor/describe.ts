// A recording as text that people read: heads as lines, frames as hexadecimal digits, a frame a line.

import { inspect } from '../engine';
import { formatHex, readUtf8 } from '../state/bytes';
import type { LineMark } from '../state/locate';
import type { PartName, Parts } from './parts';

/** More than this of a part is not written out. */
const most = 32 * 1024;
const bytesALine = 64;

export interface Described {
  text: string;
  marks: readonly LineMark[];
}

/** The request and what followed it, then the response and what followed that. */
export function describe(parts: Parts): Described {
  const writer = new Writer();
  writer.head('request', parts.request);
  writer.frames('fromClient', parts.fromClient);
  writer.head('response', parts.response);
  writer.frames('fromServer', parts.fromServer);
  return { text: writer.lines.join('\n'), marks: writer.marks };
}

class Writer {
  readonly lines: string[] = [];
  readonly marks: LineMark[] = [];

  head(part: PartName, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.blank();
    for (const [at, end] of pieces(bytes.subarray(0, most))) {
      const line = bytes.subarray(at, end);
      this.marks.push({ part, at, line: this.lines.length + 1 });
      this.lines.push(readUtf8(line)?.replace(/[\r\n]+$/, '') ?? formatHex(line));
    }
  }

  frames(part: PartName, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.blank();
    const shown = bytes.subarray(0, most);
    for (const [start, end] of framesIn(shown)) {
      for (let at = start; at < end; at += bytesALine) {
        this.marks.push({ part, at, line: this.lines.length + 1 });
        this.lines.push(formatHex(shown.subarray(at, Math.min(end, at + bytesALine))));
      }
    }
  }

  private blank(): void {
    if (this.lines.length > 0 && this.lines.at(-1) !== '') this.lines.push('');
  }
}

/** The lines of a head, each with its end. */
function* pieces(bytes: Uint8Array): Generator<[number, number]> {
  for (let at = 0; at < bytes.length; ) {
    const newline = bytes.indexOf(0x0a, at);
    const end = newline < 0 ? bytes.length : newline + 1;
    yield [at, end];
    at = end;
  }
}

function framesIn(bytes: Uint8Array): [number, number][] {
  const starts = inspect(bytes, { as: 'frames' }).fields.filter(({ kind }) => kind === 'frame').map(({ start, end }): [number, number] => [start / 8, end / 8]);
  const covered = starts.at(-1)?.[1] ?? 0;
  return covered < bytes.length ? [...starts, [covered, bytes.length]] : starts;
}
