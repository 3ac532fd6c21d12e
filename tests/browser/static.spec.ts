// The built page on a host that serves files and nothing else, in a folder of it.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, inspectedHex, rowOf, stateOf, test as base } from './playground.ts';

const dist = fileURLToPath(new URL('../../www/dist/', import.meta.url));
const types: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

const test = base.extend<{ folder: string }>({
  // Playwright reads the fixtures that are wanted from the pattern, so that there must be one.
  folder: async ({}, use) => {
    const server = createServer((request, response) => {
      const path = normalize(decodeURIComponent(new URL(request.url!, 'http://host').pathname));
      const file = path.startsWith('/some/folder/') ? path.slice('/some/folder/'.length) || 'index.html' : null;
      const missing = () => response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not here</h1>');
      if (file === null) return missing();
      readFile(join(dist, file)).then((body) => response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' }).end(body), missing);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/some/folder/`);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  },
});

// The browser itself reports the 404 by which the page learns that there is no server.
test.afterEach(({ complaints }) => {
  const other = complaints.filter((complaint) => !complaint.includes('/some/folder/tap.json'));
  complaints.length = 0;
  complaints.push(...other);
});

test('Live shows the recorded session, and says how to get one’s own', async ({ page, folder }) => {
  await page.goto(folder);
  await expect(page.getByText('Recorded session.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'cargo xtask play' })).toBeVisible();
  await expect(stateOf(page)).toHaveText('CLOSED');
  await expect(rowOf(page, '你好')).toHaveCount(2);
  await expect(rowOf(page, '你好').first()).toHaveAttribute('aria-selected', 'true');
  await expect(page.locator('.unmask-text')).toHaveText(['你', '好']);
  await expect(rowOf(page, 'PONG')).toHaveCount(1);
  await expect(page.getByRole('region', { name: 'How it ended' })).toContainText('The browser sent the first Close frame');
  await expect(page.getByText('the accept belongs to the key')).toBeVisible();
  await page.screenshot({ path: 'artifacts/recorded-1280-light-en.png' });
});

test('Handshake and Frame work whole', async ({ page, folder }) => {
  await page.goto(`${folder}#/handshake`);
  await expect(page.getByTestId('accept')).toHaveText('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
  await page.getByLabel('Sec-WebSocket-Key').fill('VR+OReqwhymoQ21dBtoIMQ==');
  await expect(page.getByTestId('accept')).toHaveText('Y+Te7S7wQJC0FwXumEdGbv9/Mek=');
  await page.getByRole('link', { name: 'Frame', exact: true }).click();
  await page.getByRole('textbox', { name: 'Payload' }).fill('static');
  expect(await inspectedHex(page)).toMatch(/^818637fa213d/);
});

test('Doctor needs no server but to play a case', async ({ page, folder }) => {
  await page.goto(`${folder}#/doctor`);
  await page.getByRole('textbox', { name: 'What was pasted' }).fill('HTTP/1.1 200 OK\nContent-Type: text/html\n');
  await expect(page.getByRole('listbox', { name: 'Findings' }).getByRole('option').first()).toContainText('RESPONSE_NOT_101');
  await expect(page.getByText('Cases are played by a server of your own:')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Play it here' })).toHaveCount(0);
  await page.getByRole('link', { name: 'All rules' }).click();
  await page.getByRole('option', { name: /RESPONSE_NOT_101/ }).click();
  await expect(page.getByRole('article')).toContainText('Rust');
});
