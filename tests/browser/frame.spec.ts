import type { Page } from '@playwright/test';
import { expect, field, inspectedHex, linkedHex, open, test } from './playground.ts';

const stream = (page: Page) => page.getByLabel('Stream in hex');
const frames = (page: Page) => page.getByRole('listbox', { name: 'Frames in the stream' }).getByRole('option');

/** §5.7, byte for byte; the two long ones by their header and length. */
const examples = [
  { name: 'A single-frame unmasked text message', begins: '81 05 48 65 6c 6c 6f', length: 7, frames: ['TEXT'] },
  { name: 'A single-frame masked text message', begins: '81 85 37 fa 21 3d 7f 9f 4d 51 58', length: 11, frames: ['TEXT'] },
  { name: 'A fragmented unmasked text message', begins: '01 03 48 65 6c 80 02 6c 6f', length: 9, frames: ['TEXT', 'CONTINUATION'] },
  { name: 'Unmasked Ping and masked Pong', begins: '89 05 48 65 6c 6c 6f 8a 85 37 fa 21 3d 7f 9f 4d 51 58', length: 18, frames: ['PING', 'PONG'] },
  { name: '256 bytes of binary data in one unmasked frame', begins: '82 7e 01 00', length: 260, frames: ['BINARY'] },
  { name: '64 KiB of binary data in one unmasked frame', begins: '82 7f 00 00 00 00 00 01 00 00', length: 65_546, frames: ['BINARY'] },
];

for (const example of examples) {
  test(`§5.7: ${example.name}`, async ({ page, playground }) => {
    await open(page, playground.address, '#/frame');
    await page.getByLabel('RFC examples').selectOption({ label: example.name });
    await expect(frames(page)).toHaveText(example.frames.map((name) => new RegExp(name)));
    await expect(stream(page)).toHaveValue(new RegExp(`^${example.begins}`));
    expect((await stream(page).inputValue()).split(' ')).toHaveLength(example.length);
    await expect(page.getByText('No rule is broken.')).toBeVisible();
  });
}

test('opens on the masked Hello, and shows it unmasked byte by byte', async ({ page, playground }) => {
  await open(page, playground.address, '#/frame');
  await expect(stream(page)).toHaveValue('81 85 37 fa 21 3d 7f 9f 4d 51 58');
  await expect(page.locator('.unmask-wire')).toHaveText(['7f', '9f', '4d', '51', '58']);
  await expect(page.locator('.unmask-key')).toHaveText(['37', 'fa', '21', '3d', '37']);
  await expect(page.locator('.unmask-meant')).toHaveText(['48', '65', '6c', '6c', '6f']);
  await expect(page.locator('.unmask-text')).toHaveText(['H', 'e', 'l', 'l', 'o']);
  await expect(field(page, 'Payload length')).toContainText('5');
});

test('the form writes the bytes, and the bytes fill the form', async ({ page, playground }) => {
  await open(page, playground.address, '#/frame');
  await page.getByLabel('FIN', { exact: true }).uncheck();
  await expect(stream(page)).toHaveValue(/^01 85/);
  await page.getByLabel('RSV2').check();
  await page.getByLabel('Opcode').selectOption('11');
  await expect(stream(page)).toHaveValue(/^2b 85/);
  await expect(page.getByRole('region', { name: 'Findings' })).toContainText('FRAME_RESERVED_BITS');
  await page.getByLabel('Length form').selectOption('64');
  await expect(stream(page)).toHaveValue('2b ff 00 00 00 00 00 00 00 05 37 fa 21 3d 7f 9f 4d 51 58');
  await page.getByLabel('Masked').uncheck();
  await expect(stream(page)).toHaveValue('2b 7f 00 00 00 00 00 00 00 05 48 65 6c 6c 6f');

  await stream(page).fill('81 83 01 02 03 04 e5 bf a3');
  await expect(page.getByRole('textbox', { name: 'Payload' })).toHaveValue('你');
  await expect(page.getByLabel('FIN', { exact: true })).toBeChecked();
  await expect(page.getByLabel('Opcode')).toHaveValue('1');
  await expect(page.getByLabel('Length form')).toHaveValue('shortest');
  await page.getByLabel('Masking-key', { exact: true }).fill('00 00 00 00');
  await page.getByRole('textbox', { name: 'Payload' }).fill('你好');
  await expect(stream(page)).toHaveValue('81 86 00 00 00 00 e4 bd a0 e5 a5 bd');

  await page.getByRole('button', { name: 'Roll a random masking-key' }).click();
  await expect(stream(page)).not.toHaveValue('81 86 00 00 00 00 e4 bd a0 e5 a5 bd');
  await expect(page.getByRole('textbox', { name: 'Payload' })).toHaveValue('你好');

  await page.getByLabel('Announced length').fill('9223372036854775808');
  await expect(stream(page)).toHaveValue(/^81 ff 80 00 00 00 00 00 00 00/);
  await expect(page.getByRole('region', { name: 'Findings' })).toContainText('FRAME_LENGTH_HIGH_BIT');
});

test('a payload that grows takes the next length form by itself', async ({ page, playground }) => {
  await open(page, playground.address, '#/frame?v=1&hex=810548656c6c6f');
  const payload = page.getByRole('textbox', { name: 'Payload' });
  await payload.fill('x'.repeat(125));
  await expect(stream(page)).toHaveValue(/^81 7d 78/);
  await payload.fill('x'.repeat(126));
  await expect(stream(page)).toHaveValue(/^81 7e 00 7e 78/);
});

test('pasted bytes are read as frames, cut and broken ones too', async ({ page, playground }) => {
  await open(page, playground.address, '#/frame');
  await stream(page).fill('8105 48656c6c6f, 89 00\n81 7e 00');
  await expect(frames(page)).toHaveText([/TEXT.*Hello/, /PING/, /TEXT.*cut short/]);
  await frames(page).nth(1).click();
  expect(await inspectedHex(page)).toBe('8900');
  await stream(page).fill('81 8');
  await expect(page.getByText('half a byte')).toBeVisible();
  await expect(frames(page)).toHaveCount(3);
  await stream(page).fill('');
  await expect(page.getByText('No bytes, no frame.').first()).toBeVisible();
  await page.getByRole('button', { name: 'Add a frame' }).click();
  await expect(frames(page)).toHaveCount(1);
});

test('who reads decides whether a mask is right', async ({ page, playground }) => {
  await open(page, playground.address, '#/frame');
  await page.getByLabel('Read as').selectOption('client');
  await expect(page.getByRole('region', { name: 'Findings' })).toContainText('FRAME_MASKED');
  await page.getByLabel('Read as').selectOption('server');
  await expect(page.getByText('No rule is broken.')).toBeVisible();
});

test('a link opens on its bits; what is selected stands in the address', async ({ page, playground }) => {
  await open(page, playground.address, '#/frame?v=1&hex=818537fa213d7f9f4d5158&at=16-48');
  await expect(page.getByRole('region', { name: 'Meaning' })).toContainText('Masking-key');
  expect(await linkedHex(page)).toBe('37 fa 21 3d');
  await field(page, 'Opcode').click();
  await expect(page).toHaveURL(/hex=818537fa213d7f9f4d5158&at=4-8$/);
  const address = page.url();
  await open(page, address);
  await expect(page.getByRole('region', { name: 'Meaning' })).toContainText('Opcode');
  // Bits count from the start of the stream, also in its second frame.
  await open(page, playground.address, '#/frame?v=1&hex=8900818537fa213d7f9f4d5158&at=32-64');
  expect(await linkedHex(page)).toBe('37 fa 21 3d');
  await expect(frames(page).nth(1)).toHaveAttribute('aria-selected', 'true');
});

test('a link that cannot be read says so, and shows the default', async ({ page, playground }) => {
  await open(page, playground.address, '#/frame?v=1&hex=81zz');
  await expect(page.getByText('The hex in this link cannot be read')).toBeVisible();
  await expect(stream(page)).toHaveValue('81 85 37 fa 21 3d 7f 9f 4d 51 58');
});

test('bytes, bits and fields point at one another', async ({ page, playground }) => {
  await open(page, playground.address, '#/frame');
  await page.getByRole('gridcell').nth(3).hover();
  expect(await linkedHex(page)).toBe('37 fa 21 3d');
  await expect(field(page, 'Masking-key')).toHaveAttribute('aria-selected', 'true');
  await page.mouse.move(5, 5);
  await page.locator('[data-bit="9"]').first().hover();
  await expect(field(page, 'Payload length')).toHaveAttribute('aria-selected', 'true');
  await expect(page.locator('.bit.linked')).toHaveCount(7);
  await field(page, 'Mask').first().hover();
  await expect(page.locator('.bit.linked')).toHaveText(['1']);
  await expect(page.getByRole('region', { name: 'Meaning' }).getByRole('link')).toHaveAttribute('href', 'https://www.rfc-editor.org/rfc/rfc6455#section-5.2');
});
