import { describe, expect, it } from 'vitest';
import { errorTexts } from '../../engine';
import { causes, rules } from '../engine';
import { enForms } from './en';
import { zhCauses } from './zh-causes';
import { zhCode } from './zh-code';
import { zhAdviceOn, zhExplained } from './zh-explained';
import { zhForms, zhGaps } from './zh-gaps';
import { zhRules } from './zh-rules';
import { zhSources } from './zh-sources';

/** What the module says only of what it is given, and lists nowhere, is read from the doctor's tables themselves. */
const sources = import.meta.glob<string>('../../../../doctor/src/{cause,code/advice,file/form,message/*,message/advice/*}.rs', { query: '?raw', import: 'default', eager: true });

it('has Chinese for each rule of the doctor’s own, and for no other', () => {
  const own = rules.filter(({ code }) => !(code in errorTexts));
  expect(Object.keys(zhRules).sort()).toEqual(own.map(({ code }) => code).sort());
  const chinese: Partial<Record<string, { sentence: string; fix: string }>> = zhRules;
  for (const { code, sentence, fix } of own) {
    expectTranslation(code, sentence, chinese[code]?.sentence);
    expectTranslation(code, fix, chinese[code]?.fix);
  }
});

it('has Chinese for each cause, and for no other', () => {
  expect(Object.keys(zhCauses).sort()).toEqual(causes.map(({ cause }) => cause).sort());
  for (const { cause, sentence } of causes) expectTranslation(cause, sentence, zhCauses[cause]);
});

describe('what the module says of a cause', () => {
  const names = new Map(causes.map(({ cause, sentence }) => [sentence, cause]));
  const variants = new Map(
    [...source('cause.rs').matchAll(/^ {4}(\w+) \{ "\w+", ("(?:[^"\\]|\\.)*") \}$/gm)].map(([, variant, sentence]) => [
      variant,
      names.get(text(sentence)),
    ]),
  );

  /** The rows of an `advice!` table: the cause's name, and the two texts that end its row. */
  const rows = (table: string) => {
    const found = [...table.matchAll(/^ {4}(\w+) \{ .*?, ("(?:[^"\\]|\\.)*"), ("(?:[^"\\]|\\.)*"|none) \}$/gm)];
    return found.map(([, variant, first, second]) => ({
      cause: variants.get(variant),
      first: text(first),
      second: second === 'none' ? null : text(second),
    }));
  };

  it('is said in Chinese of a line of a console or a log', () => {
    const tables = ['answer', 'connect', 'ending', 'frames', 'head', 'library', 'script'];
    const english = tables.flatMap((table) => rows(source(`message/advice/${table}.rs`)));
    expect(english.map(({ cause }) => cause).sort()).toEqual(Object.keys(zhExplained).sort());
    for (const { cause, first, second } of english) {
      const chinese = cause === undefined ? null : zhAdviceOn(cause);
      expectTranslation(cause, first, chinese?.fix);
      if (second === null) expect(chinese?.next, cause).toBeNull();
      else expectTranslation(cause, second, chinese?.next);
    }
  });

  it('is said in Chinese of a wrong accept, and of nothing else that is no line', () => {
    for (const { cause } of causes) {
      if (cause in zhExplained) continue;
      expect(zhAdviceOn(cause) !== null, cause).toBe(cause.startsWith('ACCEPT_'));
    }
    expect(zhAdviceOn('ACCEPT_OF_ANOTHER_KEY')?.fix).not.toBe(zhAdviceOn('ACCEPT_OF_NO_KEY')?.fix);
  });

  it('is said in Chinese of code', () => {
    const english = rows(source('code/advice.rs'));
    expect(english.map(({ cause }) => cause).sort()).toEqual(Object.keys(zhCode).sort());
    const chinese: Partial<Record<string, { consequence: string; fix: string }>> = zhCode;
    for (const { cause = '', first, second } of english) {
      expectTranslation(cause, first, chinese[cause]?.consequence);
      expectTranslation(cause, second ?? '', chinese[cause]?.fix);
    }
  });
});

it('names the forms as the command line does, and in Chinese', () => {
  const arms = [...source('file/form.rs').matchAll(/Self::(\w+) => "(.*)",$/gm)].map(([, variant, words]) => ({ variant, words }));
  const [codes, words] = [arms.slice(0, arms.length / 2), arms.slice(arms.length / 2)];
  expect(Object.fromEntries(codes.map(({ words: name }, at) => [name, words[at]?.words]))).toEqual(enForms);
  for (const [form, name] of Object.entries(zhForms)) {
    if (form !== 'har') expect(name, form).toMatch(/[\u4e00-\u9fff]/);
  }
});

it('has Chinese for each gap', () => {
  for (const [gap, sentence] of Object.entries(zhGaps)) expect(sentence, gap).toMatch(/[\u4e00-\u9fff].*[^。]$/u);
});

it('has Chinese for each writer of lines that is no name', () => {
  const writers = Object.values(sources).flatMap((rust) => [...rust.matchAll(/^table! \{ "(.*)":$/gm)].map(([, writer]) => writer));
  expect(writers).toContain('Chromium');
  expect(writers.filter((writer) => /^(?:an?|any) /.test(writer ?? '')).sort()).toEqual(Object.keys(zhSources).sort());
});

/** A sentence in Chinese that has every code, number, and name in capitals that the English has. */
function expectTranslation(of: string | undefined, english: string, chinese: string | null | undefined): void {
  expect(chinese, of).toMatch(/[\u4e00-\u9fff].*。$/);
  for (const piece of english.match(/`[^`]*`/g) ?? []) expect(chinese, of).toContain(piece);
  const plain = digits(chinese ?? '');
  for (const number of digits(english).match(/\d+/g) ?? []) expect(plain, of).toMatch(new RegExp(`(?<!\\d)${number}(?!\\d)`));
  for (const name of english.match(/\w*[A-Z]\w*[A-Z]\w*?(?=s?\b)/g) ?? []) expect(chinese, of).toContain(name);
}

/** `1,024` is `1024` in Chinese. */
function digits(sentence: string): string {
  return sentence.replace(/(?<=\d),(?=\d{3})/g, '');
}

function source(path: string): string {
  const found = sources[`../../../../doctor/src/${path}`];
  if (found === undefined) throw new Error(`there is no doctor/src/${path}`);
  return found;
}

/** A literal of Rust, whose escapes are those of JSON. */
function text(literal: string | undefined): string {
  return JSON.parse(literal ?? '""') as string;
}
