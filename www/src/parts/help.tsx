// The help: what the colours say, and every key, from the same lists that the page itself uses.

import { useEffect, useRef } from 'preact/hooks';
import { signal } from '@preact/signals';
import { singleKeys, t } from '../locale';
import { sections } from '../sections';
import { keyBindings, keyLabel } from '../state/keys';
import { version } from '../engine';
import { CloseMark } from './marks';

export const helpOpen = signal(false);

export function Help() {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = helpOpen.value;
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  const texts = t.value;
  return (
    <dialog
      ref={dialog}
      class="help"
      aria-labelledby="help-title"
      onClose={() => (helpOpen.value = false)}
      onClick={(event) => {
        if (event.target === dialog.current) helpOpen.value = false;
      }}
    >
      {open && (
        <div class="help-body">
          <header class="help-head">
            <h2 id="help-title">{texts.help}</h2>
            <button type="button" class="quiet" aria-label={texts.close} onClick={() => (helpOpen.value = false)}>
              <CloseMark />
            </button>
          </header>
          <p>{texts.helpIntro}</p>
          <h3>{texts.helpColours}</h3>
          <ul class="legend">
            <li>
              <span class="arrow out">→</span> {texts.directionOut}
            </li>
            <li>
              <span class="arrow in">←</span> {texts.directionIn}
            </li>
            {(['control', 'length', 'key', 'payload'] as const).map((tint) => (
              <li key={tint}>
                <span class={`legend-swatch mono tint-${tint}`}>81</span> {texts.tints[tint]}
              </li>
            ))}
            <li>
              <span class="legend-swatch mono masked">81</span> {texts.tintMasked}
            </li>
          </ul>
          <h3>{texts.helpKeys}</h3>
          <dl class="keys">
            <div class="key-line wide">
              <dt>
                {sections.map((section, index) => (
                  <kbd key={section.id}>{index + 1}</kbd>
                ))}
              </dt>
              <dd>
                {texts.keys.section}: {texts.list(sections.map((section) => texts.section[section.id]))}
              </dd>
            </div>
            {keyBindings.map((binding) => (
              <div key={binding.action} class="key-line">
                <dt>
                  {keyLabel(binding).map((part) => (
                    <kbd key={part}>{part}</kbd>
                  ))}
                </dt>
                <dd>{texts.keys[binding.action]}</dd>
              </div>
            ))}
          </dl>
          <label class="switch">
            <input type="checkbox" checked={singleKeys.value} onChange={(event) => (singleKeys.value = event.currentTarget.checked)} />
            {texts.singleKeys} <span class="part-hint">{texts.singleKeysHint}</span>
          </label>
          <p class="help-version">ws101 {version} · RFC 6455</p>
        </div>
      )}
    </dialog>
  );
}
