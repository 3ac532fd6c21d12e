// Doctor: what somebody pasted, what is wrong with it, and the bytes that show it; or the page of a rule.

import { useEffect } from 'preact/hooks';
import { countOf } from '../doctor/count';
import type { Severity } from '../doctor/engine';
import { callDoctor, doctor, doctorLost } from '../doctor/load';
import { readAsChoices, type ReadAs } from '../doctor/read';
import { formName, gapSentence } from '../doctor/wording';
import { t } from '../locale';
import { CopyLink } from '../parts/copy-link';
import { Inspector } from '../parts/inspector';
import { Meaning } from '../parts/meaning';
import { Prose } from '../parts/prose';
import { Workbench } from '../parts/workbench';
import { DoctorBrowsers } from './doctor-browsers';
import { DoctorCompose } from './doctor-compose';
import { DoctorDetail, exampleTitle } from './doctor-detail';
import { DoctorEditor } from './doctor-editor';
import { DoctorList } from './doctor-list';
import { RuleArticle, RuleIndex } from './doctor-rule';
import { chooseConnection, chosen, connection, diagnosis, isEmpty, largest, openFile, origin, readAs, reading, refused, setText } from './doctor-source';
import { inspected, openRule, ruleAddress, selectedRow, showsExample, startDoctor, view } from './doctor-state';

export function Doctor() {
  const texts = t.value;
  useEffect(() => startDoctor(), []);
  const onRules = openRule.value !== null;
  return (
    <Workbench
      id="doctor"
      view={view}
      bar={<Summary />}
      notices={<Notices />}
      source={
        onRules
          ? { title: texts.pane.rules, tab: texts.tab.rules, content: <RuleIndex /> }
          : { title: texts.pane.pasted, tab: texts.tab.pasted, aside: <SourceTools />, content: <DoctorEditor />, footer: <SourceNotes /> }
      }
      list={
        onRules
          ? { title: texts.pane.rule, tab: texts.tab.rule, content: <RuleArticle /> }
          : { title: texts.pane.findings, tab: texts.tab.findings, content: <Findings /> }
      }
      inspector={{
        title: texts.pane.inspector,
        tab: texts.tab.bytes,
        empty: inspected.target.value === null && selectedRow.value === null,
        aside: <span class="pane-subject">{showsExample.value && !onRules && selectedRow.value ? exampleTitle(selectedRow.value) : inspected.target.value?.title}</span>,
        content: onRules || selectedRow.value === null ? <Inspector inspected={inspected} findings="elsewhere" empty={<p>{texts.doctor.selectRow}</p>} /> : <DoctorDetail row={selectedRow.value} />,
        footer: <Meaning inspected={inspected} />,
      }}
      compose={{ title: texts.pane.reproduce, content: <DoctorCompose /> }}
    />
  );
}

function Findings() {
  return (
    <>
      <DoctorList />
      <DoctorBrowsers />
    </>
  );
}

function Summary() {
  const texts = t.value.doctor;
  return (
    <div class="summary">
      <Verdict />
      {openRule.value === null && origin.value.kind === 'text' && (
        <label class="inline-field">
          <span>{texts.readAs}</span>
          <select
            value={readAs.value}
            onChange={(event) => {
              readAs.value = event.currentTarget.value as ReadAs;
            }}
          >
            {readAsChoices.map((choice) => (
              <option key={choice} value={choice}>
                {texts.readAsNames[choice]}
              </option>
            ))}
          </select>
        </label>
      )}
      <RulesLink />
      <CopyLink />
    </div>
  );
}

function RulesLink() {
  const texts = t.value.doctor;
  if (openRule.value === null) {
    return (
      <a class="button quiet" href={ruleAddress('')}>
        {texts.rules}
      </a>
    );
  }
  return (
    <button type="button" class="plain" onClick={() => (openRule.value = null)}>
      {texts.back}
    </button>
  );
}

function Verdict() {
  const texts = t.value.doctor.summary;
  if (openRule.value !== null) return <p class="verdict">{openRule.value === '' ? t.value.doctor.rules : <code>{openRule.value}</code>}</p>;
  if (!doctor.value && !doctorLost.value) return <p class="verdict">{t.value.doctor.loading}</p>;
  if (isEmpty.value) return <p class="verdict quiet-verdict">{texts.nothing}</p>;
  const found = [...(diagnosis.value?.findings ?? []), ...reading.value.code];
  const explained = reading.value.lines.reduce((sum, { explanations }) => sum + explanations.length, 0);
  const count = (severity: Severity) => countOf(found.filter((finding) => finding.severity === severity));
  if (reading.value.form === null) return <Told good={false}>{texts.unknown}</Told>;
  if (found.length > 0) return <Told good={count('error') === 0 && count('warning') === 0}>{texts.counts(count('error'), count('warning'), count('note'))}</Told>;
  if (explained > 0) return <Told good={false}>{texts.causes(explained)}</Told>;
  if (connection.value) return <Told good>{texts.none}</Told>;
  return <p class="verdict">{reading.value.form === 'code' ? texts.none : texts.unknown}</p>;
}

function Told({ good, children }: { good: boolean; children: string }) {
  return (
    <p class={good ? 'verdict good' : 'verdict bad'} role="status">
      <span aria-hidden="true">{good ? '✓' : '✕'}</span> {children}
    </p>
  );
}

function Notices() {
  const texts = t.value.doctor;
  if (doctorLost.value) {
    return (
      <p class="notice warning" role="alert">
        {texts.lost}{' '}
        <button type="button" class="plain" onClick={() => void callDoctor()}>
          {texts.retry}
        </button>
      </p>
    );
  }
  if (refused.value) {
    return (
      <p class="notice warning" role="alert">
        <Prose text={texts.tooLarge(refused.value.name ?? texts.editor, mebibytes(refused.value.size), mebibytes(largest))} />
      </p>
    );
  }
  return null;
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}

function SourceTools() {
  const texts = t.value.doctor;
  return (
    <span class="source-tools">
      <label class="button plain">
        {texts.openFile}
        <input
          type="file"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file) void openFile(file);
            event.currentTarget.value = '';
          }}
        />
      </label>
      <button type="button" class="quiet" disabled={isEmpty.value} onClick={() => setText('')}>
        {texts.clear}
      </button>
    </span>
  );
}

/** What it was read as, and what is not known of it. */
function SourceNotes() {
  const texts = t.value.doctor;
  const { form, connections, remarks, problem } = reading.value;
  if (isEmpty.value || !doctor.value) return null;
  const from = origin.value;
  const current = connection.value;
  return (
    <div class="source-notes">
      {form !== null && <p>{from.kind === 'text' ? texts.takenFor(formName(form)) : texts.origins[from.kind](from.name)}</p>}
      {problem && (
        <p class="problem">
          {problem.line !== null && <strong>{texts.placeOf(problem.line, problem.column)}: </strong>}
          {readAs.value === 'auto' ? texts.unknown : texts.unreadable} {readAs.value === 'auto' ? <Prose text={texts.unknownHint} /> : <span lang="en">{problem.message}</span>}
        </p>
      )}
      {connections.length > 1 && (
        <label class="inline-field">
          <span>{texts.connection}</span>
          <select value={chosen.value} onChange={(event) => chooseConnection(Number(event.currentTarget.value))}>
            {connections.map(({ number, url }, index) => (
              <option key={number} value={index}>
                {texts.connectionName(number, url)}
              </option>
            ))}
          </select>
        </label>
      )}
      {current && current.gaps.length + remarks.length + current.notes.length > 0 && (
        <details>
          <summary>
            {texts.notKnown} ({current.gaps.length + remarks.length + current.notes.length})
          </summary>
          <ul>
            {current.gaps.map((gap) => (
              <li key={gap.gap}>{gapSentence(gap)}</li>
            ))}
            {[...remarks, ...current.notes].map((note) => (
              <li key={note} lang="en">
                {note}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
