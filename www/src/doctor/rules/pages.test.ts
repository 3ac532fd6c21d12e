import { expect, it } from 'vitest';
import { diagnose, rules } from '../engine';
import { pages } from './index';
import { languages } from './page';
import { recordingOf } from './recording';

const chinese = /[一-鿿]/;
/** What an end's own limit, or its own list, decides: a recording holds neither. */
const ofTheEnd: readonly string[] = ['HEAD_TOO_LONG', 'REQUEST_ORIGIN_REFUSED', 'FRAME_TOO_BIG', 'MESSAGE_TOO_BIG'];
const unseen = (code: string) => code.startsWith('SERVER_') || ofTheEnd.includes(code);


it('has a page for every rule, and for no other', () => {
  expect(Object.keys(pages).sort()).toEqual(rules.map(({ code }) => code).sort());
});

for (const { code, section } of rules) {
  it(`${code}: says all, in both languages`, () => {
    const page = pages[code];
    if (section !== 'ws101') expect(page.clause, 'clause').not.toBe('');
    for (const text of [page.why, page.example.note, ...languages.map((language) => page.ways[language].text)]) {
      expect(text.en).toMatch(/[.:!?)]$/);
      expect(text.zh).toMatch(chinese);
    }
  });

  it(`${code}: its example breaks it${unseen(code) ? ' where no recording shows it, and no other' : ', and no other as badly'}`, () => {
    const found = diagnose(recordingOf(pages[code].example)).findings;
    const errors = found.filter((finding) => finding.severity === 'error' && finding.rule !== code).map(({ rule }) => rule);
    expect(errors).toEqual(pages[code].example.also ?? []);
    if (unseen(code)) expect(found.map(({ rule }) => rule)).not.toContain(code);
    else expect(found.map(({ rule }) => rule)).toContain(code);
  });
}
