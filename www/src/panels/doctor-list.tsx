// The findings, or what produces a pasted line, or what is wrong with code: a row each.

import { doctor } from '../doctor/load';
import { causeSentence, ruleWords, sourceName } from '../doctor/wording';
import { t } from '../locale';
import { Prose } from '../parts/prose';
import { RowList } from '../parts/row-list';
import { Severity } from '../parts/severity';
import { examples, type ExampleName } from './doctor-examples';
import { isEmpty, locator, origin, reading, setText } from './doctor-source';
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
      {row.finding.more !== undefined && <strong class="finding-more"> {texts.more(row.finding.more)}</strong>}
    </>
  );
}

/** Nothing was pasted yet. */
function Welcome() {
  const texts = t.value.doctor;
  return (
    <div class="pane-note welcome">
      <p>
        <Prose text={texts.empty} />
      </p>
      <h3 class="part-title">{texts.examples}</h3>
      <ul>
        {(Object.keys(examples) as ExampleName[]).map((name) => (
          <li key={name}>
            <button type="button" class="plain" onClick={() => setText(examples[name])}>
              {texts.exampleNames[name]}
            </button>
          </li>
        ))}
      </ul>
    </div>
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
