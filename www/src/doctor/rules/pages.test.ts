import { expect, it } from 'vitest';
import { diagnose, rules } from '../engine';
import { pages } from './index';
import { languages } from './page';
import { recordingOf } from './recording';

const chinese = /[一-鿿]/;
const severity = new Map(rules.map((rule) => [rule.code, rule.severity]));

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

  it(`${code}: its example breaks it${code.startsWith('SERVER_') ? ' where the doctor cannot see it, and no other' : ', and no other as badly'}`, () => {
    const found = diagnose(recordingOf(pages[code].example)).findings;
    const errors = found.filter((finding) => finding.severity === 'error' && finding.rule !== code).map(({ rule }) => rule);
    expect(errors).toEqual(pages[code].example.also ?? []);
    if (!code.startsWith('SERVER_')) {
      expect(found.map(({ rule }) => rule)).toContain(code);
    }
    expect(severity.get(code)).toBeDefined();
  });
}
