// axe on every section, in both themes and languages, wide and narrow; a screenshot of each is kept.

import { AxeBuilder } from '@axe-core/playwright';
import { expect, open, test } from './playground.ts';

const sections = {
  live: { hash: '', ready: '[role=option] >> text=你好' },
  handshake: { hash: '#/handshake', ready: '[role=option]' },
  frame: { hash: '#/frame', ready: '[role=option], .frame-form' },
  findings: { hash: '#/frame?v=1&hex=b38537fa213d7f9f4d5158&at=0-8', ready: '.findings' },
  doctor: { hash: '#/doctor', ready: '.cm-content, .welcome' },
  'doctor-line': { hash: "#/doctor?v=1&t=WebSocket%20connection%20to%20'ws%3A%2F%2F127.0.0.1%3A3000%2F'%20failed%3A%20Invalid%20frame%20header", ready: '.finding-row' },
  'doctor-bytes': { hash: '#/doctor?v=1&t=HTTP%2F1.1%20101%20Switching%20Protocols%0AUpgrade%3A%20websocket%0AConnection%3A%20Upgrade%0ASec-WebSocket-Accept%3A%20s3pPLMBiTxaQ9kYGzzhZRbK%2BxOo%3D%0A%0A818537fa213d7f9f4d5158%0A8b00', ready: '.finding-row' },
  rule: { hash: '#/doctor?v=1&rule=UNFRAMED_DATA', ready: '.ways' },
  closed: { hash: '', ready: '[role=option] >> text=你好' },
};

for (const [width, height] of [
  [1280, 800],
  [390, 844],
] as const) {
  for (const theme of ['light', 'dark'] as const) {
    for (const [language, locale] of [
      ['en', 'en-GB'],
      ['zh', 'zh-CN'],
    ] as const) {
      test.describe(`${width} ${theme} ${language}`, () => {
        test.use({ viewport: { width, height }, colorScheme: theme, locale, contextOptions: { reducedMotion: 'reduce' } });

        for (const [name, { hash, ready }] of Object.entries(sections)) {
          test(name, async ({ page, playground }) => {
            await open(page, playground.address, hash);
            await page.locator(ready).first().waitFor();
            if (name === 'closed') {
              await page.keyboard.press('x');
              await page.getByTestId('last-in').waitFor({ state: 'attached' });
            }
            await page.screenshot({ path: `artifacts/${name}-${width}-${theme}-${language}.png` });
            const { violations } = await new AxeBuilder({ page }).analyze();
            expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual([]);
            // Nothing is cut off or scrolls sideways.
            expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
            expect(await page.locator('html').getAttribute('lang')).toBe(language === 'zh' ? 'zh-Hans' : 'en');
          });
        }

        test('help', async ({ page, playground }) => {
          await open(page, playground.address, '#/frame');
          await page.keyboard.press('?');
          await page.getByRole('dialog').waitFor();
          await page.screenshot({ path: `artifacts/help-${width}-${theme}-${language}.png` });
          const { violations } = await new AxeBuilder({ page }).include('dialog').analyze();
          expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual([]);
        });
      });
    }
  }
}

test('language and theme are switched by hand, and remembered', async ({ page, playground }) => {
  await open(page, playground.address, '#/frame');
  await page.getByRole('button', { name: '切换到中文' }).click();
  await expect(page.getByRole('heading', { name: '流中的帧' })).toBeVisible();
  await page.getByRole('button', { name: /^浅色或深色/ }).click();
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await expect.poll(background).toBe('rgb(15, 17, 21)');
  await page.reload();
  await expect(page.getByRole('heading', { name: '流中的帧' })).toBeVisible();
  await expect.poll(background).toBe('rgb(15, 17, 21)');
});

test('nothing moves for those who asked for no motion; else only the unmasking', async ({ page, playground }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page, playground.address, '#/frame');
  const moving = () =>
    page.evaluate(() => {
      const styles = [...document.querySelectorAll('*')].map((element) => getComputedStyle(element));
      return [...new Set(styles.flatMap(({ animationName, transitionDuration }) => [animationName, transitionDuration]))].filter((value) => value !== 'none' && !/^0s/.test(value));
    });
  await page.locator('.unmask-meant').first().waitFor();
  expect(await moving()).toEqual([]);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  expect(await moving()).toEqual(['unmask']);
});
