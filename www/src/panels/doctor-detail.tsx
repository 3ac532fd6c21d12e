// All about the selected row: what, why, what to do; and below it the bytes.

import type { ComponentChildren } from 'preact';
import type { Cause, RuleCode } from '../doctor/engine';
import { causeSentence, codeWords, explanationWords, ruleWords } from '../doctor/wording';
import { t } from '../locale';
import { Inspector } from '../parts/inspector';
import { Prose } from '../parts/prose';
import { SectionLink } from '../parts/section-link';
import { Severity } from '../parts/severity';
import { inspected, showsExample, type DoctorRow } from './doctor-state';

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
  const texts = t.value.doctor;
  switch (row.kind) {
    case 'finding': {
      const { finding } = row;
      const { sentence, fix } = ruleWords({ ...finding, code: finding.rule });
      return (
        <>
          <Title severity={finding.severity} sentence={sentence} />
          <dl class="facts">
            {finding.found && <Fact name={texts.found}>{quoted(finding.found)}</Fact>}
            {finding.expected && <Fact name={texts.expected}>{quoted(finding.expected)}</Fact>}
            {finding.causes.length > 0 && (
              <Fact name={finding.causes.length === 1 ? texts.provenCause : texts.causes}>
                <Causes causes={finding.causes} />
              </Fact>
            )}
            <Fact name={texts.fix}>
              <Prose text={fix} />
            </Fact>
          </dl>
          <RuleLinks rule={finding.rule} section={finding.section} fault={texts.fault[finding.fault]} />
        </>
      );
    }
    case 'explanation': {
      const { explanation } = row;
      const { sentence, fix, next } = explanationWords(explanation);
      return (
        <>
          <Title sentence={sentence} />
          <dl class="facts">
            {explanation.evidence && <Fact name={texts.evidence}>{quoted(explanation.evidence)}</Fact>}
            <Fact name={texts.fix}>
              <Prose text={fix} />
            </Fact>
            {next && (
              <Fact name={texts.next}>
                <Prose text={next} />
              </Fact>
            )}
          </dl>
          <RuleLinks rule={explanation.rule} section={explanation.section} fault={texts.fault[explanation.fault]} />
        </>
      );
    }
    case 'code': {
      const { finding } = row;
      const { sentence, consequence, fix } = codeWords(finding);
      return (
        <>
          <Title severity={finding.severity} sentence={sentence} />
          <dl class="facts">
            <Fact name={texts.found}>
              <code>{finding.found}</code>
            </Fact>
            <Fact name={texts.consequence}>
              <Prose text={consequence} />
            </Fact>
            <Fact name={texts.fix}>
              <Prose text={fix} />
            </Fact>
          </dl>
          <RuleLinks rule={finding.rule} section={finding.section} fault={texts.fault[finding.fault]} />
        </>
      );
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

export function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
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

export function ruleAddress(rule: RuleCode): string {
  return `#/doctor?v=1&rule=${rule}`;
}
