// Frame: any bits that can be put in a frame, and any bytes read as frames.

import { useEffect } from 'preact/hooks';
import { callDoctorWhenIdle } from '../doctor/load';
import { opcodeName } from '../engine';
import { t } from '../locale';
import { CopyLink, copyText } from '../parts/copy-link';
import { DoctorFindings } from '../parts/doctor-findings';
import { HexInput } from '../parts/hex-input';
import { Inspector } from '../parts/inspector';
import { Meaning } from '../parts/meaning';
import { RowList } from '../parts/row-list';
import { Workbench } from '../parts/workbench';
import { longestLinkedStream } from '../state/address';
import { excerptHex, formatHex, readUtf8 } from '../state/bytes';
import type { FrameModel } from '../state/frame-model';
import { openInDoctor } from './doctor-open';
import { FrameForm } from './frame-form';
import { addFrame, diagnosis, examples, frames, inspected, payloadOf, problems, reader, recording, selectedFrame, selectFinding, selectFrame, setStream, shownIndex, stream, view } from './frame-state';

export function Frame() {
  const texts = t.value;
  const frame = selectedFrame.value;
  return (
    <Workbench
      id="frame"
      view={view}
      bar={<Summary />}
      notices={stream.value.length > longestLinkedStream && <p class="notice">{texts.frame.tooLongForLink}</p>}
      source={{
        title: texts.pane.form,
        tab: texts.tab.form,
        aside: frames.value.length > 1 && <span class="pane-subject">{texts.frame.nth(shownIndex.value + 1)}</span>,
        content: frame ? <FrameForm frame={frame} /> : <p class="pane-note">{texts.frame.noFrames}</p>,
      }}
      list={{ title: texts.pane.frames, tab: texts.tab.frames, content: <FrameList />, footer: <FrameDoctor /> }}
      inspector={{
        title: texts.pane.inspector,
        tab: texts.tab.bytes,
        empty: frame === null,
        aside: frame && <span class="pane-subject mono">{opcodeName(frame.opcode)}</span>,
        content: <Inspector inspected={inspected} empty={<p>{texts.frame.noFrames}</p>} />,
        footer: <Meaning inspected={inspected} />,
      }}
      compose={{ title: texts.pane.stream, content: <StreamEditor /> }}
    />
  );
}

function Summary() {
  const texts = t.value.frame;
  const count = problems.value.length;
  return (
    <div class="summary">
      <p class={count === 0 ? 'verdict good' : 'verdict bad'} role="status">
        <span aria-hidden="true">{count === 0 ? '✓' : '✕'}</span> {count === 0 ? t.value.inspector.nothingBroken : texts.rulesBroken(count)}
      </p>
      <label class="inline-field">
        <span>{texts.readAs}</span>
        <select value={reader.value} onChange={(event) => (reader.value = event.currentTarget.value as typeof reader.value)}>
          {(['any', 'server', 'client'] as const).map((each) => (
            <option key={each} value={each}>
              {texts.readers[each]}
            </option>
          ))}
        </select>
      </label>
      <CopyLink />
    </div>
  );
}

function FrameList() {
  const texts = t.value.frame;
  return (
    <RowList
      label={t.value.pane.frames}
      selected={shownIndex.value}
      onSelect={(id) => {
        selectFrame(Number(id));
        if (view.sheet.value === 'shut') view.sheet.value = 'half';
      }}
      rows={frames.value.map((frame, index) => ({
        id: index,
        class: 'frame-row',
        content: (
          <>
            <span class="row-time mono">{index + 1}</span>
            <span class="row-what">
              <span class="row-title mono">{opcodeName(frame.opcode)}</span>
              <span class="row-size mono">{String(frame.declaredLength)}</span>
              {frame.maskingKey && <span class="badge key">{t.value.live.masked}</span>}
              {!frame.fin && <span class="badge">{t.value.live.fragment}</span>}
              {!frame.complete && <span class="badge broken">{texts.cut}</span>}
              <FrameProblems frame={frame} />
              <span class="row-preview">{previewOf(frame)}</span>
            </span>
          </>
        ),
      }))}
    />
  );
}

function FrameDoctor() {
  useEffect(() => callDoctorWhenIdle(), []);
  return <DoctorFindings diagnosis={diagnosis.value} onSelect={selectFinding} onOpen={() => void openInDoctor('frame', '', recording.value)} />;
}

function FrameProblems({ frame }: { frame: FrameModel }) {
  const count = problems.value.filter(({ range }) => range && range[0] >= frame.start && range[0] < frame.end).length;
  return count === 0 ? null : <span class="badge broken">{t.value.frame.broken(count)}</span>;
}

function previewOf(frame: FrameModel): string {
  const payload = payloadOf(frame);
  const text = payload.length <= 256 ? readUtf8(payload) : null;
  return text ?? excerptHex(payload, 12);
}

function StreamEditor() {
  const texts = t.value.frame;
  return (
    <div class="compose-form stream-editor">
      <HexInput label={texts.stream} bytes={stream.value} onBytes={setStream} rows={2} />
      <div class="compose-line">
        <select
          aria-label={texts.examples}
          value=""
          onChange={(event) => {
            const name = event.currentTarget.value as keyof typeof examples;
            event.currentTarget.value = '';
            if (!(name in examples)) return;
            setStream(examples[name]());
            selectFrame(0);
          }}
        >
          <option value="">{texts.examples}…</option>
          {(Object.keys(examples) as (keyof typeof examples)[]).map((name) => (
            <option key={name} value={name}>
              {texts.exampleNames[name]}
            </option>
          ))}
        </select>
        <button type="button" class="plain" onClick={addFrame}>
          {texts.add}
        </button>
        <button type="button" class="quiet" onClick={() => void copyText(formatHex(stream.value), texts.hexCopied)}>
          {texts.copyHex}
        </button>
        <span class="compose-note">{texts.streamHint}</span>
      </div>
    </div>
  );
}
