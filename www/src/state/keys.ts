// The keys, in one list: the handler, the help and the tests read it.

export type KeyAction =
  | 'section'
  | 'connect'
  | 'close'
  | 'filter'
  | 'row-up'
  | 'row-down'
  | 'next-pane'
  | 'previous-pane'
  | 'byte-left'
  | 'byte-right'
  | 'bit-left'
  | 'bit-right'
  | 'copy-link'
  | 'send'
  | 'escape'
  | 'help';

export interface KeyBinding {
  action: KeyAction;
  /** `KeyboardEvent.key`. */
  key: string;
  alt?: boolean;
  control?: boolean;
  shift?: boolean;
  /** Rests inside fields, and can be switched off. */
  single: boolean;
  /** Works only while the focus is in the list or the Inspector (or nowhere). */
  panes?: boolean;
}

export const keyBindings: readonly KeyBinding[] = [
  { action: 'connect', key: 'c', single: true },
  { action: 'close', key: 'x', single: true },
  { action: 'filter', key: '/', single: true },
  { action: 'row-up', key: 'ArrowUp', single: false, panes: true },
  { action: 'row-down', key: 'ArrowDown', single: false, panes: true },
  { action: 'byte-left', key: 'ArrowLeft', single: false, panes: true },
  { action: 'byte-right', key: 'ArrowRight', single: false, panes: true },
  { action: 'bit-left', key: 'ArrowLeft', alt: true, single: false, panes: true },
  { action: 'bit-right', key: 'ArrowRight', alt: true, single: false, panes: true },
  { action: 'next-pane', key: 'F6', single: false },
  { action: 'previous-pane', key: 'F6', shift: true, single: false },
  { action: 'copy-link', key: 'y', single: true },
  { action: 'send', key: 'Enter', control: true, single: false },
  { action: 'escape', key: 'Escape', single: false },
  { action: 'help', key: '?', single: true },
];

export interface KeyPress {
  key: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
}

/** Where the focus is, as far as keys care. */
export interface KeyContext {
  inField: boolean;
  inPanes: boolean;
  singleKeys: boolean;
  sections: number;
}

export type KeyMatch = { action: Exclude<KeyAction, 'section'> } | { action: 'section'; index: number };

export function matchKey(press: KeyPress, context: KeyContext): KeyMatch | null {
  const plain = !press.altKey && !press.ctrlKey && !press.metaKey;
  const singles = context.singleKeys && !context.inField;
  if (plain && singles && /^[1-9]$/.test(press.key) && Number(press.key) <= context.sections) {
    return { action: 'section', index: Number(press.key) - 1 };
  }
  for (const binding of keyBindings) {
    if (binding.key !== press.key || binding.action === 'section') continue;
    if ((binding.alt ?? false) !== press.altKey) continue;
    // The Command key of a Mac stands for Control.
    if ((binding.control ?? false) !== (press.ctrlKey || press.metaKey)) continue;
    // A printed character already holds its Shift; only named keys tell the two apart.
    if (binding.key.length > 1 && (binding.shift ?? false) !== press.shiftKey) continue;
    if (binding.single && !singles) continue;
    if (binding.panes && (context.inField || !context.inPanes)) continue;
    return { action: binding.action };
  }
  return null;
}

const symbols: Record<string, string> = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Escape: 'Esc' };

export function keyLabel(binding: KeyBinding): string[] {
  return [binding.control && 'Ctrl', binding.alt && 'Alt', binding.shift && 'Shift', symbols[binding.key] ?? binding.key].filter(
    (part): part is string => typeof part === 'string',
  );
}
