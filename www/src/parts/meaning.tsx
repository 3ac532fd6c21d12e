// What the selected part is: its name, its value, a sentence, and where the RFC says so.

import type { InspectedField } from '../engine';
import { fieldText, t } from '../locale';
import { bytesOf, innermost, type BitRange } from '../state/selection';
import { leavesWithin, tintOf } from '../state/tints';
import { valueText } from './field-value';
import { SectionLink } from './section-link';
import type { Inspected } from './inspected';

export function Meaning({ inspected }: { inspected: Inspected }) {
  const target = inspected.target.value;
  const { fields, leaves } = inspected.reading.value;
  if (!target) return null;
  const active = inspected.active.value;
  const sharing = active ? leavesWithin(leaves, active.start, active.end) : [];
  if (active && sharing.length > 1 && active.end - active.start === 8) return <SharedByte inspected={inspected} byte={active} fields={sharing} />;
  const field = fields[innermost(fields, active)] ?? (active ? null : fields[0]);
  if (!field) {
    const text = active && target.as !== 'data' ? t.value.inspector.raw : (target.note ?? t.value.inspector.data);
    return (
      <section class="meaning" id="meaning" aria-label={t.value.inspector.meaning}>
        {active && <p class="meaning-title">{placeText(active)}</p>}
        <p>{text}</p>
      </section>
    );
  }
  const { name, sentence, section } = fieldText(field.kind);
  const value = valueText(field, target.bytes, inspected.reading.value.masked);
  return (
    <section class="meaning" id="meaning" aria-label={t.value.inspector.meaning}>
      <p class="meaning-title">
        <strong>{name}</strong>
        {value && <span class="mono meaning-value">{value}</span>}
        <span class="meaning-place">{placeText(field)}</span>
      </p>
      <p>
        {sentence} {!field.complete && <span class="finding-text">{t.value.inspector.cut}. </span>}
        <SectionLink section={section} />
      </p>
    </section>
  );
}

/** A byte that several fields share is told by all of them. */
function SharedByte({ inspected, byte, fields }: { inspected: Inspected; byte: BitRange; fields: readonly InspectedField[] }) {
  const bytes = inspected.target.value!.bytes;
  return (
    <section class="meaning" id="meaning" aria-label={t.value.inspector.meaning}>
      <p class="meaning-title">
        <strong>{t.value.inspector.fields}</strong>
        <span class="meaning-place">{placeText(byte)}</span>
      </p>
      <ul class="meaning-fields">
        {fields.map((field) => (
          <li key={field.start}>
            <span class={`tint-${tintOf(field.kind)}`}>{fieldText(field.kind).name}</span> <span class="mono">{valueText(field, bytes, inspected.reading.value.masked)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Whole bytes as bytes, parts of one as its bits. */
export function placeText(range: BitRange | InspectedField): string {
  const { first, last } = bytesOf(range);
  const whole = range.start % 8 === 0 && range.end % 8 === 0;
  if (whole || first !== last) return t.value.inspector.bytesAt(first, last);
  return t.value.inspector.bitsAt(first, range.start % 8, (range.end - 1) % 8);
}
