import { describe, expect, it } from 'vitest';
import { bytesOf, innermost, moveBit, moveByte, moveIndex, outlineEdges } from './selection';

const fields = [
  { depth: 0, start: 0, end: 56 },
  { depth: 1, start: 0, end: 1 },
  { depth: 1, start: 4, end: 8 },
  { depth: 1, start: 16, end: 56 },
  { depth: 2, start: 16, end: 32 },
];

it('finds the innermost field', () => {
  expect(innermost(fields, { start: 0, end: 1 })).toBe(1);
  expect(innermost(fields, { start: 0, end: 8 })).toBe(0);
  expect(innermost(fields, { start: 24, end: 32 })).toBe(4);
  expect(innermost(fields, { start: 24, end: 40 })).toBe(3);
  expect(innermost(fields, { start: 56, end: 64 })).toBe(-1);
  expect(innermost(fields, null)).toBe(-1);
});

it('names the bytes of a bit range', () => {
  expect(bytesOf({ start: 4, end: 8 })).toEqual({ first: 0, last: 0 });
  expect(bytesOf({ start: 15, end: 17 })).toEqual({ first: 1, last: 2 });
});

describe('moveByte', () => {
  it('goes from byte to byte and stops at the ends', () => {
    expect(moveByte(null, 1, 3)).toEqual({ start: 0, end: 8 });
    expect(moveByte(null, -1, 3)).toEqual({ start: 16, end: 24 });
    expect(moveByte({ start: 0, end: 8 }, 1, 3)).toEqual({ start: 8, end: 16 });
    expect(moveByte({ start: 16, end: 24 }, 1, 3)).toEqual({ start: 16, end: 24 });
    expect(moveByte({ start: 0, end: 8 }, -1, 3)).toEqual({ start: 0, end: 8 });
    expect(moveByte(null, 1, 0)).toBeNull();
  });

  it('enters a wider range at the end where it comes from', () => {
    expect(moveByte({ start: 8, end: 32 }, 1, 9)).toEqual({ start: 8, end: 16 });
    expect(moveByte({ start: 8, end: 32 }, -1, 9)).toEqual({ start: 24, end: 32 });
  });
});

it('moves over bits', () => {
  expect(moveBit(null, 1, 2)).toEqual({ start: 0, end: 1 });
  expect(moveBit({ start: 0, end: 8 }, 1, 2)).toEqual({ start: 0, end: 1 });
  expect(moveBit({ start: 0, end: 8 }, -1, 2)).toEqual({ start: 7, end: 8 });
  expect(moveBit({ start: 15, end: 16 }, 1, 2)).toEqual({ start: 15, end: 16 });
});

it('moves over rows', () => {
  expect(moveIndex(-1, 1, 3)).toBe(0);
  expect(moveIndex(-1, -1, 3)).toBe(2);
  expect(moveIndex(2, 1, 3)).toBe(2);
  expect(moveIndex(0, 1, 0)).toBe(-1);
});

describe('outlineEdges', () => {
  it('draws one outline round cells that fill several rows', () => {
    // Cells 2–9 in rows of four:  . . a b / c d e f / g h . .
    const edges = Object.fromEntries([2, 3, 4, 5, 6, 7, 8, 9].map((cell) => [cell, outlineEdges(cell, 2, 9, 4)]));
    expect(edges).toEqual({ 2: 'tl', 3: 'tr', 4: 'tl', 5: 't', 6: 'b', 7: 'br', 8: 'bl', 9: 'br' });
  });

  it('gives none outside, all four to one cell alone', () => {
    expect(outlineEdges(1, 2, 9, 4)).toBe('');
    expect(outlineEdges(5, 5, 5, 4)).toBe('tblr');
  });
});
