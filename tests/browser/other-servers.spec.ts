import { createServer, type AddressInfo } from 'node:net';
import { expect, open, stateOf, test } from './playground.ts';

test('another server’s connection works with the browser’s socket, marked as messages only', async ({ page, playground }) => {
  await open(page, playground.address);
  await expect(stateOf(page)).toHaveText('OPEN');
  await page.getByRole('button', { name: 'Disconnect' }).click();
  await expect(stateOf(page)).toHaveText('CLOSED');
  // The same server under another name is another host to the page.
  await page.getByLabel('WebSocket address').fill(`ws://localhost:${playground.observer.port}/echo`);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(stateOf(page)).toHaveText('OPEN');
  await expect(page.getByText('Messages only: wire bytes need the tap')).toBeVisible();
  await page.getByLabel('Message text').fill('hello');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByRole('listbox', { name: 'Messages' }).getByRole('option').filter({ hasText: 'hello' })).toHaveCount(2);
  await expect(page.getByRole('treeitem')).toHaveCount(0);
  await page.getByLabel('What to send').selectOption('ping');
  await expect(page.getByRole('button', { name: 'Ping', exact: true })).toBeDisabled();
});

test('a link never connects to another host by itself', async ({ page, playground }) => {
  const target = `localhost:${playground.observer.port}`;
  const before = playground.observer.connections.length;
  await open(page, playground.address, `#/live?v=1&u=${encodeURIComponent(`ws://${target}/elsewhere`)}`);
  await expect(page.getByText(`Nothing is sent to ${target} before you press Connect.`)).toBeVisible();
  await expect(page.getByLabel('WebSocket address')).toHaveValue(`ws://${target}/elsewhere`);
  await expect(stateOf(page)).toHaveText('Not connected');
  await page.waitForTimeout(500);
  const asked = playground.observer.connections.slice(before).map(({ toServer }) => toServer.toString('latin1').split(' ')[1]);
  expect(asked).not.toContain('/elsewhere');
});

test('an address that is none says why', async ({ page, playground }) => {
  await open(page, playground.address);
  await expect(stateOf(page)).toHaveText('OPEN');
  await page.getByRole('button', { name: 'Disconnect' }).click();
  const address = page.getByLabel('WebSocket address');
  await address.fill('http://example.com/');
  await expect(page.getByText('begins with ws:// or wss://')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Connect', exact: true })).toBeDisabled();
  await address.fill('ws://example.com/#top');
  await expect(page.getByText('no #fragment')).toBeVisible();
});

test('a server that does not answer is explained after three seconds', async ({ page, playground }) => {
  const mute = createServer(() => {});
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
  await open(page, playground.address, `#/live?v=1&u=${encodeURIComponent(`ws://127.0.0.1:${(mute.address() as AddressInfo).port}/`)}`);
  await expect(page.getByRole('button', { name: 'Connect', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(stateOf(page)).toHaveText('CONNECTING');
  await expect(page.getByText('An earlier handshake to this port that hangs may block this one')).toBeVisible();
  await page.getByRole('button', { name: 'Disconnect' }).click();
  await expect(stateOf(page)).toHaveText('CLOSED');
  await expect(page.getByText('An earlier handshake')).toHaveCount(0);
  mute.close();
});
