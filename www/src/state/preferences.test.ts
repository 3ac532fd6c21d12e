import { expect, it } from 'vitest';
import { nextTheme, preferredLanguage, readPreferences } from './preferences';

it.each([
  [['zh-CN', 'en'], 'zh'],
  [['zh-Hant-TW'], 'zh'],
  [['de', 'en-GB', 'zh'], 'en'],
  [['fr'], 'en'],
  [[], 'en'],
] as const)('speaks to %j in %s', (languages, language) => {
  expect(preferredLanguage(languages)).toBe(language);
});

it('lays what was stored over what the browser says, and survives nonsense', () => {
  expect(readPreferences('{"language":"zh","theme":"dark","singleKeys":false}', ['en'])).toEqual({ language: 'zh', theme: 'dark', singleKeys: false });
  for (const stored of [null, 'x', '3', '{"language":"de","theme":1}']) expect(readPreferences(stored, ['en'])).toEqual({ language: 'en', theme: 'auto', singleKeys: true });
});

it('switches to what is not on the screen, and back to the system', () => {
  expect(nextTheme('auto', false)).toBe('dark');
  expect(nextTheme('dark', false)).toBe('auto');
  expect(nextTheme('auto', true)).toBe('light');
  expect(nextTheme('light', true)).toBe('auto');
});
