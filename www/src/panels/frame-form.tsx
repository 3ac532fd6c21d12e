// The form of one frame: every bit of the header, and the payload as text or hex.

import { useEffect, useId, useState } from 'preact/hooks';
import { generateMaskingKey, knownOpcodes, opcodeName } from '../engine';
import { t } from '../locale';
import { HexInput, Problem } from '../parts/hex-input';
import { DieMark } from '../parts/marks';
import { readUtf8, utf8 } from '../state/bytes';
import type { FrameModel, LengthForm } from '../state/frame-model';
import { declaredChoice, editFrame, formChoice, payloadOf, removeFrame, rollKey } from './frame-state';

const highestLength = 2n ** 64n - 1n;

export function FrameForm({ frame }: { frame: FrameModel }) {
  const texts = t.value.frame;
  const id = useId();
  const form = formChoice(frame);
  return (
    <form class="frame-form" onSubmit={(event) => event.preventDefault()}>
      <fieldset class="flags">
        <legend>{`${texts.fin}, ${texts.rsv}`}</legend>
        <Flag name="FIN" checked={frame.fin} onChange={(fin) => editFrame(frame, { fin })} />
        <Flag name="RSV1" checked={frame.rsv1} onChange={(rsv1) => editFrame(frame, { rsv1 })} />
        <Flag name="RSV2" checked={frame.rsv2} onChange={(rsv2) => editFrame(frame, { rsv2 })} />
        <Flag name="RSV3" checked={frame.rsv3} onChange={(rsv3) => editFrame(frame, { rsv3 })} />
      </fieldset>

      <label for={`${id}-opcode`}>{texts.opcode}</label>
      <select id={`${id}-opcode`} value={String(frame.opcode)} onChange={(event) => editFrame(frame, { opcode: Number(event.currentTarget.value) })}>
        {Array.from({ length: 16 }, (_, opcode) => (
          <option key={opcode} value={String(opcode)}>
            {opcode} {knownOpcodes.includes(opcode) ? opcodeName(opcode) : texts.reserved}
          </option>
        ))}
      </select>

      <div class="key-field">
        <Flag name={texts.masked} checked={frame.maskingKey !== null} onChange={(masked) => editFrame(frame, { maskingKey: masked ? generateMaskingKey() : null })} />
        {frame.maskingKey && (
          <>
            <HexInput label={texts.maskingKey} hideLabel bytes={frame.maskingKey} length={4} onBytes={(maskingKey) => editFrame(frame, { maskingKey })} />
            <button type="button" class="plain die" aria-label={texts.roll} title={texts.roll} onClick={() => rollKey(frame)}>
              <DieMark />
            </button>
          </>
        )}
      </div>

      <label for={`${id}-form`}>{texts.lengthForm}</label>
      <select
        id={`${id}-form`}
        value={String(form)}
        onChange={(event) => {
          const value = event.currentTarget.value;
          editFrame(frame, { lengthForm: value === 'shortest' ? value : (Number(value) as LengthForm) });
        }}
      >
        {(['shortest', 7, 16, 64] as const).map((each) => (
          <option key={each} value={String(each)}>
            {texts.forms[each]}
          </option>
        ))}
      </select>

      <DeclaredLength id={`${id}-declared`} frame={frame} />
      <Payload frame={frame} />
      <button type="button" class="quiet remove" onClick={() => removeFrame(frame)}>
        {texts.remove}
      </button>
    </form>
  );
}

function Flag({ name, checked, onChange }: { name: string; checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <label class="flag">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      {name}
    </label>
  );
}

/** Empty stands for the payload's own length. */
function DeclaredLength({ id, frame }: { id: string; frame: FrameModel }) {
  const texts = t.value.frame;
  const declared = declaredChoice(frame)?.toString() ?? '';
  const [draft, setDraft] = useState(declared);
  useEffect(() => setDraft(declared), [declared]);
  const read = (text: string): bigint | null | undefined => {
    if (text.trim() === '') return null;
    if (!/^\d{1,20}$/.test(text.trim())) return undefined;
    const length = BigInt(text.trim());
    return length <= highestLength ? length : undefined;
  };
  const wrong = read(draft) === undefined;
  return (
    <>
      <label for={id}>{texts.declared}</label>
      <div>
        <input
          id={id}
          class="mono"
          type="text"
          inputMode="numeric"
          autocomplete="off"
          value={draft}
          placeholder={texts.declaredAuto}
          aria-invalid={wrong}
          aria-describedby={`${id}-problem`}
          onInput={(event) => {
            setDraft(event.currentTarget.value);
            const length = read(event.currentTarget.value);
            if (length !== undefined) editFrame(frame, { declaredLength: length });
          }}
        />
        <Problem id={`${id}-problem`} text={wrong ? texts.declaredProblem : null} />
      </div>
    </>
  );
}

function Payload({ frame }: { frame: FrameModel }) {
  const texts = t.value.frame;
  const id = useId();
  const payload = payloadOf(frame);
  const text = readUtf8(payload);
  const [wanted, setWanted] = useState<'text' | 'hex'>('text');
  const shown = text === null ? 'hex' : wanted;
  return (
    <div class="payload">
      <div class="payload-head" role="radiogroup" aria-label={texts.payload}>
        <span class="field-label">{texts.payload}</span>
        {(['text', 'hex'] as const).map((each) => (
          <label key={each} class="choice">
            <input type="radio" name={`${id}-as`} checked={shown === each} disabled={each === 'text' && text === null} onChange={() => setWanted(each)} />
            {each === 'text' ? texts.asText : texts.asHex}
          </label>
        ))}
      </div>
      {shown === 'text' ? (
        <textarea rows={3} aria-label={texts.payload} value={text ?? ''} spellcheck={false} onInput={(event) => editFrame(frame, { payload: utf8(event.currentTarget.value) })} />
      ) : (
        <HexInput label={texts.payload} hideLabel bytes={payload} rows={3} onBytes={(bytes) => editFrame(frame, { payload: bytes })} />
      )}
      {text === null && <p class="part-hint">{texts.notText}</p>}
    </div>
  );
}
