// A field for bytes in hex. What is typed stays as typed; what comes from elsewhere replaces it.

import { useEffect, useId, useState } from 'preact/hooks';
import { hexProblemText, t } from '../locale';
import { formatHex, parseHex } from '../state/bytes';
import { Prose } from './prose';

interface HexInputProps {
  label: string;
  bytes: Uint8Array;
  onBytes: (bytes: Uint8Array<ArrayBuffer>) => void;
  /** The only length allowed, in bytes. */
  length?: number;
  rows?: number;
  hideLabel?: boolean;
  placeholder?: string;
}

export function HexInput({ label, bytes, onBytes, length, rows, hideLabel, placeholder }: HexInputProps) {
  const id = useId();
  const [draft, setDraft] = useState(() => formatHex(bytes));
  const current = formatHex(bytes);
  useEffect(() => {
    const parsed = parseHex(draft).bytes;
    if (!parsed || formatHex(parsed) !== current) setDraft(current);
  }, [current]);

  const parsed = parseHex(draft);
  const problem = parsed.problem
    ? hexProblemText(parsed.problem)
    : length !== undefined && parsed.bytes.length !== length
      ? t.value.hex.wrongLength(length, parsed.bytes.length)
      : null;
  const onInput = (event: { currentTarget: { value: string } }) => {
    const text = event.currentTarget.value;
    setDraft(text);
    const result = parseHex(text);
    if (result.bytes && (length === undefined || result.bytes.length === length)) onBytes(result.bytes);
  };
  const shared = {
    id,
    class: 'mono',
    value: draft,
    spellcheck: false,
    autocomplete: 'off',
    autocapitalize: 'off',
    placeholder,
    onInput,
    'aria-invalid': problem !== null,
    'aria-describedby': problem ? `${id}-problem` : undefined,
  } as const;
  return (
    <div class="input">
      <label for={id} class={hideLabel ? 'visually-hidden' : ''}>
        {label}
      </label>
      {rows ? <textarea rows={rows} {...shared} /> : <input type="text" {...shared} />}
      <Problem id={`${id}-problem`} text={problem} />
    </div>
  );
}

/** Says what is wrong with the field above it; read out as it appears. */
export function Problem({ id, text }: { id: string; text: string | null }) {
  return (
    <p id={id} class="problem" role="alert">
      {text && <Prose text={text} />}
    </p>
  );
}
