import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expect, field, inspectedHex, linkedHex, open, test } from './playground.ts';

const recordings = fileURLToPath(new URL('../../doctor/tests/good/', import.meta.url));

const editor = (page: Page) => page.getByRole('textbox', { name: 'What was pasted' });
const findings = (page: Page) => page.getByRole('listbox', { name: 'Findings' }).getByRole('option');
const detail = (page: Page) => page.locator('.detail');
const verdicts = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(`^${name}`) }).getByRole('cell');
/** What the editor marks, however many lines it goes over. */
const marked = async (page: Page) => (await page.locator('.cm-lintRange').allTextContents()).join('');
const chosen = async (page: Page) => (await page.locator('.cm-chosen').allTextContents()).join('');

/** What a browser itself writes to the console of a connection that fails. */
function forgetFailures(complaints: string[]): void {
  const other = complaints.filter((complaint) => !/^WebSocket connection to .* failed/.test(complaint));
  complaints.length = 0;
  complaints.push(...other);
}

const accepted = `GET /chat HTTP/1.1
Host: server.example.com
Upgrade: websocket
Connection: Upgrade
Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
Sec-WebSocket-Version: 13

HTTP/1.1 101 Switching Protocols
Upgrade: websocket
Connection: Upgrade
Sec-WebSocket-Accept: `;

test('from a line of the console to the bytes that make it in two steps', async ({ page, playground }) => {
  await open(page, playground.address, '#/doctor');
  await editor(page).fill("WebSocket connection to 'ws://127.0.0.1:3000/' failed: Invalid frame header");
  // First: what produces it, the likeliest selected already, with the bytes that do it.
  await expect(findings(page).first()).toContainText('without frames');
  await expect(detail(page)).toContainText('Send everything through the library');
  await expect(detail(page)).toContainText('To be sure');
  await expect(page.locator('.pane-inspector .pane-subject')).toHaveText('Bytes that do this');
  await expect.poll(() => inspectedHex(page)).toMatch(/^7b22/);
  // Second: the rule, and how a server comes to break it.
  await page.getByRole('link', { name: 'All about this rule' }).click();
  await expect(page).toHaveURL(/#\/doctor\?v=1&rule=UNFRAMED_DATA$/);
  const article = page.getByRole('article');
  for (const language of ['PHP', 'Node', 'Python', 'Go', 'Java', 'Rust']) await expect(article.getByText(language, { exact: true })).toBeVisible();
  await page.goBack();
  await expect(editor(page)).toContainText('Invalid frame header');
});

test('a wrong accept is marked, explained by its formula, and judged by both browsers', async ({ page, playground }) => {
  await open(page, playground.address, '#/doctor');
  const wrong = 'YjM3YTRmMmNjMDYyNGYxNjkwZjY0NjA2Y2YzODU5NDViMmJlYzRlYQ==';
  await editor(page).fill(`${accepted}${wrong}\n\n`);
  await expect(findings(page)).toHaveCount(1);
  await expect(findings(page)).toContainText(/RESPONSE_ACCEPT_WRONG.*line 11/);
  await expect(detail(page)).toContainText('base64(hex(SHA-1(');
  await expect(detail(page)).toContainText('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
  expect(await marked(page)).toBe(wrong);
  expect(await chosen(page)).toBe(wrong);
  await expect(verdicts(page, 'Opens')).toHaveText(['✕ no', '✕ no']);
  await expect(verdicts(page, 'Console')).toHaveText([/Incorrect 'Sec-WebSocket-Accept' header value/, /^Firefox can’t establish a connection/]);
  // Mended in the editor, nothing is left to say.
  await editor(page).fill(`${accepted}s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\n\n`);
  await expect(page.getByRole('status').filter({ hasText: 'No rule is broken.' })).toBeVisible();
  await expect(verdicts(page, 'Opens')).toHaveText(['✓ yes', '✓ yes']);
});

test('the exact bytes are marked in hex, and a mark selects its finding', async ({ page, playground }) => {
  await open(page, playground.address, '#/doctor');
  await editor(page).fill(`${accepted}s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\n\n81 02 68 69 c1 01 61\n81 01 ff`);
  await expect(findings(page)).toContainText([/FRAME_RESERVED_BITS/, /MESSAGE_INVALID_UTF8/]);
  await findings(page).nth(0).click();
  expect(await chosen(page)).toBe('c1');
  await expect.poll(() => linkedHex(page)).toBe('c1');
  await page.locator('.cm-lintRange', { hasText: 'ff' }).last().click();
  await expect(findings(page).nth(1)).toHaveAttribute('aria-selected', 'true');
  expect(await chosen(page)).toBe('ff');
  await expect(field(page, 'Opcode').last()).toBeVisible();
});

test('a dump of a masked server is taken for a server’s when it is said to be one', async ({ page, playground }) => {
  await open(page, playground.address, '#/doctor');
  await editor(page).fill('00000000: 8105 4865 6c6c 6f88 0203 e8         ..Hello....');
  await expect(page.getByText('Read as bytes in digits')).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: /No rule is broken|note/ })).toBeVisible();
  await page.getByText('What is not known of it').click();
  await expect(page.getByText('taken as sent by the server')).toBeVisible();
});

test('code is read for the lines that copied instructions have', async ({ page, playground }) => {
  await open(page, playground.address, '#/doctor');
  await page.getByRole('button', { name: 'A server in PHP' }).click();
  await expect(page.getByText('Read as code')).toBeVisible();
  await expect(findings(page).filter({ hasText: 'hex' }).first()).toBeVisible();
  await findings(page).filter({ hasText: 'characters' }).first().click();
  await expect(detail(page)).toContainText('What comes of it');
  await expect.poll(() => chosen(page)).toContain('mb_strlen');
  await expect(detail(page).getByRole('link', { name: 'All about this rule' })).toBeVisible();
});

test('a recording of the tap is opened from a file, with all its connections', async ({ page, playground }) => {
  await open(page, playground.address, '#/doctor');
  await page.getByLabel('Open a file').setInputFiles(`${recordings}ws-ws-fragments-from-server.jsonl`);
  await expect(page.getByText('From ws-ws-fragments-from-server.jsonl')).toBeVisible();
  await expect(editor(page)).toContainText('HTTP/1.1 101 Switching Protocols');
  await expect(page.locator('.severity-error, .severity-warning')).toHaveCount(0);

  const lines = readFileSync(`${recordings}ws-ws-fragments-from-server.jsonl`, 'utf8').trimEnd().split('\n');
  const second = `${lines[0]}\n{"connection":7,"at":0,"from":"server","bytes":"gQH/"}\n${lines.slice(1).join('\n')}`;
  await page.getByLabel('Open a file').setInputFiles({ name: 'two.jsonl', mimeType: 'text/plain', buffer: Buffer.from(second) });
  await expect(page.getByLabel('Connection').locator('option')).toHaveCount(2);
  await page.getByLabel('Connection').selectOption({ index: 1 });
  await expect(editor(page)).toContainText('81 01 ff');
});

test('a file that is too large is refused, and said where to take it', async ({ page, playground }) => {
  await open(page, playground.address, '#/doctor');
  await page.getByLabel('Open a file').setInputFiles({ name: 'large.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(5 * 1024 * 1024) });
  await expect(page.getByRole('alert').filter({ hasText: 'large.bin' })).toHaveText('large.bin has 5.0 MiB: the page judges 4.0 MiB at most. ws101 doctor FILE takes more.');
  await editor(page).fill('81 01 ff');
  await expect(page.getByText('large.bin')).toHaveCount(0);
});

test('a doctor that did not come is called again', async ({ page, playground, complaints }) => {
  let calls = 0;
  await page.route('**/assets/engine-*.js', (route) => (++calls === 1 ? route.abort() : route.continue()));
  await open(page, playground.address, '#/doctor');
  await expect(page.getByText('The doctor could not be loaded.')).toBeVisible();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('The doctor could not be loaded.')).toHaveCount(0);
  await editor(page).fill('81 01 ff');
  await expect(findings(page)).toContainText([/MESSAGE_INVALID_UTF8/]);
  complaints.splice(0, complaints.length, ...complaints.filter((complaint) => !complaint.includes('ERR_FAILED')));
});

test('a case is played to this browser, and comes out as the doctor says', async ({ page, playground, complaints }) => {
  await open(page, playground.address, '#/doctor');
  for (const id of ['masked', 'unframed-json', 'accept-in-lower-case', 'close-1006', 'text-ff-fe', 'opcode-3']) {
    await page.getByRole('textbox', { name: 'Reproduce' }).fill(id);
    await page.getByRole('button', { name: 'Play it here' }).click();
    await expect(page.getByText(`Played just now: ${id}`)).toBeVisible({ timeout: 15_000 });
    await expect(page.getByRole('button', { name: 'Play it here' })).toBeEnabled();
    const foretold = await verdicts(page, 'Script sees').first().locator('li').allTextContents();
    const seen = await page.locator('.browsers > .events li').allTextContents();
    expect(seen, id).toEqual(foretold);
    await expect(findings(page).first(), id).toBeVisible();
  }
  forgetFailures(complaints);
});

test('the list of cases leads to a case, which is not played before it is asked for', async ({ page, playground, complaints }) => {
  await page.goto(`${playground.address}misbehave/masked`);
  await page.getByRole('link', { name: 'Play it to this browser' }).click();
  await expect(page.getByRole('textbox', { name: 'Reproduce' })).toHaveValue('masked');
  await expect(page.getByText('Played just now')).toHaveCount(0);
  await page.getByRole('button', { name: 'Play it here' }).click();
  await expect(findings(page)).toContainText([/FRAME_MASKED/]);
  await expect(page).toHaveURL(/case=masked/);
  forgetFailures(complaints);
});

test('a case that does not exist is said to be none', async ({ page, playground, complaints }) => {
  await open(page, playground.address, '#/doctor');
  await page.getByRole('textbox', { name: 'Reproduce' }).fill('no-such-case');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('The server has no case “no-such-case”.')).toBeVisible();
  complaints.splice(0, complaints.length, ...complaints.filter((complaint) => !complaint.includes('/misbehave/no-such-case')));
});

test('what cannot be recognised is said to be so, and can be read as something', async ({ page, playground }) => {
  await open(page, playground.address, '#/doctor');
  await editor(page).fill('It does not work. Why?');
  await expect(page.getByText('This is nothing that the doctor knows.').first()).toBeVisible();
  await page.getByLabel('Read as').selectOption({ label: 'a message' });
  await expect(page.getByText('Nobody is known to write this line.')).toBeVisible();
  await page.getByLabel('Read as').selectOption({ label: 'code' });
  await expect(page.getByText('None of the mistakes that copied instructions have.')).toBeVisible();
  await page.getByLabel('Read as').selectOption({ label: 'a recording' });
  await expect(page.getByText('It cannot be read as that.')).toBeVisible();
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(page.getByText('Paste something to begin.')).toBeVisible();
});

test('every rule is listed, found by a word, and has a link of its own', async ({ page, playground }) => {
  await open(page, playground.address, '#/doctor?v=1&rule=');
  await expect.poll(() => page.locator('.rule-row').count()).toBeGreaterThan(150);
  await page.getByLabel('Filter the rules').fill('masked');
  await page.getByRole('option', { name: /FRAME_MASKED/ }).click();
  await expect(page).toHaveURL(/rule=FRAME_MASKED$/);
  const article = page.getByRole('article');
  await expect(article).toContainText('A server MUST NOT mask any frames that it sends to the client.');
  await expect.poll(() => linkedHex(page)).not.toBe('');
  await page.getByRole('button', { name: 'Judge it in the editor' }).click();
  await expect(findings(page)).toContainText([/FRAME_MASKED/]);

  await open(page, playground.address, '#/doctor?v=1&rule=SERVER_BLOCKED_BY_SILENT_CLIENT');
  await expect(page.getByRole('article')).toContainText('No recording shows this');
  await open(page, playground.address, '#/doctor?v=1&rule=NO_SUCH_RULE');
  await expect(page.getByText('There is no rule “NO_SUCH_RULE”.')).toBeVisible();
});

test('a link holds what was pasted, and what it is read as', async ({ page, playground }) => {
  await open(page, playground.address, '#/doctor');
  await editor(page).fill('81 01 ff');
  await page.getByLabel('Read as').selectOption({ label: 'a recording' });
  await expect(page).toHaveURL(/#\/doctor\?v=1&t=81%2001%20ff&as=recording$/);
  const address = page.url();
  await open(page, address);
  await expect(editor(page)).toHaveText('81 01 ff');
  await expect(findings(page)).toContainText([/MESSAGE_INVALID_UTF8/]);
  await expect(page.getByLabel('Read as')).toHaveValue('recording');
});

test('letters go into the editor, and Escape out of it', async ({ page, playground }) => {
  await open(page, playground.address);
  await page.keyboard.press('4');
  await expect(page.getByRole('link', { name: 'Doctor', exact: true })).toHaveAttribute('aria-current', 'page');
  await editor(page).click();
  await page.keyboard.type('81 01 ff 12');
  await expect(editor(page)).toHaveText('81 01 ff 12');
  await expect(page).toHaveURL(/#\/doctor/);
  await page.keyboard.press('Escape');
  await expect(editor(page)).not.toBeFocused();
  await page.keyboard.press('3');
  await expect(page).toHaveURL(/#\/frame/);
});

test('Live and Frame show what the doctor finds in what they hold', async ({ page, playground }) => {
  const says = page.getByRole('region', { name: 'The doctor' });
  await open(page, playground.address);
  await expect(says).toContainText('The doctor finds nothing.');
  await says.getByRole('button', { name: 'Open in Doctor' }).click();
  await expect(page.getByText(/From Live: ws:/)).toBeVisible();
  await expect(editor(page)).toContainText('101 Switching Protocols');

  await open(page, playground.address, '#/frame?v=1&hex=81000b008900');
  await expect(says).toContainText('The opcode is reserved.');
  await says.getByRole('button', { name: /reserved/ }).click();
  await expect.poll(() => linkedHex(page)).toContain('0b');
  await says.getByRole('button', { name: 'Open in Doctor' }).click();
  await expect(findings(page)).toContainText([/FRAME_RESERVED_OPCODE/]);
});

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' });

  test('every rule, cause and advice is Chinese', async ({ page, playground }) => {
    await open(page, playground.address, "#/doctor?v=1&t=WebSocket%20connection%20to%20'ws%3A%2F%2Fa%2F'%20failed%3A%20Invalid%20frame%20header");
    const sentences = page.locator('.finding-sentence');
    await expect(sentences.first()).toContainText(/[一-鿿]/);
    for (const sentence of await sentences.allTextContents()) expect(sentence).toMatch(/[一-鿿]/);
    await page.getByRole('link', { name: '这条规则的详细说明' }).click();
    const paragraphs = page.getByRole('article').locator('dd p');
    await expect(paragraphs).toHaveCount(6);
    for (const paragraph of await paragraphs.allTextContents()) expect(paragraph).toMatch(/[一-鿿]/);
  });
});
