import type { Page } from '@playwright/test';
import { expect, linkedHex, open, rowOf, stateOf, test, wire } from './playground.ts';

const focusedPane = (page: Page) => page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-pane]')?.dataset['pane'] ?? null);

test('a walk through all of it without a pointer', async ({ page, playground }) => {
  await open(page, playground.address);
  await expect(rowOf(page, '你好')).toHaveCount(2);

  // Rows, then bytes, then bits.
  await page.keyboard.press('ArrowDown');
  await expect(rowOf(page, '你好').last()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowRight');
  expect(await linkedHex(page)).toBe('81');
  await page.keyboard.press('ArrowRight');
  expect(await linkedHex(page)).toBe('86');
  await page.keyboard.press('Alt+ArrowRight');
  await expect(page.getByRole('region', { name: 'Meaning' })).toContainText('Mask');
  await page.keyboard.press('Escape');
  await expect(page.locator('.byte.linked')).toHaveCount(0);

  // Letters: filter, close, connect.
  await page.keyboard.press('/');
  await expect(page.getByLabel('Filter')).toBeFocused();
  await page.keyboard.type('xc1');
  await expect(page.getByLabel('Filter')).toHaveValue('xc1');
  await expect(stateOf(page)).toHaveText('OPEN');
  await page.getByLabel('Filter').clear();
  await page.keyboard.press('Escape');
  await page.keyboard.press('x');
  await expect(stateOf(page)).toHaveText('CLOSED');
  await page.keyboard.press('c');
  await expect(stateOf(page)).toHaveText('OPEN');

  // Send from the field.
  await page.getByLabel('Message text').focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('by hand');
  await page.keyboard.press('Control+Enter');
  await expect(rowOf(page, 'by hand')).toHaveCount(2);
  await page.keyboard.press('Escape');

  for (const [key, name] of [
    ['2', 'Handshake'],
    ['3', 'Frame'],
    ['1', 'Live'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(page.getByRole('link', { name, exact: true })).toHaveAttribute('aria-current', 'page');
  }
  // The connection outlives a look at another section.
  await expect(rowOf(page, 'by hand')).toHaveCount(2);
  await expect(stateOf(page)).toHaveText('OPEN');
});

test('F6 goes round the panes, and back with Shift', async ({ page, playground }) => {
  await open(page, playground.address);
  await expect(rowOf(page, '你好')).toHaveCount(2);
  const round = [];
  for (let turn = 0; turn < 6; turn++) {
    await page.keyboard.press('F6');
    round.push(await focusedPane(page));
  }
  expect(round).toEqual(['bar', 'source', 'list', 'inspector', 'compose', 'bar']);
  await page.keyboard.press('Shift+F6');
  expect(await focusedPane(page)).toBe('compose');
});

test('? lists the keys, Esc closes it, and single letters can be switched off for good', async ({ page, playground }) => {
  await open(page, playground.address, '#/frame');
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keys and help' });
  await expect(help).toBeVisible();
  for (const text of ['Go to a section: Live, Handshake, Frame', 'Next pane', 'Copy a link']) await expect(help).toContainText(text);
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();

  await page.getByRole('button', { name: 'Keys and help' }).click();
  await help.getByLabel('Single-letter keys').uncheck();
  await help.getByRole('button', { name: 'Close' }).click();
  await page.keyboard.press('2');
  await expect(page.getByRole('link', { name: 'Frame', exact: true })).toHaveAttribute('aria-current', 'page');
  await page.reload();
  await page.keyboard.press('2');
  await expect(page.getByRole('link', { name: 'Frame', exact: true })).toHaveAttribute('aria-current', 'page');
});

test('the field tree works as trees do', async ({ page, playground }) => {
  await open(page, playground.address, '#/handshake');
  const items = page.getByRole('treeitem');
  await expect(items.first()).toBeVisible();
  const count = await items.count();
  await page.getByRole('tree').getByRole('treeitem', { name: /Status line/ }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => items.count()).toBeLessThan(count);
  await page.keyboard.press('ArrowRight');
  await expect(items).toHaveCount(count);
  await page.keyboard.press('End');
  await expect(page.getByRole('region', { name: 'Meaning' })).toContainText('Empty line');
});

test('y copies the link', async ({ page, playground, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(playground.address).origin });
  await open(page, playground.address, '#/frame?v=1&hex=8900');
  await page.keyboard.press('y');
  await expect(page.getByRole('status').filter({ hasText: 'Link copied.' })).toHaveCount(1);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${playground.address}#/frame?v=1&hex=8900`);
});

test('the list keeps its keys when it has the focus', async ({ page, playground }) => {
  await open(page, playground.address);
  await expect(rowOf(page, '你好')).toHaveCount(2);
  await wire(page).focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(rowOf(page, 'GET /echo')).toHaveAttribute('aria-selected', 'true');
});
