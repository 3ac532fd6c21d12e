// The page of a rule, and the list of all rules.

import { signal } from '@preact/signals';
import type { RuleCode } from '../doctor/engine';
import { doctor } from '../doctor/load';
import { exampleOf, pages } from '../doctor/pages';
import { groupNames, languages, type Text } from '../doctor/rules/page';
import { ruleWords } from '../doctor/wording';
import { language, t } from '../locale';
import { Prose } from '../parts/prose';
import { RowList } from '../parts/row-list';
import { SectionLink } from '../parts/section-link';
import { Severity } from '../parts/severity';
import { VerdictTable } from './doctor-browsers';
import { showRecording } from './doctor-source';
import { openRule, ruleAddress, view } from './doctor-state';

const filter = signal('');

export function RuleIndex() {
  const texts = t.value.doctor;
  if (!doctor.value || !pages.loaded()) return <p class="pane-note">{texts.loading}</p>;
  const words = filter.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const listed = doctor.value.rules.filter((rule) => {
    const text = `${rule.code} ${rule.section} ${ruleWords(rule).sentence}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
  const groups = groupNames.map((group) => [group, listed.filter(({ code }) => pages.groupOf(code) === group)] as const).filter(([, rules]) => rules.length > 0);
  return (
    <div class="rule-index">
      <div class="rule-filter">
        <label class="visually-hidden" for="rule-filter">
          {texts.rulesFilter}
        </label>
        <input id="rule-filter" type="search" placeholder={texts.rulesFilter} value={filter.value} spellcheck={false} autocomplete="off" onInput={(event) => (filter.value = event.currentTarget.value)} />
      </div>
      {groups.map(([group, rules]) => (
        <section key={group} aria-label={texts.groups[group]}>
          <h3 class="part-title">{texts.groups[group]}</h3>
          <RowList
            label={texts.groups[group]}
            selected={openRule.value}
            onSelect={(code) => {
              view.pane.value = 'list';
              location.hash = ruleAddress(code as RuleCode);
            }}
            rows={rules.map((rule) => ({
              id: rule.code,
              class: 'rule-row',
              content: (
                <>
                  <Severity severity={rule.severity} />
                  <span class="rule-code mono">{rule.code}</span>
                  <span class="row-preview">{ruleWords(rule).sentence.replaceAll('`', '')}</span>
                </>
              ),
            }))}
          />
        </section>
      ))}
    </div>
  );
}

export function RuleArticle() {
  const texts = t.value.doctor;
  const code = openRule.value;
  if (!doctor.value) return <p class="pane-note">{texts.loading}</p>;
  if (!code) return <p class="pane-note">{texts.selectRow}</p>;
  const rule = doctor.value.rules.find((candidate) => candidate.code === code);
  if (!rule) return <p class="pane-note">{texts.noRule(code)}</p>;
  const page = pages.of(code);
  const { sentence, fix } = ruleWords(rule);
  return (
    <article class="rule-article">
      <h3 class="detail-title">
        <Severity severity={rule.severity} />{' '}
        <span>
          <Prose text={sentence} />
        </span>
      </h3>
      <p class="part-hint">
        <code>{code}</code> · {texts.usually[rule.severity]}
      </p>
      {page && (
        <>
          <h4>{texts.why}</h4>
          <p>
            <Prose text={said(page.why)} />
          </p>
          {page.clause && (
            <blockquote lang="en">
              <p>{page.clause}</p>
              <footer>
                <SectionLink section={rule.section} />
              </footer>
            </blockquote>
          )}
        </>
      )}
      <h4>{texts.fix}</h4>
      <p>
        <Prose text={fix} />
      </p>
      {page && <Example code={code} note={said(page.example.note)} />}
      {page && (
        <>
          <h4>{texts.ways}</h4>
          <dl class="ways">
            {languages.map((each) => {
              const way = page.ways[each];
              return (
                <div key={each} class="way">
                  <dt>{texts.languages[each]}</dt>
                  <dd>
                    {way.code && <pre class="mono">{way.code}</pre>}
                    <p>
                      <Prose text={said(way.text)} />
                    </p>
                  </dd>
                </div>
              );
            })}
          </dl>
        </>
      )}
    </article>
  );
}

function Example({ code, note }: { code: RuleCode; note: string }) {
  const texts = t.value.doctor;
  const example = exampleOf(doctor.value!, code);
  if (!example) return null;
  const onlyLive = code.startsWith('SERVER_');
  return (
    <>
      <h4>{texts.example}</h4>
      <p>
        <Prose text={note} /> {onlyLive && <Prose text={texts.onlyLive} />}
      </p>
      <p>
        <button
          type="button"
          class="plain"
          onClick={() => {
            showRecording('rule', code, example.recording);
            openRule.value = null;
            view.pane.value = 'list';
          }}
        >
          {texts.judgeExample}
        </button>
      </p>
      {!onlyLive && (
        <>
          <h4>{texts.browsers}</h4>
          <VerdictTable {...example.browsers} />
        </>
      )}
    </>
  );
}

function said(text: Text): string {
  return text[language.value];
}
