import { describe, expect, it } from 'vitest';
import { keyBindings, keyLabel, matchKey, type KeyContext, type KeyPress } from './keys';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({ key, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, ...more });
const context = (more: Partial<KeyContext> = {}): KeyContext => ({ inField: false, inPanes: true, singleKeys: true, sections: 3, ...more });

describe('matchKey', () => {
  it('finds sections by their number, and no more than there are', () => {
    expect(matchKey(press('2'), context())).toEqual({ action: 'section', index: 1 });
    expect(matchKey(press('4'), context())).toBeNull();
  });

  it.each(['c', 'x', '/', 'y', '?', '1'])('lets %s rest in a field, and where single keys are off', (key) => {
    expect(matchKey(press(key), context())).not.toBeNull();
    expect(matchKey(press(key), context({ inField: true }))).toBeNull();
    expect(matchKey(press(key), context({ singleKeys: false }))).toBeNull();
  });

  it('leaves the keys of the browser alone', () => {
    expect(matchKey(press('c', { ctrlKey: true }), context())).toBeNull();
    expect(matchKey(press('ArrowLeft', { ctrlKey: true }), context())).toBeNull();
    expect(matchKey(press('ArrowLeft', { altKey: true }), context({ inPanes: false }))).toBeNull();
  });

  it('moves over bytes, with Alt over bits, outside fields', () => {
    expect(matchKey(press('ArrowLeft'), context())).toEqual({ action: 'byte-left' });
    expect(matchKey(press('ArrowRight', { altKey: true }), context())).toEqual({ action: 'bit-right' });
    expect(matchKey(press('ArrowLeft'), context({ inField: true }))).toBeNull();
  });

  it('sends from inside a field, with Control or Command', () => {
    expect(matchKey(press('Enter', { ctrlKey: true }), context({ inField: true }))).toEqual({ action: 'send' });
    expect(matchKey(press('Enter', { metaKey: true }), context({ inField: true }))).toEqual({ action: 'send' });
    expect(matchKey(press('Enter'), context())).toBeNull();
  });

  it('tells F6 from Shift+F6', () => {
    expect(matchKey(press('F6'), context({ inField: true }))).toEqual({ action: 'next-pane' });
    expect(matchKey(press('F6', { shiftKey: true }), context())).toEqual({ action: 'previous-pane' });
  });
});

it('has no two bindings for one key', () => {
  const names = keyBindings.map((binding) => keyLabel(binding).join('+'));
  expect(new Set(names).size).toBe(names.length);
});
