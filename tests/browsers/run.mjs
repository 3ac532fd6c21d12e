// node run.mjs PLAN RESULT: runs the cases of a plan in one browser, and writes what it did, a line of JSON a case.
//
// The plan is JSON: { browser: "chromium" | "firefox", program, port, parallel, cases: [{ id, path, offers, client,
// patience }] }, `port` being that of `ws101 serve` and `patience` the milliseconds after which a script stops waiting.
// The first line of RESULT names the browser's version. What the bytes mean that a browser sent is for the reader to say.

import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import puppeteer from 'puppeteer-core';
import { Observer } from './observer.mjs';
import { play } from './page.mjs';

/**
 * @typedef {{ id: string, path: string, offers: string[], client: import('./page.mjs').Action | null, patience: number }} Case
 * @typedef {{ browser: 'chromium' | 'firefox', program: string, port: number, parallel: number, cases: Case[] }} Plan
 */

/** How long after a case's last event its console lines and its last bytes may come. */
const SETTLE = 400;

const [, , planned, written] = process.argv;
if (!planned || !written) throw new Error('node run.mjs PLAN RESULT; `cargo xtask browsers` gives both');
const plan = /** @type {Plan} */ (JSON.parse(readFileSync(planned, 'utf8')));
const result = openSync(written, 'w');
const browser = await launch();
const [, version] = (await browser.version()).split('/');
write({ version, date: new Date().toISOString().slice(0, 10) });
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${plan.port}/misbehave.css`);

/** Who is told of a line of the console, by the address in it. @type {Map<string, string[]>} */
const consoles = new Map();
let hosts = 0;
/** Who is told of a line that names no address: only the one case that runs alone. @type {string[] | undefined} */
let alone;
page.on('console', (message) => hear(message.text()));
page.on('pageerror', (error) => hear(error instanceof Error ? error.message : String(error)));

const listening = plan.cases.filter(({ client }) => client === null);
await Promise.all(Array.from({ length: plan.parallel }, worker));
for (const one of plan.cases.filter(({ client }) => client !== null)) {
  alone = [];
  await run(one, alone);
}
await browser.close();
closeSync(result);

async function worker() {
  for (let one = listening.shift(); one; one = listening.shift()) await run(one, []);
}

/**
 * @param {Case} one
 * @param {string[]} lines
 */
async function run({ id, path, offers, client, patience }, lines) {
  const observer = new Observer(plan.port);
  const address = await observer.listen(nextHost());
  consoles.set(address, lines);
  const url = `ws://${address}${path}`;
  const events = await page.evaluate(play, { url, offers, client, patience });
  const until = Date.now() + SETTLE;
  while (Date.now() < until && !(observer.first?.over && lines.length > 0)) await pause(20);
  const sent = observer.first?.sent ?? Buffer.alloc(0);
  write({ id, url, events, lines, sent: sent.toString('base64') });
  observer.close();
  consoles.delete(address);
}

/**
 * Browsers open connections to one host one after the other, Firefox whatever the port: where all of 127.0.0.0/8 is this
 * machine, each case has a host of its own.
 */
function nextHost() {
  if (process.platform === 'darwin') return '127.0.0.1';
  hosts += 1;
  return `127.1.${hosts >> 8}.${hosts & 255}`;
}

/** @param {string} line */
function hear(line) {
  const address = /\bws:\/\/([\d.:]+)\//.exec(line)?.[1];
  const lines = address === undefined ? alone : consoles.get(address);
  lines?.push(line);
}

function launch() {
  const { browser, program: executablePath } = plan;
  if (browser === 'firefox') return puppeteer.launch({ browser: 'firefox', executablePath, headless: true });
  // Chromium refuses its sandbox to root, as whom containers usually run.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return puppeteer.launch({ browser: 'chrome', executablePath, headless: true, args });
}

/** @param {unknown} value */
function write(value) {
  writeSync(result, `${JSON.stringify(value)}\n`);
}
