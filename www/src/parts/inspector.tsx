// The Inspector: the same in every section, so that it is learnt once.

import type { ComponentChildren } from 'preact';
import { t } from '../locale';
import { BitRow } from './bit-row';
import { ByteGrid } from './byte-grid';
import { FieldTree } from './field-tree';
import { Findings } from './findings';
import type { Inspected } from './inspected';
import { Unmasking } from './unmasking';

interface InspectorProps {
  inspected: Inspected;
  empty?: ComponentChildren;
  children?: ComponentChildren;
  /** `elsewhere` where the children already say what is broken. */
  findings?: 'shown' | 'elsewhere';
}

export function Inspector({ inspected, empty, children, findings = 'shown' }: InspectorProps) {
  const target = inspected.target.value;
  const { problems, fields } = inspected.reading.value;
  if (!target) return <div class="inspector-empty">{empty ?? <p>{t.value.inspector.nothing}</p>}</div>;
  const texts = t.value.inspector;
  return (
    <div class="inspector">
      {children}
      {findings === 'shown' && <Findings problems={problems} inspected={inspected} />}
      {target.bytes.length > 0 && (
        <section class="part" aria-label={texts.bytes}>
          <h3 class="part-title">
            {texts.bytes} <span class="part-hint">{t.value.live.bytes(target.bytes.length)}</span>
          </h3>
          <ByteGrid inspected={inspected} />
        </section>
      )}
      {target.bytes.length > 0 && (
        <section class="part" aria-label={texts.bits}>
          <h3 class="part-title">{texts.bits}</h3>
          <BitRow inspected={inspected} />
        </section>
      )}
      <Unmasking inspected={inspected} />
      {fields.length > 0 && (
        <section class="part" aria-label={texts.fields}>
          <h3 class="part-title">{texts.fields}</h3>
          <FieldTree inspected={inspected} />
        </section>
      )}
    </div>
  );
}
