import { expect, inspectedHex, linkedHex, open, test } from './playground.ts';

const steps = (page: import('@playwright/test').Page) => page.getByRole('listbox', { name: 'From key to accept' });

test('opens on §1.3: key, GUID, SHA-1, base64, each with its bytes', async ({ page, playground }) => {
  await open(page, playground.address, '#/handshake');
  await expect(page.getByLabel('Sec-WebSocket-Key')).toHaveValue('dGhlIHNhbXBsZSBub25jZQ==');
  const list = steps(page);
  await expect(list).toContainText('258EAFA5-E914-47DA-95CA-C5AB0DC85B11');
  await expect(list).toContainText('b3 7a 4f 2c c0 62 4f 16 90 f6 46 06 cf 38 59 45 b2 be c4 ea');
  await expect(page.getByTestId('accept')).toHaveText('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
  await expect(page.getByText('A client would accept this response')).toBeVisible();

  await list.getByRole('option', { name: 'The digest' }).click();
  expect(await inspectedHex(page)).toBe('b37a4f2cc0624f1690f64606cf385945b2bec4ea');
  await list.getByRole('option', { name: 'Key + GUID' }).click();
  expect(Buffer.from(await inspectedHex(page), 'hex').toString()).toBe('dGhlIHNhbXBsZSBub25jZQ==258EAFA5-E914-47DA-95CA-C5AB0DC85B11');
  // In the response the accept itself is marked.
  await list.getByRole('option', { name: 'Server’s response' }).click();
  expect(Buffer.from((await linkedHex(page)).replaceAll(' ', ''), 'hex').toString()).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
});

test('another key changes request, steps and response together, and stands in the address', async ({ page, playground }) => {
  await open(page, playground.address, '#/handshake');
  await page.getByLabel('Sec-WebSocket-Key').fill('VR+OReqwhymoQ21dBtoIMQ==');
  await expect(page.getByTestId('accept')).toHaveText('Y+Te7S7wQJC0FwXumEdGbv9/Mek=');
  await expect(page.getByLabel('Client’s request')).toContainText('Sec-WebSocket-Key: VR+OReqwhymoQ21dBtoIMQ==');
  await expect(page.getByLabel('Response', { exact: true })).toHaveValue(/Sec-WebSocket-Accept: Y\+Te7S7wQJC0FwXumEdGbv9\/Mek=/);
  await expect(page).toHaveURL(/#\/handshake\?v=1&k=VR%2BOReqwhymoQ21dBtoIMQ%3D%3D$/);
  await page.reload();
  await expect(page.getByTestId('accept')).toHaveText('Y+Te7S7wQJC0FwXumEdGbv9/Mek=');

  await page.getByRole('button', { name: 'Draw a new key' }).click();
  const key = page.getByLabel('Sec-WebSocket-Key');
  await expect(key).not.toHaveValue('VR+OReqwhymoQ21dBtoIMQ==');
  expect(Buffer.from(await key.inputValue(), 'base64')).toHaveLength(16);
});

test('a key that is none says why, and shows what a careless server would compute', async ({ page, playground }) => {
  await open(page, playground.address, '#/handshake');
  const key = page.getByLabel('Sec-WebSocket-Key');
  await key.fill('dGhlIHNhbXBsZSBub25jZQ =');
  await expect(page.getByRole('alert').filter({ hasText: 'not sixteen bytes in base64' })).toBeVisible();
  await expect(page.getByText('A server must refuse this request: one rule is broken.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Findings' })).toContainText('REQUEST_KEY_INVALID');
  await key.fill('');
  await expect(page.getByTestId('accept')).toHaveText('Kfh9QIsMVZcl6xEPYxPHzW8SZ8w=');
  await page.getByRole('button', { name: 'The RFC’s key' }).click();
  await expect(page.getByText('A client would accept this response')).toBeVisible();
});

test('a pasted response is checked against the key', async ({ page, playground }) => {
  await open(page, playground.address, '#/handshake');
  const response = page.getByLabel('Response', { exact: true });
  await expect(response).toHaveValue(/s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=/);
  const right = await response.inputValue();
  await response.fill(right.replace('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=', 'Kfh9QIsMVZcl6xEPYxPHzW8SZ8w='));
  const findings = page.getByRole('region', { name: 'Findings' }).first();
  await expect(findings).toContainText('RESPONSE_ACCEPT_WRONG');
  await expect(findings.getByRole('link')).toHaveAttribute('href', 'https://www.rfc-editor.org/rfc/rfc6455#section-4.1');
  // The finding leads to the bytes that it is about.
  await findings.getByRole('button', { name: 'RESPONSE_ACCEPT_WRONG' }).click();
  expect(Buffer.from((await linkedHex(page)).replaceAll(' ', ''), 'hex').toString()).toContain('Kfh9QIsMVZcl6xEPYxPHzW8SZ8w=');
  await expect(page.getByText('no match')).toBeVisible();

  await response.fill(right.replace('101 Switching Protocols', '200 OK'));
  await expect(findings).toContainText('RESPONSE_NOT_101');
  await response.fill('nonsense\n\n');
  await expect(findings).toContainText('RESPONSE_STATUS_LINE_INVALID');
  await page.getByRole('button', { name: 'Write it anew' }).click();
  await expect(page.getByText('A client would accept this response')).toBeVisible();
});
