// From a key to an action: the section's own first, then those that every section shares.

import { currentSection, linkTo } from './navigation';
import { singleKeys } from './locale';
import { copyLink } from './parts/copy-link';
import { helpOpen } from './parts/help';
import { sections } from './sections';
import { matchKey, type KeyAction } from './state/keys';
import { moveBit, moveByte } from './state/selection';

export function followKeys(): void {
  window.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const focus = document.activeElement;
    const inField = focus instanceof HTMLElement && (focus.isContentEditable || focus.matches('input:not([type=checkbox], [type=radio]), textarea, select, [data-field]'));
    const inPanes = focus === null || focus === document.body || focus.closest('[data-pane=list], [data-pane=inspector]') !== null;
    const match = matchKey(event, { inField, inPanes, singleKeys: singleKeys.value, sections: sections.length });
    if (!match || (helpOpen.value && match.action !== 'escape' && match.action !== 'help')) return;
    if (match.action === 'section') {
      event.preventDefault();
      location.hash = linkTo(sections[match.index]!);
      return;
    }
    const run = currentSection.value.actions[match.action] ?? shared[match.action];
    if (!run) return;
    event.preventDefault();
    run();
  });
}

const shared: Partial<Record<KeyAction, () => void>> = {
  help: () => (helpOpen.value = !helpOpen.value),
  escape: () => {
    const { inspected, view } = currentSection.value;
    if (helpOpen.value) helpOpen.value = false;
    else if (document.activeElement?.matches('input, textarea, [data-field]')) leave(document.activeElement);
    else if (inspected.selection.value) inspected.selection.value = null;
    else view.sheet.value = 'shut';
  },
  'copy-link': () => void copyLink(),
  'next-pane': () => movePane(1),
  'previous-pane': () => movePane(-1),
  'row-up': () => currentSection.value.moveRow(-1),
  'row-down': () => currentSection.value.moveRow(1),
  'byte-left': () => move(moveByte, -1),
  'byte-right': () => move(moveByte, 1),
  'bit-left': () => move(moveBit, -1),
  'bit-right': () => move(moveBit, 1),
};

/** Takes the focus out of a field, or of what has the focus in its shadow. */
function leave(field: Element): void {
  const focused = field.shadowRoot?.activeElement ?? field;
  if (focused instanceof HTMLElement) focused.blur();
}

function move(by: typeof moveByte, step: 1 | -1): void {
  const { selection, target } = currentSection.value.inspected;
  const length = target.value?.bytes.length ?? 0;
  if (length > 0) selection.value = by(selection.value, step, length);
}

/** F6 goes round the panes that are on the screen. */
function movePane(step: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter((pane) => pane.getClientRects().length > 0);
  const current = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = current < 0 ? (step === 1 ? 0 : panes.length - 1) : (current + step + panes.length) % panes.length;
  const pane = panes[next];
  (pane?.querySelector<HTMLElement>('[role=listbox], [role=grid]') ?? pane)?.focus();
}
