import { expect, it } from 'vitest';
import { utf8 } from './bytes';
import { characterSpans } from './characters';

it('lays characters over their bytes', () => {
  expect(characterSpans(utf8('a你😀'))).toEqual([
    { start: 0, length: 1, text: 'a' },
    { start: 1, length: 3, text: '你' },
    { start: 4, length: 4, text: '😀' },
  ]);
});

it('lets bytes that are no UTF-8 stand alone, and goes on after them', () => {
  expect(characterSpans(new Uint8Array([0xff, 0xe4, 0xbd, 0x41]))).toEqual([
    { start: 0, length: 1, text: null },
    { start: 1, length: 1, text: null },
    { start: 2, length: 1, text: null },
    { start: 3, length: 1, text: 'A' },
  ]);
});

it('shows blanks and control characters', () => {
  expect(characterSpans(utf8(' \n')).map((span) => span.text)).toEqual(['SP', 'LF']);
});
