import { expect, it } from 'vitest';
import { Locator, type LineMark } from './locate';

const utf8 = (text: string) => new TextEncoder().encode(text);

/** What is marked for a range of bytes. */
function marked(text: string, marks: LineMark[], bytes: Uint8Array, start: number, end: number): string | null {
  const range = new Locator(text, marks, () => bytes).locate('fromServer', start, end);
  return range && text.slice(range.from, range.to);
}
const mark = (line: number, at = 0): LineMark => ({ part: 'fromServer', at, line });

it('finds the characters of heads', () => {
  const text = 'HTTP/1.1 101 好\nUpgrade: websocket\n';
  const bytes = utf8('HTTP/1.1 101 好\r\nUpgrade: websocket\r\n');
  const marks = [mark(1), mark(2, 18)];
  expect(marked(text, marks, bytes, 0, 8)).toBe('HTTP/1.1');
  expect(marked(text, marks, bytes, 13, 16)).toBe('好');
  expect(marked(text, marks, bytes, 27, 36)).toBe('websocket');
  // The end of a line has no characters of its own.
  expect(marked(text, marks, bytes, 16, 18)).toBe('');
  expect(marked(text, marks, bytes, 9, 25)).toBe('101 好\nUpgrade');
  expect(marked(text, marks, bytes, 18, 18)).toBe('');
});

it('finds digits however they are written', () => {
  const bytes = Uint8Array.of(0x81, 0x05, 0x48);
  for (const [text, second, last] of [
    ['81 05 48', '05', '05 48'],
    ['810548', '05', '0548'],
    ['0x81, 0x05, 0x48', '05', '05, 0x48'],
    ['\\x81\\x05\\x48', '05', '05\\x48'],
    ['00000000: 8105 48   ..H', '05', '05 48'],
    ['\t810548', '05', '0548'],
    ['0000  81 05 48  |..H|', '05', '05 48'],
  ] as const) {
    expect(marked(text, [mark(1)], bytes, 1, 2), text).toBe(second);
    expect(marked(text, [mark(1)], bytes, 1, 3), text).toBe(last);
  }
});

it('is not misled by an offset that looks like the first byte', () => {
  expect(marked('00000081  81 00 00 81', [mark(1)], Uint8Array.of(0x81, 0, 0, 0x81), 3, 4)).toBe('81');
  expect(new Locator('00000081  81 00 00 81', [mark(1)], () => Uint8Array.of(0x81, 0, 0, 0x81)).locate('fromServer', 3, 4)).toEqual({ from: 19, to: 21 });
});

it('finds base64 by the characters that hold the bytes', () => {
  const bytes = Uint8Array.of(0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f);
  expect(marked('{"bytes":"gQVIZWxsbw=="}', [mark(1)], bytes, 0, 7)).toBe('gQVIZWxsbw');
  expect(marked('{"bytes":"gQVIZWxsbw=="}', [mark(1)], bytes, 3, 6)).toBe('ZWxs');
});

it('goes over several lines, and marks whole lines where the bytes are not in them', () => {
  const bytes = Uint8Array.of(1, 2, 3, 4, 5, 6);
  expect(marked('01 02\n03 04\n05 06', [mark(1), mark(2, 2), mark(3, 4)], bytes, 1, 5)).toBe('02\n03 04\n05');
  expect(marked('first\nsecond\n', [mark(2)], bytes, 1, 2)).toBe('second');
});

it('says of bytes that stand in no line that they do', () => {
  expect(marked('text', [], Uint8Array.of(1), 0, 1)).toBeNull();
  const locator = new Locator('81 00', [mark(1)], () => Uint8Array.of(0x81, 0));
  expect(locator.locate('request', 0, 1)).toBeNull();
  expect(locator.locate('fromServer', 9, 12)).toEqual({ from: 5, to: 5 });
  expect(locator.lineOf('fromServer', 1)).toBe(1);
});
