import { expect, it } from 'vitest';
import { errorTexts, fieldTexts } from '../engine';
import { en } from './en';
import { zh } from './zh';
import { zhErrors } from './zh-errors';
import { zhFields } from './zh-fields';

const chinese = /[\u4e00-\u9fff]/;

it('has Chinese for every kind of field that the module names, and for no other', () => {
  expect(Object.keys(zhFields).sort()).toEqual(Object.keys(fieldTexts).sort());
  for (const [kind, { name, sentence }] of Object.entries(zhFields)) {
    expect(name, kind).not.toBe('');
    // CR LF has no words; every other sentence has.
    if (kind !== 'line-end') expect(sentence, kind).toMatch(chinese);
  }
});

it('has Chinese for every error code of the module, and for no other', () => {
  expect(Object.keys(zhErrors).sort()).toEqual(Object.keys(errorTexts).sort());
  for (const [code, { sentence, fix }] of Object.entries(zhErrors)) {
    expect(sentence, code).toMatch(chinese);
    expect(fix, code).toMatch(chinese);
  }
});

it('leaves no text of the page empty, in either language', () => {
  const walk = (table: object, path: string): void => {
    for (const [key, value] of Object.entries(table)) {
      if (typeof value === 'object' && value !== null) walk(value, `${path}.${key}`);
      else if (typeof value === 'string') expect(value, `${path}.${key}`).not.toBe('');
    }
  };
  walk(en, 'en');
  walk(zh, 'zh');
});
