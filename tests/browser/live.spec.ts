import { createHash } from 'node:crypto';
import { afterHead, headOf } from './observer.ts';
import { expect, field, inspectedHex, linkedHex, open, rowOf, stateOf, test, wire } from './playground.ts';

const guid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

test('the first visit connects by itself, says 你好, and shows what an independent observer saw', async ({ page, playground }) => {
  const before = playground.observer.connections.length;
  await open(page, playground.address);
  await expect(stateOf(page)).toHaveText('OPEN');
  const sent = rowOf(page, '你好').first();
  await expect(sent).toHaveAttribute('aria-selected', 'true');
  await expect(rowOf(page, '你好')).toHaveCount(2);

  const seen = playground.observer.connections.slice(before).find(({ toServer }) => toServer.toString('latin1').startsWith('GET /echo?tap='))!;
  const frame = afterHead(seen.toServer);
  // §5.2: 81 FIN and text, 86 masked and six bytes long, four of key, six of payload.
  expect(frame.length).toBe(12);
  expect(frame.subarray(0, 2).toString('hex')).toBe('8186');
  const key = frame.subarray(2, 6);
  const payload = Buffer.from(frame.subarray(6).map((byte, index) => byte ^ key[index % 4]!));
  expect(payload.toString('utf8')).toBe('你好');

  expect(await inspectedHex(page)).toBe(frame.toString('hex'));
  // The key is marked before anything is touched.
  expect(await linkedHex(page)).toBe(key.toString('hex').replace(/(..)(?!$)/g, '$1 '));
  await expect(page.getByRole('region', { name: 'Meaning' })).toContainText('Masking-key');
  await expect(field(page, 'Masking-key')).toContainText(key.toString('hex').replace(/(..)(?!$)/g, '$1 '));
  await expect(page.locator('.unmask-wire')).toHaveText([...frame.subarray(6)].map((byte) => byte.toString(16).padStart(2, '0')));
  await expect(page.locator('.unmask-meant')).toHaveText([...payload].map((byte) => byte.toString(16).padStart(2, '0')));
  await expect(page.locator('.unmask-text')).toHaveText(['你', '好']);

  const secKey = /^Sec-WebSocket-Key: (.+)$/im.exec(headOf(seen.toServer))![1]!.trim();
  const accept = createHash('sha1').update(secKey + guid).digest('base64');
  expect(headOf(seen.toClient)).toContain(accept);
  await expect(page.getByTestId('accept')).toHaveText(accept);
  await rowOf(page, '101 Switching Protocols').click();
  expect(Buffer.from(await inspectedHex(page), 'hex').toString('latin1')).toBe(`${headOf(seen.toClient)}\r\n\r\n`);
});

test('a Close goes both ways, and the page says who closed', async ({ page, playground }) => {
  const before = playground.observer.connections.length;
  await open(page, playground.address);
  await expect(rowOf(page, '你好')).toHaveCount(2);
  await page.getByLabel('What to send').selectOption('close');
  await page.getByLabel('Status code').fill('4001');
  await page.getByLabel('Reason').fill('再见');
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(stateOf(page)).toHaveText('CLOSED');

  await expect(rowOf(page, 'CLOSE')).toHaveCount(2);
  await expect(rowOf(page, 'CLOSE').first()).toContainText('4001 再见');
  const ending = page.getByRole('region', { name: 'How it ended' });
  await expect(ending).toContainText('The browser sent the first Close frame');
  await expect(ending).toContainText('4001');
  await expect(ending).toContainText('answered by the other side');
  await expect(ending).toContainText('TCP FIN');

  const seen = playground.observer.connections.slice(before).find(({ toServer }) => toServer.toString('latin1').startsWith('GET /echo?tap='))!;
  const tail = (bytes: Buffer) => bytes.subarray(-8).toString('hex').replace(/(..)(?!$)/g, '$1 ');
  await expect(page.getByTestId('last-out')).toContainText(tail(seen.toServer));
  await expect(page.getByTestId('last-in')).toContainText(tail(seen.toClient));
  await expect(page.getByRole('list', { name: 'What the script saw' })).toContainText('code 4001, wasClean true');
});

test('a Ping from the server’s side is answered by the browser, and the script is told nothing', async ({ page, playground }) => {
  await open(page, playground.address);
  await expect(rowOf(page, '你好')).toHaveCount(2);
  const script = page.getByRole('list', { name: 'What the script saw' }).getByRole('listitem');
  // The connection is open, and its message has come back.
  await expect(script.last()).toContainText('你好');
  const told = await script.count();
  await page.getByLabel('What to send').selectOption('ping');
  await page.getByLabel('Ping payload').fill('in the open');
  await page.getByRole('button', { name: 'Ping', exact: true }).click();
  await expect(rowOf(page, 'PING')).toContainText('in the open');
  await expect(rowOf(page, 'PONG')).toContainText('in the open');
  await expect(script).toHaveCount(told);
});

test('the server’s own Close is told as the server’s', async ({ page, playground }) => {
  await open(page, playground.address);
  await expect(rowOf(page, '你好')).toHaveCount(2);
  await page.getByLabel('What to send').selectOption('server-close');
  await page.getByLabel('Status code').fill('1001');
  await page.getByLabel('Reason').fill('restart');
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(page.getByRole('region', { name: 'How it ended' })).toContainText('The server sent the first Close frame');
  await expect(rowOf(page, 'CLOSE').first()).toContainText('1001 restart');
});

test('binary is sent from hex; what cannot be sent says why', async ({ page, playground }) => {
  await open(page, playground.address);
  await expect(rowOf(page, '你好')).toHaveCount(2);
  await page.getByLabel('What to send').selectOption('binary');
  const hex = page.getByLabel('Message in hex');
  const send = page.getByRole('button', { name: 'Send', exact: true });
  await hex.fill('ff zz');
  await expect(page.getByText('“z” at character 4 is not hex')).toBeVisible();
  await expect(send).toBeDisabled();
  await hex.fill('ff f');
  await expect(page.getByText('half a byte')).toBeVisible();
  await hex.fill('0xff, 0x00, 0x7f');
  await send.click();
  await expect(rowOf(page, 'BINARY')).toHaveCount(2);
  await expect(rowOf(page, 'BINARY').last()).toContainText('ff 00 7f');
  // Foretold and sent stand side by side: the same but for the key.
  const lines = page.locator('.compose-preview .tinted-hex');
  await expect(lines).toHaveCount(2);
  const [foretold, sent] = await Promise.all([lines.first().innerText(), lines.last().innerText()]);
  expect(foretold.slice(0, 5)).toBe(sent.slice(0, 5));
  expect(foretold).not.toBe(sent);

  await page.getByLabel('What to send').selectOption('close');
  await page.getByLabel('Status code').fill('1001');
  await expect(page.getByText('1000 or 3000 to 4999 only')).toBeVisible();
  await page.getByLabel('Status code').fill('1000');
  await page.getByLabel('Reason').fill('长'.repeat(42));
  await expect(page.getByText('126 bytes of UTF-8')).toBeVisible();
});

test('the filter keeps rows that hold its words', async ({ page, playground }) => {
  await open(page, playground.address);
  await expect(rowOf(page, '你好')).toHaveCount(2);
  await page.getByLabel('Filter').fill('in 你好');
  await expect(wire(page).getByRole('option')).toHaveCount(1);
  await page.getByLabel('Filter').fill('nothing like this');
  await expect(page.getByText('No row holds “nothing like this”.')).toBeVisible();
});

test('a megabyte does not hold up the page', async ({ page, playground }) => {
  await open(page, playground.address);
  await expect(rowOf(page, '你好')).toHaveCount(2);
  await page.getByLabel('Message text').evaluate((input: HTMLInputElement, text) => {
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }, 'x'.repeat(1 << 20));
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  // Chromium sends it in several frames (no script is told so); the server answers in one.
  await expect(rowOf(page, '1048576')).toHaveCount(1, { timeout: 15_000 });
  await expect(rowOf(page, 'not the last fragment').first()).toContainText('TEXT');
  await expect(rowOf(page, 'CONTINUATION').last()).not.toContainText('not the last fragment');
  await expect(page.getByRole('region', { name: 'Findings' })).toHaveCount(0);
  await rowOf(page, 'CONTINUATION').last().click();
  await expect(page.getByRole('region', { name: 'Findings' })).toHaveCount(0);
  await rowOf(page, '1048576').click();
  await expect(page.getByText('1048586 bytes').first()).toBeVisible();
  expect(await page.getByRole('gridcell').count()).toBeLessThan(1000);
  const started = Date.now();
  await page.getByRole('grid', { name: 'Bytes' }).press('ArrowDown');
  await rowOf(page, '你好').first().click();
  await expect(page.getByText('12 bytes', { exact: true }).first()).toBeVisible();
  expect(Date.now() - started).toBeLessThan(3000);
});
