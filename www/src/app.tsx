// The shell: name, sections, switches; the section itself; what is read out.

import { useEffect } from 'preact/hooks';
import { announcement, language, t, theme, toast } from './locale';
import { currentSection, linkProblems, linkTo } from './navigation';
import { Help, helpOpen } from './parts/help';
import { CloseMark, ThemeMark } from './parts/marks';
import { sections } from './sections';
import { nextTheme } from './state/preferences';

export function App() {
  const section = currentSection.value;
  const texts = t.value;
  const name = texts.section[section.id];
  useEffect(() => {
    document.title = texts.title(name);
  }, [name]);
  return (
    <div class="app">
      <header class="top">
        <a class="brand" href={linkTo(sections[0]!)} title={texts.tagline}>
          ws<b>101</b>
        </a>
        <nav class="sections" aria-label={texts.sections}>
          {sections.map((item) => (
            <a key={item.id} href={linkTo(item)} aria-current={item === section ? 'page' : undefined}>
              {texts.section[item.id]}
            </a>
          ))}
        </nav>
        <div class="switches">
          <button type="button" class="quiet" lang={language.value === 'en' ? 'zh-Hans' : 'en'} aria-label={texts.otherLanguageLabel} onClick={() => (language.value = language.value === 'en' ? 'zh' : 'en')}>
            {texts.otherLanguage}
          </button>
          <button type="button" class="quiet" aria-label={`${texts.theme} (${texts.themeNow[theme.value]})`} title={texts.theme} onClick={() => (theme.value = nextTheme(theme.value, matchMedia('(prefers-color-scheme: dark)').matches))}>
            <ThemeMark />
          </button>
          <button type="button" class="quiet" aria-label={texts.help} title={texts.help} onClick={() => (helpOpen.value = true)}>
            <span aria-hidden="true">?</span>
          </button>
        </div>
      </header>
      <main>
        <h1 class="visually-hidden">ws101: {name}</h1>
        <LinkProblems />
        <section.Panel />
      </main>
      <div role="status" class="visually-hidden">
        {announcement.value}
      </div>
      {toast.value && (
        <div class="toast" aria-hidden="true">
          {toast.value}
        </div>
      )}
      <Help />
    </div>
  );
}

/** What of a link could not be read; its defaults are shown instead. */
function LinkProblems() {
  const problems = linkProblems.value;
  if (problems.length === 0) return null;
  const texts = t.value.linkProblem;
  return (
    <div class="link-problems" role="alert">
      {problems.map((problem) => (
        <p key={problem.kind} class="notice warning">
          {problem.kind === 'version' ? texts.version(problem.version) : problem.kind === 'section' ? texts.section(problem.section) : texts[problem.kind]}
        </p>
      ))}
      <button type="button" class="quiet" aria-label={t.value.close} onClick={() => (linkProblems.value = [])}>
        <CloseMark />
      </button>
    </div>
  );
}
