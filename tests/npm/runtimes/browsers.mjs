// Chromium and Firefox: each opens a page and says what the program in it told.

import process from 'node:process';
import puppeteer from 'puppeteer-core';
import { outcomeIn } from './runners.mjs';

/** How long a page may take, in milliseconds. */
const PATIENCE = 45_000;

export class Browser {
  #browser;

  /** @param {string} name @param {import('puppeteer-core').Browser} browser */
  constructor(name, browser) {
    this.name = name;
    this.#browser = browser;
  }

  /** @param {'Chromium' | 'Firefox'} name */
  static async launch(name) {
    const executablePath = process.env[name.toUpperCase()];
    if (!executablePath) throw new Error(`${name.toUpperCase()} must name ${name}’s program`);
    // Chromium refuses its sandbox to root, as whom containers usually run.
    const args = name === 'Chromium' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const browser = name === 'Chromium' ? 'chrome' : 'firefox';
    return new Browser(name, await puppeteer.launch({ browser, executablePath, headless: true, args }));
  }

  /**
   * What the program of a page tells.
   *
   * @param {string} address
   * @returns {Promise<import('./program.mjs').Outcome>}
   */
  async outcome(address) {
    const page = await this.#browser.newPage();
    const seen = /** @type {string[]} */ ([]);
    let late = /** @type {NodeJS.Timeout | undefined} */ (undefined);
    try {
      return await new Promise((resolve, reject) => {
        late = setTimeout(() => reject(new Error(`${address} told no outcome:\n${seen.join('\n')}`)), PATIENCE);
        page.on('console', (message) => {
          const found = outcomeIn(message.text());
          if (found !== undefined) resolve(found);
          seen.push(message.text());
        });
        page.on('pageerror', (error) => reject(new Error(`${address}: ${error}`, { cause: error })));
        page.on('requestfailed', (request) => seen.push(`${request.url()} was not loaded: ${request.failure()?.errorText}`));
        page.on('response', (response) => response.ok() || seen.push(`${response.url()}: ${response.status()}`));
        page.goto(address).catch(reject);
      });
    } finally {
      clearTimeout(late);
      await page.close();
    }
  }

  close() {
    return this.#browser.close();
  }
}
