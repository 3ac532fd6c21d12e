// Where the bytes of a recording stand in the text that it was read from, so that an editor can mark them.
// A line is compared with the bytes that it is said to hold: a mark is put only where they are found.

/** Where a line of the text, counted from 1, begins in the bytes of a part. */
export interface LineMark {
  part: string;
  at: number;
  line: number;
}

export interface TextRange {
  from: number;
  to: number;
}

/** Where in its line each byte begins and ends, in UTF-16 units. */
interface Columns {
  from: Uint32Array;
  to: Uint32Array;
}

export class Locator {
  private readonly lines: { start: number; text: string }[] = [];
  private readonly columns = new Map<number, Columns | null>();

  constructor(
    text: string,
    private readonly marks: readonly LineMark[],
    private readonly bytesOf: (part: string) => Uint8Array,
  ) {
    let start = 0;
    for (const line of text.split('\n')) {
      this.lines.push({ start, text: line.replace(/\r$/, '') });
      start += line.length + 1;
    }
  }

  /** Where the bytes from `start` to `end` of a part stand; the whole line where they cannot be told apart in it, `null` where no line has them. */
  locate(part: string, start: number, end: number): TextRange | null {
    const first = this.rowAt(part, start);
    const last = this.rowAt(part, Math.max(start, end - 1)) ?? first;
    if (!first || !last) return null;
    const from = this.edge(first, start, 'from');
    const to = end > start ? this.edge(last, end, 'to') : from;
    return { from: Math.min(from, to), to: Math.max(from, to) };
  }

  /** The line of the text, from 1, in which a byte stands. */
  lineOf(part: string, at: number): number | null {
    return this.rowAt(part, at)?.mark.line ?? null;
  }

  private rowAt(part: string, at: number): Row | null {
    let row: Row | null = null;
    for (const [index, mark] of this.marks.entries()) {
      if (mark.part !== part || mark.at > at) continue;
      row = { index, mark };
    }
    return row && this.lines[row.mark.line - 1] ? row : null;
  }

  private edge({ index, mark }: Row, at: number, side: 'from' | 'to'): number {
    const line = this.lines[mark.line - 1]!;
    const columns = this.columnsOf(index);
    if (!columns) return line.start + (side === 'from' ? 0 : line.text.length);
    const { length } = columns.from;
    if (length === 0) return line.start;
    const byte = side === 'from' ? at - mark.at : at - mark.at - 1;
    // Behind the last byte, or before the first, something is missing.
    if (byte >= length) return line.start + columns.to[length - 1]!;
    return line.start + (side === 'from' ? columns.from[byte]! : columns.to[Math.max(0, byte)]!);
  }

  private columnsOf(index: number): Columns | null {
    const known = this.columns.get(index);
    if (known !== undefined) return known;
    const mark = this.marks[index]!;
    const next = this.marks.find((other) => other.part === mark.part && other.at > mark.at);
    const bytes = this.bytesOf(mark.part).subarray(mark.at, next?.at);
    const text = this.lines[mark.line - 1]!.text;
    const columns = asText(text, bytes) ?? asHex(text, bytes) ?? asBase64(text, bytes);
    this.columns.set(index, columns);
    return columns;
  }
}

interface Row {
  index: number;
  mark: LineMark;
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function asText(line: string, bytes: Uint8Array): Columns | null {
  let content = bytes;
  while (content.length > 0 && (content.at(-1) === 0x0a || content.at(-1) === 0x0d)) content = content.subarray(0, -1);
  let text: string;
  try {
    text = decoder.decode(content);
  } catch {
    return null;
  }
  const start = line.indexOf(text);
  if (start < 0) return null;
  const columns = columnsFor(bytes);
  let at = 0;
  let column = start;
  for (const character of text) {
    const next = at + utf8Length(character.codePointAt(0)!);
    columns.from.fill(column, at, next);
    column += character.length;
    columns.to.fill(column, at, next);
    at = next;
  }
  columns.from.fill(column, at);
  columns.to.fill(column, at);
  return columns;
}

function columnsFor(bytes: Uint8Array): Columns {
  return { from: new Uint32Array(bytes.length), to: new Uint32Array(bytes.length) };
}

function utf8Length(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}

/** Two digits a byte, with whatever may stand between them; an offset before them, or text behind, is passed over. */
function asHex(line: string, bytes: Uint8Array): Columns | null {
  const digits = /[0-9a-f]{2}/gi;
  for (let start = line.search(/[0-9a-f]{2}/i); start >= 0 && start < line.length; start += 1) {
    if (Number.parseInt(line.slice(start, start + 2), 16) !== bytes[0]) continue;
    const columns = columnsFor(bytes);
    let end = start;
    let at = 0;
    for (; at < bytes.length; at += 1) {
      digits.lastIndex = end;
      const match = digits.exec(line);
      if (!match || Number.parseInt(match[0], 16) !== bytes[at] || !separators.test(line.slice(end, match.index))) break;
      end = match.index + 2;
      columns.from[at] = match.index;
      columns.to[at] = end;
    }
    if (at === bytes.length) return columns;
  }
  return null;
}

const separators = /^(?:[\s,;:_.\-"'[\](){}]|0[xX](?=$)|\\x(?=$))*$/;

function asBase64(line: string, bytes: Uint8Array): Columns | null {
  if (bytes.length > 1 << 16) return null;
  const encoded = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  const start = line.indexOf(encoded);
  if (encoded === '' || start < 0) return null;
  // Four characters hold three bytes: a byte may begin and end within one.
  const columns = columnsFor(bytes);
  for (let at = 0; at < bytes.length; at += 1) {
    columns.from[at] = start + Math.floor((at * 4) / 3);
    columns.to[at] = start + Math.ceil(((at + 1) * 4) / 3);
  }
  return columns;
}
