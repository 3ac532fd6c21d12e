// Handshake: request and response, and every step from the key to the accept.

import { generateKey } from '../engine';
import { errorText, t } from '../locale';
import { CopyLink } from '../parts/copy-link';
import { Findings } from '../parts/findings';
import { Inspector } from '../parts/inspector';
import { DieMark } from '../parts/marks';
import { Meaning } from '../parts/meaning';
import { Prose } from '../parts/prose';
import { RowList } from '../parts/row-list';
import { SectionLink } from '../parts/section-link';
import { Workbench } from '../parts/workbench';
import { defaultAddress } from '../state/address';
import { formatHex, readLatin1 } from '../state/bytes';
import type { AcceptStep } from '../state/accept-steps';
import { Arrow } from './live-row';
import { accepted, edited, explanation, findings, inspected, key, placeOf, refusedBy, request, responseText, selectedStep, selectStep, steps, view, type Message, type StepId } from './handshake-state';

export function Handshake() {
  const texts = t.value;
  return (
    <Workbench
      id="handshake"
      view={view}
      bar={<Verdict />}
      source={{ title: texts.pane.heads, tab: texts.tab.heads, content: <Heads /> }}
      list={{ title: texts.pane.steps, tab: texts.tab.steps, content: <Steps /> }}
      inspector={{
        title: texts.pane.inspector,
        tab: texts.tab.bytes,
        aside: <span class="pane-subject">{inspected.target.value?.title}</span>,
        content: <Inspector inspected={inspected} />,
        footer: <Meaning inspected={inspected} />,
      }}
      compose={{ title: texts.pane.compose, content: <KeyEditor /> }}
    />
  );
}

function Verdict() {
  const texts = t.value.handshake;
  const by = refusedBy.value;
  return (
    <div class="summary">
      <p class={by === null ? 'verdict good' : 'verdict bad'} role="status">
        <span aria-hidden="true">{by === null ? '✓' : '✕'}</span> {by === null ? texts.verified : texts.refused[by](findings.value.length)}
      </p>
      <CopyLink />
    </div>
  );
}

function Heads() {
  const texts = t.value.handshake;
  const of = (message: Message) => findings.value.filter((finding) => finding.message === message).map(({ problem }) => problem);
  return (
    <div class="heads">
      <h3 class="part-title">
        <Arrow direction="out" /> {texts.request}
      </h3>
      <pre class="head-text mono" tabIndex={0} aria-label={texts.messages.request}>
        <Marked text={readLatin1(request.value).trimEnd().replaceAll('\r\n', '\n')} part={key.value} />
      </pre>
      <Findings problems={of('request')} />
      <h3 class="part-title">
        <Arrow direction="in" /> <label for="response-text">{texts.response}</label>
        <button type="button" class="quiet" disabled={edited.value === null} onClick={() => (edited.value = null)}>
          {texts.reset}
        </button>
      </h3>
      <textarea
        id="response-text"
        class="mono head-edit"
        rows={8}
        spellcheck={false}
        autocomplete="off"
        value={responseText.value}
        aria-describedby="response-hint"
        onInput={(event) => {
          edited.value = event.currentTarget.value;
          if (selectedStep.value === 'response') inspected.selection.value = placeOf('response');
        }}
      />
      <p id="response-hint" class="part-hint">
        {texts.responseHint}
      </p>
      <Findings problems={of('response')} {...(selectedStep.value === 'response' ? { inspected } : {})} />
    </div>
  );
}

/** Text with one part of it marked. */
function Marked({ text, part }: { text: string; part: string }) {
  const at = part === '' ? -1 : text.indexOf(part);
  if (at < 0) return <>{text}</>;
  return (
    <>
      {text.slice(0, at)}
      <mark class="tint-key">{part}</mark>
      {text.slice(at + part.length)}
    </>
  );
}

function Steps() {
  const texts = t.value.handshake;
  const rows = steps.value.map((step) => ({
    id: step.id as StepId,
    class: `step step-${step.id}`,
    content: (
      <>
        <span class="step-sign mono" aria-hidden="true">
          {signs[step.id]}
        </span>
        <span class="step-title">{texts.steps[step.id].title}</span>
        <span class="step-how">{t.value.live.bytes(step.bytes.length)}</span>
        <span class="step-value mono">
          <StepValue step={step} />
        </span>
      </>
    ),
  }));
  const messages = (['request', 'response'] as const).map((message) => ({
    id: message as StepId,
    class: `step step-message ${message === 'request' ? 'out' : 'in'}`,
    content: (
      <>
        <span class="step-sign">
          <Arrow direction={message === 'request' ? 'out' : 'in'} />
        </span>
        <span class="step-title">{texts.messages[message]}</span>
        <span class="step-how">
          {message === 'response' && accepted.value !== null && (
            <span class={accepted.value ? 'verdict good' : 'verdict bad'}>
              <span aria-hidden="true">{accepted.value ? '✓' : '✕'}</span> {accepted.value ? texts.match : texts.noMatch}
            </span>
          )}
        </span>
      </>
    ),
  }));
  return (
    <>
      <RowList label={t.value.pane.steps} rows={[messages[0]!, ...rows, messages[1]!]} selected={selectedStep.value} onSelect={(id) => selectStep(id as StepId)} />
      <p class="pane-note">
        {texts.proves} <SectionLink section="RFC 6455 §1.3" />
      </p>
    </>
  );
}

const signs: Record<AcceptStep['id'], string> = { key: 'key', nonce: '→ 16', guid: '+', concatenated: '=', digest: 'SHA-1', accept: 'base64' };

function StepValue({ step }: { step: AcceptStep }) {
  switch (step.id) {
    case 'key':
      return <span class="tint-key">{step.text}</span>;
    case 'guid':
      return <span class="tint-length">{step.text}</span>;
    case 'concatenated':
      return (
        <>
          <span class="tint-key">{explanation.value.key}</span>
          <wbr />
          <span class="tint-length">{explanation.value.guid}</span>
        </>
      );
    case 'accept':
      return (
        <strong class="tint-control" data-testid="accept">
          {step.text}
        </strong>
      );
    default:
      return <>{formatHex(step.bytes)}</>;
  }
}

function KeyEditor() {
  const texts = t.value.handshake;
  const { problem } = explanation.value;
  return (
    <div class="compose-form">
      <div class="compose-line">
        <label class="compose-name" for="key-text">
          {texts.key}
        </label>
        <input
          id="key-text"
          class="mono draft"
          type="text"
          value={key.value}
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          aria-invalid={problem !== null}
          aria-describedby="key-problem key-hint"
          onInput={(event) => setKey(event.currentTarget.value)}
        />
        <button type="button" class="plain" onClick={() => setKey(generateKey())}>
          <DieMark /> <span class="button-text">{texts.draw}</span>
        </button>
        {key.value !== defaultAddress.key && (
          <button type="button" class="quiet" onClick={() => setKey(defaultAddress.key)}>
            {texts.rfcKey}
          </button>
        )}
      </div>
      <div id="key-problem" class="problem" role="alert">
        {problem && (
          <>
            <Prose text={errorText(problem).sentence} /> <Prose text={errorText(problem).fix} /> {texts.invalidKey}
          </>
        )}
      </div>
      <p id="key-hint" class="compose-note">
        {texts.keyHint}
      </p>
    </div>
  );
}

function setKey(text: string): void {
  key.value = text;
  inspected.selection.value = placeOf(selectedStep.value);
}
