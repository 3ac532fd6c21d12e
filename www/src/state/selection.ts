// What is selected in the Inspector: a half-open range of bits, and the moves over it.

export interface BitRange {
  start: number;
  end: number;
}

/** The part of a field that selection needs. */
export interface Spanned extends BitRange {
  depth: number;
}

export function sameRange(one: BitRange | null, other: BitRange | null): boolean {
  return one === other || (one !== null && other !== null && one.start === other.start && one.end === other.end);
}

export function bytesOf(range: BitRange): { first: number; last: number } {
  return { first: Math.floor(range.start / 8), last: Math.max(0, Math.ceil(range.end / 8) - 1) };
}

export function byteRange(index: number): BitRange {
  return { start: index * 8, end: index * 8 + 8 };
}

/** The byte before or after the selected ones; from nothing, the first or the last. */
export function moveByte(range: BitRange | null, step: 1 | -1, length: number): BitRange | null {
  if (length === 0) return null;
  if (!range) return byteRange(step === 1 ? 0 : length - 1);
  const { first, last } = bytesOf(range);
  const single = first === last && range.end - range.start === 8;
  const from = step === 1 ? (single ? last : first - 1) : single ? first : last + 1;
  return byteRange(Math.min(length - 1, Math.max(0, from + step)));
}

/** The bit before or after; from a wider range, its first or last bit. */
export function moveBit(range: BitRange | null, step: 1 | -1, length: number): BitRange | null {
  if (length === 0) return null;
  const single = range !== null && range.end - range.start === 1;
  let bit: number;
  if (!range) bit = step === 1 ? 0 : length * 8 - 1;
  else if (single) bit = range.start + step;
  else bit = step === 1 ? range.start : range.end - 1;
  bit = Math.min(length * 8 - 1, Math.max(0, bit));
  return { start: bit, end: bit + 1 };
}

/** The innermost field around a range: the deepest, and of equals the shortest. -1 when none holds it. */
export function innermost(fields: readonly Spanned[], range: BitRange | null): number {
  if (!range) return -1;
  let best = -1;
  fields.forEach((field, index) => {
    if (field.start > range.start || field.end < range.end) return;
    const held = fields[best];
    if (!held || field.depth > held.depth || (field.depth === held.depth && field.end - field.start < held.end - held.start)) best = index;
  });
  return best;
}

/** Which sides of a cell lie on the outline of a run of cells laid out in rows. */
export function outlineEdges(cell: number, first: number, last: number, columns: number): string {
  if (cell < first || cell > last) return '';
  const column = cell % columns;
  let edges = '';
  if (cell - columns < first) edges += 't';
  if (cell + columns > last) edges += 'b';
  if (cell === first || column === 0) edges += 'l';
  if (cell === last || column === columns - 1) edges += 'r';
  return edges;
}

/** Moves an index by `step` in a list of `count`, stopping at its ends; from nothing, to an end. */
export function moveIndex(index: number, step: 1 | -1, count: number): number {
  if (count === 0) return -1;
  if (index < 0) return step === 1 ? 0 : count - 1;
  return Math.min(count - 1, Math.max(0, index + step));
}
