// The findings, or what produces a pasted line, or what is wrong with code: a row each.

import { doctor } from '../doctor/load';
import { causeSentence, ruleWords, sourceName } from '../doctor/wording';
import { t } from '../locale';
import { Prose } from '../parts/prose';
import { RowList } from '../parts/row-list';
import { isEmpty, origin, locator, reading } from './doctor-source';
import { rows, selectedRow, selectRow, type DoctorRow } from './doctor-state';

export function DoctorList() {
  const texts = t.value.doctor;
  if (isEmpty.value) return <Welcome />;
  if (!doctor.value) return <p class="pane-note">{texts.loading}</p>;
  if (rows.value.length === 0) return <Nothing />;
  return (
    <RowList
      label={t.value.pane.findings}
      selected={selectedRow.value?.id ?? null}
      onSelect={(id) => selectRow(String(id))}
      rows={rows.value.map((row, index) => ({ id: row.id, class: 'finding-row', content: <Row row={row} nth={index + 1} /> }))}
    />
  );
}

function Row({ row, nth }: { row: DoctorRow; nth: number }) {
  const texts = t.value.doctor;
  if (row.kind === 'explanation') {
    const { explanation } = row;
    return (
      <>
        <span class="finding-sign mono">{nth}</span>
        <span class="finding-sentence">
          <Prose text={causeSentence(explanation)} />
        </span>
        <span class="finding-about">
          {texts.fault[explanation.fault]} · {texts.writtenBy(sourceName(explanation.source))}
        </span>
      </>
    );
  }
  const { severity, fault, rule } = row.finding;
  return (
    <>
      <Severity severity={severity} />
      <span class="finding-sentence">
        <Prose text={row.kind === 'code' ? causeSentence(row.finding) : ruleWords({ ...row.finding, code: row.finding.rule }).sentence} />
      </span>
      <span class="finding-about">
        {rule && <code>{rule}</code>} {texts.fault[fault]} · {row.kind === 'code' ? texts.line(row.finding.line) : <Where row={row} />}
      </span>
    </>
  );
}

function Where({ row }: { row: DoctorRow & { kind: 'finding' } }) {
  const texts = t.value.doctor;
  const { part, start, end } = row.finding.where;
  const line = origin.value.kind === 'text' ? locator.value?.lineOf(part, start) : null;
  return (
    <>
      {texts.at(texts.part[part], start, end)}
      {line !== null && line !== undefined && ` · ${texts.line(line)}`}
    </>
  );
}

export function Severity({ severity }: { severity: 'error' | 'warning' | 'note' }) {
  return (
    <span class={`severity severity-${severity}`}>
      <span aria-hidden="true">{{ error: '✕', warning: '!', note: 'i' }[severity]}</span>
      <span class="visually-hidden">{t.value.doctor.severity[severity]}</span>
    </span>
  );
}

/** Nothing was pasted yet. */
function Welcome() {
  return (
    <p class="pane-note">
      <Prose text={t.value.doctor.empty} />
    </p>
  );
}

function Nothing() {
  const texts = t.value.doctor;
  const { form, connections } = reading.value;
  if (form === null) {
    return (
      <p class="pane-note">
        <strong>{texts.unknown}</strong> <Prose text={texts.unknownHint} />
      </p>
    );
  }
  const text = connections.length > 0 ? texts.summary.none : form === 'code' ? texts.noCode : texts.noExplanation;
  return (
    <p class="pane-note">
      <Prose text={text} />
    </p>
  );
}
