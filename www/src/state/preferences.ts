// Language, theme and keys: what the browser says, overlaid by what was chosen here before.

export type Language = 'en' | 'zh';
export type Theme = 'auto' | 'light' | 'dark';

export interface Preferences {
  language: Language;
  theme: Theme;
  singleKeys: boolean;
}

export const preferencesKey = 'ws101.preferences';

export function readPreferences(stored: string | null, browserLanguages: readonly string[]): Preferences {
  const preferences: Preferences = { language: preferredLanguage(browserLanguages), theme: 'auto', singleKeys: true };
  let value: unknown;
  try {
    value = JSON.parse(stored ?? 'null');
  } catch {
    return preferences;
  }
  if (typeof value !== 'object' || value === null) return preferences;
  const { language, theme, singleKeys } = value as Record<string, unknown>;
  if (language === 'en' || language === 'zh') preferences.language = language;
  if (theme === 'auto' || theme === 'light' || theme === 'dark') preferences.theme = theme;
  if (typeof singleKeys === 'boolean') preferences.singleKeys = singleKeys;
  return preferences;
}

/** The first of the browser's languages that the page speaks; English otherwise. */
export function preferredLanguage(languages: readonly string[]): Language {
  for (const tag of languages) {
    if (/^zh\b/i.test(tag)) return 'zh';
    if (/^en\b/i.test(tag)) return 'en';
  }
  return 'en';
}

/** The switch goes to what is not on the screen now, and by it back to the system's choice. */
export function nextTheme(theme: Theme, systemIsDark: boolean): Theme {
  const dark = theme === 'dark' || (theme === 'auto' && systemIsDark);
  const wanted: Theme = dark ? 'light' : 'dark';
  return (wanted === 'dark') === systemIsDark ? 'auto' : wanted;
}
