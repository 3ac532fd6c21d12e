// Every entry in every form in every runtime that is no browser, and all of them in one program.
//
// Each test runs the same program; its number of checks must be that of Node, so that none is silently left out.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entries, has } from './entries.mjs';
import { Home } from './program.mjs';
import { bun, deno, expected, node, workerd } from './runners.mjs';

/**
 * @typedef {import('./entries.mjs').Form} Form
 * @typedef {import('./program.mjs').Use} Use
 * @typedef {import('./program.mjs').Start} Start
 *
 * @typedef {object} Runtime
 * @property {string} name
 * @property {readonly Form[]} forms
 * @property {Start} start how an entry is started that fetches its module
 * @property {import('./program.mjs').End} [end] what its programs do with their outcome, if not print it
 * @property {(file: string, uses: readonly Use[]) => Promise<import('./program.mjs').Outcome>} run
 */

/** @type {readonly Runtime[]} */
const RUNTIMES = [
  { name: 'Node', forms: ['import', 'require'], start: 'bytes', run: node },
  { name: 'Deno', forms: ['import', 'require'], start: 'alone', run: (file, uses) => deno(file, { reads: uses.every(alone) ? 'nothing' : 'files' }) },
  { name: 'Bun', forms: ['import', 'require'], start: 'alone', run: bun },
  { name: 'workerd, 2023', forms: ['import'], start: 'module', end: 'worker', run: (file) => workerd(file, '2023-03-01') },
  { name: 'workerd, 2026', forms: ['import'], start: 'module', end: 'worker', run: (file) => workerd(file, '2026-10-01') },
];

const home = await Home.open('runtimes');

for (const runtime of RUNTIMES) {
  for (const entry of entries) {
    for (const form of runtime.forms.filter((form) => has(entry, form))) {
      test(`${runtime.name}: ${form} ${entry.name}`, async () => {
        await runs(runtime, `${form} ${entry.name}`, [{ entry, form }]);
      });
    }
  }
  test(`${runtime.name}: all entries in one program`, async () => {
    const uses = entries.flatMap((entry) => runtime.forms.filter((form) => has(entry, form)).map((form) => ({ entry, form })));
    await runs(runtime, 'all entries', uses);
  });
}

/** @param {Runtime} runtime @param {string} name @param {readonly Use[]} uses */
async function runs(runtime, name, uses) {
  const file = await home.program(`${runtime.name} ${name}`, uses, runtime.start, runtime.end);
  assert.deepEqual(await runtime.run(file, uses), await expected(home, uses));
}

/** @param {Use} use */
function alone({ entry, form }) {
  return entry.starts === 'by itself' && form === 'import';
}
