// Preferences as signals, and every text in the chosen language.

import { computed, effect, signal } from '@preact/signals';
import { errorTexts, fieldTexts, type FieldKind, type Ws101Error } from './engine';
import type { HexProblem } from './state/bytes';
import { preferencesKey, readPreferences, type Language, type Theme } from './state/preferences';
import { en, type Strings } from './strings/en';
import { zh } from './strings/zh';
import { zhErrors } from './strings/zh-errors';
import { zhFields } from './strings/zh-fields';

const first = readPreferences(readStored(), navigator.languages);

export const language = signal<Language>(first.language);
export const theme = signal<Theme>(first.theme);
export const singleKeys = signal(first.singleKeys);

const tables: Record<Language, Strings> = { en, zh };
export const t = computed(() => tables[language.value]);

/** What the live region says; each new text is read out. */
export const announcement = signal('');

export function announce(text: string): void {
  announcement.value = text;
}

/** Announced, and shown for a moment to those who see. */
export const toast = signal('');
let toastTimer = 0;

export function showToast(text: string): void {
  announce(text);
  toast.value = text;
  window.clearTimeout(toastTimer);
  toastTimer = window.setTimeout(() => {
    toast.value = '';
    announcement.value = '';
  }, 3000);
}

export function fieldText(kind: FieldKind): { name: string; sentence: string; section: string } {
  const english = fieldTexts[kind];
  return language.value === 'zh' ? { ...zhFields[kind], section: english.section } : english;
}

export function errorText(error: Pick<Ws101Error, 'code'>): { sentence: string; fix: string; section: string; statusCode: number | null } {
  const english = errorTexts[error.code] ?? { sentence: error.code, fix: '', section: '', statusCode: null };
  return language.value === 'zh' ? { ...english, ...zhErrors[error.code] } : english;
}

export function hexProblemText(problem: HexProblem): string {
  const { notHex, halfByte } = t.value.hex;
  return problem.kind === 'not-hex' ? notHex(problem.character, problem.position) : halfByte(problem.digits);
}

/** Keeps the document and the stored preferences in step with the signals. */
export function followPreferences(): void {
  effect(() => {
    document.documentElement.lang = t.value.htmlLang;
    document.documentElement.dataset['theme'] = theme.value;
    try {
      localStorage.setItem(preferencesKey, JSON.stringify({ language: language.value, theme: theme.value, singleKeys: singleKeys.value }));
    } catch {
      // A browser that keeps nothing still shows the page; the choice then lasts as long as the page does.
    }
  });
}

function readStored(): string | null {
  try {
    return localStorage.getItem(preferencesKey);
  } catch {
    return null;
  }
}
