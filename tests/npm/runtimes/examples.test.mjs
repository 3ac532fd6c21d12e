// The examples for Deno, Bun and workerd, as they stand in `wasm/js/examples`, beside the package.
//
// What the echo servers must do is asked by the same exercise as of the one for Node (`../consumer/echo-exercise.mjs`).

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Home } from './program.mjs';
import { program } from './programs.mjs';

/** How long a test may take, in milliseconds. */
const within = { timeout: 120_000 };

const home = await Home.open('examples');
await cp(new URL('../../../wasm/js/examples', import.meta.url), home.folder, { recursive: true });
for (const file of ['echo-exercise.mjs', 'streams-pair.mjs']) {
  await cp(new URL(`../consumer/${file}`, import.meta.url), path.join(home.folder, file));
}
const { exercise, portOf } = await import(pathToFileURL(path.join(home.folder, 'echo-exercise.mjs')).href);

/** @typedef {import('node:test').TestContext} TestContext */

test('Deno: the echo server is well typed and does all that it must', within, async (t) => {
  const args = ['run', '--check', '--no-prompt', '--cached-only', '--no-lock', '--node-modules-dir=manual', '--allow-net', 'echo-deno.ts', '0'];
  await exercise(portOf(await firstLine(started(t, program('deno'), args))));
});

test('Bun: the echo server does all that it must', within, async (t) => {
  await exercise(portOf(await firstLine(started(t, program('bun'), ['run', '--no-install', 'echo-bun.ts', '0']))));
});

test('workerd: the client sends what is posted to it, and answers with the echo', within, async (t) => {
  const port = portOf(await firstLine(started(t, process.execPath, ['echo-node.mjs', '0'])));
  const folder = path.join(home.folder, 'client-workerd');
  await symlink(path.join(home.root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  const configuration = path.join(folder, 'worker.capnp');
  const text = await readFile(configuration, 'utf8');
  assert.ok(text.includes('"127.0.0.1:8080"') && text.includes('"127.0.0.1:8787"'));
  await writeFile(configuration, text.replace('127.0.0.1:8080"', `127.0.0.1:${port}"`).replace('127.0.0.1:8787"', '127.0.0.1:0"'));

  const worker = started(t, program('workerd'), ['serve', '--control-fd=3', configuration]);
  const [line] = await once(createInterface({ input: /** @type {import('node:stream').Readable} */ (worker.stdio[3]) }), 'line');
  for (const message of ['Hello', '你好', 'x'.repeat(100_000)]) {
    const response = await fetch(`http://127.0.0.1:${JSON.parse(line).port}/`, { method: 'POST', body: message });
    assert.equal(await response.text(), message);
  }
});

/** A program that runs until the test ends. @param {TestContext} t @param {string} command @param {readonly string[]} args */
function started(t, command, args) {
  const env = { ...process.env, NO_COLOR: '1', DENO_NO_UPDATE_CHECK: '1', DENO_DIR: path.join(home.folder, '.deno') };
  const child = spawn(command, args, { cwd: home.folder, env, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
  // What it says of faults is only of use where a test fails.
  child.stderr?.on('data', (data) => t.diagnostic(String(data)));
  t.after(() => child.kill());
  return child;
}

/** @param {import('node:child_process').ChildProcess} child */
async function firstLine({ stdout }) {
  const [line] = await once(createInterface({ input: /** @type {import('node:stream').Readable} */ (stdout) }), 'line');
  return line;
}
