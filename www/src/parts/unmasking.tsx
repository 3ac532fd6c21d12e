// Byte ⊕ key = byte, for every payload byte: the one thing on the page that moves, because it is what masking is.

import { useState } from 'preact/hooks';
import { layout } from '../layout';
import { t } from '../locale';
import { hexByte } from '../state/bytes';
import { characterSpans } from '../state/characters';
import { bytesOf, byteRange } from '../state/selection';
import { unmask } from './field-value';
import { choose, type Inspected } from './inspected';

const step = 256;

export function Unmasking({ inspected }: { inspected: Inspected }) {
  const run = inspected.reading.value.masked[0];
  const bytes = inspected.target.value?.bytes;
  const columns = layout.value === 'narrow' ? 8 : 16;
  const [limit, setLimit] = useState(columns * 4);
  if (!run || !bytes) return null;

  const { masked } = inspected.reading.value;
  const end = Math.min(run.end, run.start + limit);
  const wire = bytes.slice(run.start, end);
  const meant = unmask(wire, run.start, bytes, masked);
  const key = bytes.slice(run.key.start, run.key.end);
  const spans = characterSpans(meant);
  const active = inspected.active.value;
  const linked = active ? bytesOf(active) : null;
  const keyLinked = active !== null && active.start < run.key.end * 8 && active.end > run.key.start * 8 && active.start >= run.key.start * 8;
  const texts = t.value.inspector;

  return (
    <section class="unmasking" aria-label={texts.unmasking}>
      <h3 class="part-title">
        {texts.unmasking} <span class="part-hint">{texts.unmaskingHow}</span>
      </h3>
      <div
        class="unmask-flow"
        key={`${run.start}:${hexByte(key[0]!)}${hexByte(key[1]!)}${hexByte(key[2]!)}${hexByte(key[3]!)}`}
        onPointerLeave={() => (inspected.hover.value = null)}
      >
        <div class="unmask-legend" aria-hidden="true">
          <span>{texts.wire}</span>
          <span>⊕ {texts.key}</span>
          <span>{texts.meant}</span>
          <span>{texts.character}</span>
        </div>
        {spans.map((span) => (
          <div key={span.start} class="unmask-character">
            <div class="unmask-columns">
              {Array.from({ length: span.length }, (_, nth) => {
                const at = span.start + nth;
                const index = run.start + at;
                const isLinked = linked !== null && index >= linked.first && index <= linked.last;
                return (
                  <div
                    key={at}
                    class={isLinked ? 'unmask-column linked' : 'unmask-column'}
                    style={{ animationDelay: `${Math.min(at, 48) * 24}ms` }}
                    onPointerOver={(event) => event.pointerType === 'mouse' && (inspected.hover.value = byteRange(index))}
                    onClick={() => choose(inspected, null, byteRange(index))}
                  >
                    <span class="unmask-wire masked">{hexByte(wire[at]!)}</span>
                    <span class={keyLinked ? 'unmask-key tint-key linked' : 'unmask-key tint-key'}>{hexByte(key[at % key.length]!)}</span>
                    <span class="unmask-meant" style={{ animationDelay: `${Math.min(at, 48) * 24}ms` }}>
                      {hexByte(meant[at]!)}
                    </span>
                  </div>
                );
              })}
            </div>
            <span class={span.text === null ? 'unmask-text not-text' : 'unmask-text'} title={span.text === null ? texts.notUtf8 : undefined}>
              {span.text ?? '·'}
            </span>
          </div>
        ))}
      </div>
      {end < run.end && (
        <button type="button" class="quiet" onClick={() => setLimit(limit + step)}>
          {texts.more(Math.min(step, run.end - end))}
        </button>
      )}
    </section>
  );
}
