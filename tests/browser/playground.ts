// What every test starts from: the real server behind the observer, and a page whose complaints fail the test.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { Observer } from './observer.ts';

export { expect };

export interface Playground {
  /** Through the observer. */
  address: string;
  host: string;
  observer: Observer;
}

interface Fixtures {
  /** Console errors, exceptions and violations of the Content-Security-Policy; must be empty at the end. */
  complaints: string[];
}

export const test = base.extend<Fixtures, { playground: Playground }>({
  playground: [
    // Playwright reads the fixtures that are wanted from the pattern, so that there must be one.
    async ({}, use) => {
      const observer = await Observer.listen();
      const host = `127.0.0.1:${observer.port}`;
      const server = spawn(process.env['WS101_BIN']!, ['serve', '--port', '0', '--quiet', '--allow-host', host], { stdio: ['ignore', 'pipe', 'inherit'] });
      const port = await addressOf(server);
      observer.forwardTo(port);
      await use({ address: `http://${host}/`, host, observer });
      server.kill('SIGINT');
      if (server.exitCode === null) await once(server, 'exit');
      await observer.close();
    },
    { scope: 'worker' },
  ],

  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on('console', (message) => message.type() === 'error' && complaints.push(`${message.text()} (${message.location().url})`));
      page.on('pageerror', (error) => complaints.push(String(error.stack)));
      await page.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
      });
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

async function addressOf(server: ReturnType<typeof spawn>): Promise<number> {
  for await (const line of createInterface({ input: server.stdout! })) {
    const port = /:(\d+)/.exec(line)?.[1];
    if (port) return Number(port);
  }
  throw new Error('the server ended before it told its address');
}

/** Opens a section afresh, as a link would. */
export async function open(page: Page, address: string, hash = ''): Promise<void> {
  await page.goto('about:blank');
  await page.goto(address + hash);
}

export const wire = (page: Page): Locator => page.getByRole('listbox', { name: 'On the wire' });
export const rowOf = (page: Page, text: string | RegExp): Locator => wire(page).getByRole('option').filter({ hasText: text });
export const stateOf = (page: Page): Locator => page.getByTestId('state');
export const field = (page: Page, name: string): Locator => page.getByRole('treeitem', { name: new RegExp(`^[▾▸]?\\s*${name}`) });

/** The bytes in the Inspector, as hex without blanks. */
export async function inspectedHex(page: Page): Promise<string> {
  return (await page.getByRole('gridcell').allTextContents()).join('');
}

/** The bytes that the one outline is round. */
export async function linkedHex(page: Page): Promise<string> {
  return (await page.locator('[role=gridcell][aria-selected=true]').allTextContents()).join(' ');
}
