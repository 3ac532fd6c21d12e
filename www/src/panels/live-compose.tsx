// Compose in Live: the browser's own send() and close(), what they will make, and what they made.

import { computed, signal } from '@preact/signals';
import { attempt, encodeClosePayload, encodeFrame, opcodes, type Ws101Error } from '../engine';
import { errorText, hexProblemText, t } from '../locale';
import * as session from '../live/session';
import { Problem } from '../parts/hex-input';
import { TintedHex } from '../parts/tinted-hex';
import { defaultAddress, formatAddress } from '../state/address';
import { utf8 } from '../state/bytes';
import { checkClose, checkHex, type SendProblem } from '../state/sending';

const kinds = ['text', 'binary', 'close', 'ping', 'server-close'] as const;
type Kind = (typeof kinds)[number];

const kind = signal<Kind>('text');
const drafts = { text: signal(session.greeting), binary: signal('48 65 6c 6c 6f'), code: signal('1000'), reason: signal(''), ping: signal('ws101') };

interface Draft {
  problem: SendProblem | { kind: 'protocol'; error: Ws101Error } | null;
  preview: Uint8Array | null;
  send: () => void;
}

/** Each kind reads its own draft: what is wrong with it, the frame that it will make, how it is sent. */
const readers: Record<Kind, () => Draft> = {
  text: () => {
    const data = drafts.text.value;
    return { problem: null, preview: session.preview(data), send: () => session.send(data) };
  },
  binary: () => {
    const { bytes, problem } = checkHex(drafts.binary.value);
    return { problem, preview: bytes && session.preview(bytes), send: () => bytes && session.send(bytes) };
  },
  close: () => {
    const { code, problem } = checkClose(drafts.code.value, drafts.reason.value);
    const payload = code === null ? null : attempt(() => encodeClosePayload(code, drafts.reason.value)).value;
    const frame = payload && encodeFrame({ opcode: opcodes.close, payload, maskingKey: 'random' });
    return { problem, preview: frame, send: () => code !== null && session.close(code, drafts.reason.value) };
  },
  ping: () => {
    const payload = utf8(drafts.ping.value);
    const { value, error } = attempt(() => encodeFrame({ opcode: opcodes.ping, payload }));
    return { problem: error && { kind: 'protocol', error }, preview: value, send: () => session.pingFromServer(payload) };
  },
  'server-close': () => {
    const code = /^\d{1,5}$/.test(drafts.code.value.trim()) ? Number(drafts.code.value) : 0;
    const { value, error } = attempt(() => encodeClosePayload(Math.min(code, 65535), drafts.reason.value));
    return {
      problem: error && { kind: 'protocol', error },
      preview: value && encodeFrame({ opcode: opcodes.close, payload: value }),
      send: () => session.closeFromServer(code, drafts.reason.value),
    };
  },
};

/** What no script can send: the server sends it, at the tap's command. */
const byServer: readonly Kind[] = ['ping', 'server-close'];

const draft = computed(() => readers[kind.value]());
const ready = computed(() => (byServer.includes(kind.value) ? session.tapped.value : session.state.value === 'OPEN') && draft.value.problem === null);

export function composeSend(): void {
  if (ready.value) draft.value.send();
}

export function LiveCompose() {
  const texts = t.value.compose;
  const { problem, preview } = draft.value;
  const sendLabel = { text: texts.send, binary: texts.send, close: texts.sendClose, ping: texts.sendPing, 'server-close': texts.sendClose }[kind.value];
  return (
    <form
      class="compose-form"
      onSubmit={(event) => {
        event.preventDefault();
        composeSend();
      }}
    >
      <div class="compose-line">
        <label class="visually-hidden" for="compose-kind">
          {texts.kind}
        </label>
        <select id="compose-kind" value={kind.value} onChange={(event) => {
            kind.value = event.currentTarget.value as Kind;
            session.comparison.value = null;
          }}>
          {kinds.map((each) => (
            <option key={each} value={each}>
              {texts.kindOption[each]}
            </option>
          ))}
        </select>
        <DraftFields />
        <button type="submit" class="primary" disabled={!ready.value}>
          {sendLabel}
        </button>
      </div>
      <Problem id="compose-problem" text={problem && problemText(problem)} />
      <div class="compose-preview">
        <Foretold preview={preview} />
        <span class="compose-note">
          <SenderNote />{' '}
          {preview && <a href={formatAddress({ ...defaultAddress, section: 'frame', stream: preview })}>{texts.forge}</a>}
        </span>
      </div>
    </form>
  );
}

/** Who will send it, and what of it is not the script's to choose. */
function SenderNote() {
  const texts = t.value.compose;
  if (kind.value === 'ping') return <>{texts.pingNote}</>;
  if (kind.value === 'server-close') return <>{texts.serverCloseNote}</>;
  return (
    <>
      {session.comparison.value ? texts.sentNote : texts.previewNote} <span class="compose-more">{texts.notMine}</span>
    </>
  );
}

function DraftFields() {
  const texts = t.value.compose;
  switch (kind.value) {
    case 'text':
      return <DraftField id="compose-text" label={texts.text} placeholder={texts.textPlaceholder} draft={drafts.text} />;
    case 'binary':
      return <DraftField id="compose-hex" label={texts.hex} placeholder={texts.hexPlaceholder} draft={drafts.binary} mono />;
    case 'close':
    case 'server-close':
      return (
        <>
          <DraftField id="compose-code" label={texts.code} draft={drafts.code} mono short />
          <DraftField id="compose-reason" label={texts.reason} placeholder={texts.reason} draft={drafts.reason} />
        </>
      );
    case 'ping':
      return <DraftField id="compose-ping" label={texts.pingPayload} draft={drafts.ping} />;
  }
}

function DraftField({ id, label, placeholder, draft, mono, short }: { id: string; label: string; placeholder?: string; draft: typeof drafts.text; mono?: boolean; short?: boolean }) {
  return (
    <>
      <label class="visually-hidden" for={id}>
        {label}
      </label>
      <input
        id={id}
        type="text"
        class={`draft${mono ? ' mono' : ''}${short ? ' short' : ''}`}
        value={draft.value}
        placeholder={placeholder}
        autocomplete="off"
        spellcheck={false}
        aria-describedby="compose-problem"
        onInput={(event) => {
          draft.value = event.currentTarget.value;
          session.comparison.value = null;
        }}
      />
    </>
  );
}

/** What will be sent; once it was, what the browser made of it beside it: only the key and what it masks differ. */
function Foretold({ preview }: { preview: Uint8Array | null }) {
  const texts = t.value.compose;
  const pair = session.comparison.value;
  const sent = pair && session.rows.value[pair.row];
  if (pair && sent) {
    return (
      <>
        <PreviewBytes label={texts.preview} bytes={pair.preview} />
        <PreviewBytes label={texts.sent} bytes={sent.bytes} />
      </>
    );
  }
  return preview && <PreviewBytes label={texts.preview} bytes={preview} />;
}

function PreviewBytes({ label, bytes }: { label: string; bytes: Uint8Array }) {
  return (
    <span class="compose-bytes">
      <span class="compose-label">{label}</span>
      <TintedHex bytes={bytes} limit={16} />
    </span>
  );
}

function problemText(problem: NonNullable<Draft['problem']>): string {
  const texts = t.value.compose.problem;
  switch (problem.kind) {
    case 'protocol': {
      const { sentence, fix, section } = errorText(problem.error);
      return `${sentence} ${fix} (${section})`;
    }
    case 'hex':
      return hexProblemText(problem.problem);
    case 'code':
      return texts.code;
    case 'reason':
      return texts.reason(problem.bytes);
  }
}
