// Runs cases in one browser, as `cargo xtask browsers` asks for them: a line of JSON on the standard input and one on the
// standard output at a time.
//
// The first line that comes is the plan: { browser: "chromium" | "firefox", program, page, parallel, cases: [{ id, offers,
// client, patience }] }; `page` is the address of a page from which to connect, and `patience` the milliseconds after which
// a script stops waiting. The first line that goes is { version, date }. Then, for each case, { open: id } asks where to
// connect to and is answered with { id, url }; and { id, events, lines } says what the page and its console saw. What
// crossed the wire is for the other side to know.

import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import puppeteer from 'puppeteer-core';
import { play } from '../../www/src/doctor/case-script.mjs';

/**
 * @typedef {{ id: string, offers: string[], client: import('../../www/src/doctor/case-script.mjs').Action | null, patience: number }} Case
 * @typedef {{ browser: 'chromium' | 'firefox', program: string, page: string, parallel: number, cases: Case[] }} Plan
 */

/** How long after a case's last event its lines on the console and its last bytes may come, in milliseconds. */
const SETTLE = 400;

const input = createInterface({ input: process.stdin });
const plan = await new Promise((/** @type {(plan: Plan) => void} */ resolve) => {
  input.once('line', (line) => resolve(JSON.parse(line)));
});
/** Who waits for an address, by the case's id. @type {Map<string, (url: string) => void>} */
const openings = new Map();
input.on('line', (line) => {
  const { id, url } = JSON.parse(line);
  openings.get(id)?.(url);
});
// The other side is gone: nobody is left to run cases for.
input.on('close', () => process.exit(1));

const browser = await launch();
const [, version] = (await browser.version()).split('/');
write({ version, date: new Date().toISOString().slice(0, 10) });
const page = await browser.newPage();
await page.goto(plan.page);

/** Who is told of a line of the console, by the authority in it. @type {Map<string, string[]>} */
const consoles = new Map();
/** Who is told of a line that names no address: only a case that runs alone. @type {string[] | undefined} */
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
process.exit(0);

async function worker() {
  for (let one = listening.shift(); one; one = listening.shift()) await run(one, []);
}

/**
 * @param {Case} one
 * @param {string[]} lines
 */
async function run({ id, offers, client, patience }, lines) {
  const opening = new Promise((/** @type {(url: string) => void} */ resolve) => openings.set(id, resolve));
  write({ open: id });
  const url = await opening;
  const { host } = new URL(url);
  consoles.set(host, lines);
  const events = await page.evaluate(play, { url, offers, client, patience });
  await pause(SETTLE);
  write({ id, events, lines });
  consoles.delete(host);
  openings.delete(id);
}

/** @param {string} line */
function hear(line) {
  const host = /\bws:\/\/([\d.:]+)\//.exec(line)?.[1];
  const lines = host === undefined ? alone : consoles.get(host);
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
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
