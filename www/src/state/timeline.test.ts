import { describe, expect, it } from 'vitest';
import { endingOf, filterRows, formatTime, framesBefore, placeInRows, withGaps, type FrameRow, type Row } from './timeline';

const none = new Uint8Array(0);
const last = { out: new Uint8Array([1, 2]), in: none };

function frame(id: number, direction: 'out' | 'in', time: number, more: Partial<FrameRow> = {}): FrameRow {
  return { id, kind: 'frame', direction, time, bytes: new Uint8Array([id]), length: 1, complete: true, opcode: 1, fin: true, maskingKey: null, payloadLength: 0, preview: '', close: null, ...more };
}

const fin = (id: number, direction: 'out' | 'in'): Row => ({ id, kind: 'fin', direction, time: id, bytes: none });

it('gives each row the gap to the row before, across both directions', () => {
  const rows = [frame(0, 'out', 40), frame(1, 'in', 90), frame(2, 'out', 90)];
  expect(withGaps(rows).map((row) => row.gap)).toEqual([null, 50, 0]);
});

it('keeps the gaps of a filtered list', () => {
  const rows = withGaps([frame(0, 'out', 40, { preview: '你好' }), frame(1, 'in', 90, { preview: '你好' }), frame(2, 'out', 95, { preview: 'bye' })]);
  const describeRow = (row: Row) => (row.kind === 'frame' ? row.preview : row.kind);
  expect(filterRows(rows, 'out BYE', describeRow).map(({ row, gap }) => [row.id, gap])).toEqual([[2, 5]]);
  expect(filterRows(rows, '← 你', describeRow).map(({ row }) => row.id)).toEqual([1]);
  expect(filterRows(rows, ' ', describeRow)).toHaveLength(3);
});

it('finds the row of a byte that an end sent', () => {
  const head = (id: number, direction: 'out' | 'in', kind: 'request' | 'response'): Row => ({ id, kind, direction, time: 0, bytes: new Uint8Array(30), title: '' });
  const long = { length: 10, bytes: new Uint8Array(10) };
  const rows = [head(0, 'out', 'request'), head(1, 'in', 'response'), frame(2, 'out', 1, long), frame(3, 'in', 2, long), frame(4, 'in', 3, long), fin(5, 'in')];
  const place = (part: Parameters<typeof placeInRows>[1], at: number) => {
    const found = placeInRows(rows, part, at);
    return found && [found.row.id, found.offset];
  };
  expect(place('request', 29)).toEqual([0, 29]);
  expect(place('response', 0)).toEqual([1, 0]);
  expect(place('fromClient', 9)).toEqual([2, 9]);
  expect(place('fromServer', 9)).toEqual([3, 9]);
  expect(place('fromServer', 13)).toEqual([4, 3]);
  // What is missing at the end is missing in the last row.
  expect(place('fromServer', 20)).toEqual([4, 10]);
  expect(placeInRows([head(0, 'out', 'request')], 'fromClient', 0)).toBeNull();
  const broken: Row = { id: 1, kind: 'unreadable', as: 'frames', direction: 'in', time: 0, bytes: new Uint8Array(4), code: '' };
  expect(placeInRows([frame(0, 'in', 0, long), broken], 'fromServer', 12)).toEqual({ row: broken, offset: 2 });
});

describe('endingOf', () => {
  const close = { close: { code: 1000, reason: 'bye' } };

  it('is open until both directions are over', () => {
    expect(endingOf([frame(0, 'out', 1, close), fin(1, 'in')], last)).toBeNull();
  });

  it('says who closed, with what, and who ended the transport first', () => {
    const rows = [frame(0, 'out', 1), frame(1, 'in', 2, close), frame(2, 'out', 3, close), fin(3, 'in'), fin(4, 'out')];
    expect(endingOf(rows, last)).toEqual({
      closedBy: 'in',
      code: 1000,
      reason: 'bye',
      answered: true,
      ends: [
        { direction: 'in', how: 'fin', time: 3 },
        { direction: 'out', how: 'fin', time: 4 },
      ],
      lastOut: '01 02',
      lastIn: '',
    });
  });

  it('a reset ends both, and a Close that nobody answered is told', () => {
    const rows: Row[] = [frame(0, 'out', 1, close), { id: 1, kind: 'rst', direction: 'in', time: 9, bytes: none }];
    expect(endingOf(rows, last)).toMatchObject({ closedBy: 'out', answered: false });
    expect(endingOf([{ id: 0, kind: 'rst', direction: 'out', time: 9, bytes: none }], last)).toMatchObject({ closedBy: null, code: null });
  });
});

it('gathers the frames before a row, of its own direction only', () => {
  const rows = [frame(0, 'out', 0), frame(1, 'in', 0), frame(2, 'out', 0), frame(3, 'out', 0)];
  expect([...framesBefore(rows[3]!, rows)]).toEqual([0, 2]);
});

it.each([
  [0, '0.00 ms'],
  [1240, '1.24 ms'],
  [9996, '10.0 ms'],
  [99_960, '100 ms'],
  [999_600, '1.00 s'],
  [125_000_000, '125 s'],
])('writes %d µs as %s', (time, text) => {
  expect(formatTime(time)).toBe(text);
});
