// All about the selected row: what, why, what to do; and below it the bytes.

import type { ComponentChildren } from 'preact';
import type { Cause, RuleCode } from '../doctor/engine';
import { causeSentence, codeWords, evidenceText, explanationWords, ruleWords } from '../doctor/wording';
import { t } from '../locale';
import { Inspector } from '../parts/inspector';
import { Prose } from '../parts/prose';
import { SectionLink } from '../parts/section-link';
import { Severity } from '../parts/severity';
import { inspected, ruleAddress, showsExample, type DoctorRow } from './doctor-state';

export function DoctorDetail({ row }: { row: DoctorRow }) {
  return (
    <Inspector inspected={inspected} findings="elsewhere">
      <div class="detail">
        <Words row={row} />
      </div>
      {showsExample.value && <h3 class="part-title">{exampleTitle(row)}</h3>}
    </Inspector>
  );
}

/** What makes a line makes it by these bytes; what is wrong in code may break its rule in another way. */
export function exampleTitle(row: DoctorRow): string {
  const texts = t.value.doctor;
  return row.kind === 'code' ? texts.exampleOfRule : texts.exampleBytes;
}

function Words({ row }: { row: DoctorRow }) {
  const { severity, sentence, facts } = wordsOf(row);
  const about = row.kind === 'explanation' ? row.explanation : row.finding;
  return (
    <>
      <Title sentence={sentence} {...(severity ? { severity } : {})} />
      <dl class="facts">
        {facts.map(([name, content]) => (
          <div key={name} class="fact">
            <dt>{name}</dt>
            <dd>{content}</dd>
          </div>
        ))}
      </dl>
      <RuleLinks rule={about.rule} section={about.section} fault={t.value.doctor.fault[about.fault]} />
    </>
  );
}

interface Words {
  severity?: 'error' | 'warning' | 'note';
  sentence: string;
  /** What there is to say, by its name. */
  facts: [string, ComponentChildren][];
}

function wordsOf(row: DoctorRow): Words {
  const texts = t.value.doctor;
  switch (row.kind) {
    case 'finding': {
      const { severity, found, expected, causes, rule } = row.finding;
      const { sentence, fix } = ruleWords({ ...row.finding, code: rule });
      const facts: Words['facts'] = [];
      if (found) facts.push([texts.found, quoted(found)]);
      if (expected) facts.push([texts.expected, quoted(expected)]);
      if (causes.length > 0) facts.push([causes.length === 1 ? texts.provenCause : texts.causes, <Causes causes={causes} />]);
      return { severity, sentence, facts: [...facts, [texts.fix, <Prose text={fix} />]] };
    }
    case 'explanation': {
      const evidence = evidenceText(row.explanation);
      const { sentence, fix, next } = explanationWords(row.explanation);
      const facts: Words['facts'] = evidence ? [[texts.evidence, <Prose text={evidence} />]] : [];
      facts.push([texts.fix, <Prose text={fix} />]);
      if (next) facts.push([texts.next, <Prose text={next} />]);
      return { sentence, facts };
    }
    case 'code': {
      const { severity, found } = row.finding;
      const { sentence, consequence, fix } = codeWords(row.finding);
      return {
        severity,
        sentence,
        facts: [
          [texts.found, <code>{found}</code>],
          [texts.consequence, <Prose text={consequence} />],
          [texts.fix, <Prose text={fix} />],
        ],
      };
    }
  }
}

function Title({ severity, sentence }: { severity?: 'error' | 'warning' | 'note'; sentence: string }) {
  return (
    <h3 class="detail-title">
      {severity && <Severity severity={severity} />}{' '}
      <span>
        <Prose text={sentence} />
      </span>
    </h3>
  );
}

/** What the doctor quotes or reckons from bytes: it is said in English everywhere. */
function quoted(text: string) {
  return (
    <span lang="en">
      <Prose text={text} />
    </span>
  );
}

function Causes({ causes }: { causes: readonly Cause[] }) {
  if (causes.length === 1) return <Prose text={causeSentence(causes[0]!)} />;
  return (
    <ol class="causes">
      {causes.map((cause) => (
        <li key={cause.cause}>
          <Prose text={causeSentence(cause)} />
        </li>
      ))}
    </ol>
  );
}

function RuleLinks({ rule, section, fault }: { rule: RuleCode | null; section: string | null; fault: string }) {
  const texts = t.value.doctor;
  return (
    <p class="rule-links">
      <span class="part-hint">{fault}</span>
      {section && <SectionLink section={section} />}
      {rule && <a href={ruleAddress(rule)}>{texts.ruleLink}</a>}
    </p>
  );
}
