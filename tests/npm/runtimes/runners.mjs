// The runtimes that are no browsers: each runs a program, and says what that said.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { program } from './programs.mjs';

/** @typedef {import('./program.mjs').Outcome} Outcome */

/** How long a program may take, in milliseconds. */
export const PATIENCE = 60_000;

const run = promisify(execFile);

/** The first line that a program prints of its outcome. @param {string} printed @returns {Outcome | undefined} */
export function outcomeIn(printed) {
  const line = printed.split('\n').find((candidate) => candidate.startsWith('outcome '));
  return line === undefined ? undefined : JSON.parse(line.slice('outcome '.length));
}

/** What each program told in Node, by the entries that it uses. @type {Map<string, Promise<Outcome>>} */
const told = new Map();

/**
 * What a program tells that uses these entries: as many checks as in Node, where nothing is bundled.
 *
 * @param {import('./program.mjs').Home} home
 * @param {readonly import('./program.mjs').Use[]} uses
 */
export async function expected(home, uses) {
  const name = `expected ${uses.map(({ entry, form }) => `${form} ${entry.name}`).join(' ')}`;
  const outcome = told.get(name) ?? home.program(name, uses, 'bytes').then(node);
  told.set(name, outcome);
  const { error, counts } = await outcome;
  if (counts === undefined) throw new Error(`in Node: ${error}`);
  return { counts };
}

/** Node, in which `require` takes CommonJS and nothing else, as in the oldest that is supported. @param {string} file */
export function node(file) {
  const newer = process.allowedNodeEnvironmentFlags.has('--experimental-require-module');
  return printed(process.execPath, [...(newer ? ['--no-experimental-require-module'] : []), file], file);
}

/**
 * Deno, with no permission but to read, where a program reads, and with what is installed in the folder and nothing else.
 *
 * @param {string} file
 * @param {{ reads?: 'files' | 'nothing' }} [options]
 */
export function deno(file, { reads = 'nothing' } = {}) {
  const permissions = reads === 'files' ? ['--allow-read'] : [];
  const args = ['run', '--no-prompt', '--cached-only', '--no-lock', '--node-modules-dir=manual', ...permissions, file];
  return printed(program('deno'), args, file);
}

/** Bun, with what is installed in the folder and nothing else. @param {string} file */
export function bun(file) {
  return printed(program('bun'), ['run', '--no-install', file], file);
}

/** @param {string} command @param {readonly string[]} args @param {string} file */
async function printed(command, args, file) {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '', DENO_NO_UPDATE_CHECK: '1', DENO_DIR: path.join(path.dirname(file), '.deno') };
  const { stdout, stderr } = await run(command, args, { cwd: path.dirname(file), env, timeout: PATIENCE });
  const outcome = outcomeIn(stdout);
  if (outcome === undefined) throw new Error(`${file} told no outcome:\n${stdout}${stderr}`);
  return outcome;
}

/**
 * A worker in workerd, bundled as for Cloudflare: what is imported is chosen by the condition `workerd`, and a `.wasm` file
 * stays a file, which the runtime compiles.
 *
 * @param {string} file the program, which answers a request with its outcome
 * @param {string} date from when on changes of the runtime count
 * @returns {Promise<Outcome>}
 */
export async function workerd(file, date) {
  const folder = await mkdtemp(path.join(path.dirname(file), 'worker-'));
  await build({
    entryPoints: [file],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['workerd'],
    loader: { '.wasm': 'copy' },
    assetNames: '[name]',
    logLevel: 'silent',
  });
  // The first module is the worker.
  const files = (await readdir(folder)).sort((one, other) => Number(one.endsWith('.wasm')) - Number(other.endsWith('.wasm')));
  const configuration = path.join(folder, 'worker.capnp');
  await writeFile(configuration, worker(files, date));
  return answer(configuration);
}

/** @param {readonly string[]} files the worker's first @param {string} date */
function worker(files, date) {
  const modules = files.map((name) => {
    return name.endsWith('.wasm') ? `(name = "./${name}", wasm = embed "${name}")` : `(name = "${name}", esModule = embed "${name}")`;
  });
  return `
    using Workerd = import "/workerd/workerd.capnp";
    const config :Workerd.Config = (
      services = [(name = "main", worker = (compatibilityDate = "${date}", modules = [${modules.join(', ')}]))],
      sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
    );`;
}

/** What the worker answers. @param {string} configuration @returns {Promise<Outcome>} */
async function answer(configuration) {
  const server = spawn(program('workerd'), ['serve', '--control-fd=3', configuration], {
    cwd: path.dirname(configuration),
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    timeout: PATIENCE,
  });
  const said = /** @type {string[]} */ ([]);
  for (const stream of [server.stdout, server.stderr]) stream?.on('data', (data) => said.push(String(data)));
  const ended = once(server, 'exit');
  try {
    const control = createInterface({ input: /** @type {import('node:stream').Readable} */ (server.stdio[3]) });
    const line = await Promise.race([once(control, 'line'), ended.then(() => undefined)]);
    if (line === undefined) throw new Error(`workerd did not start the worker:\n${said.join('')}`);
    const response = await fetch(`http://127.0.0.1:${JSON.parse(line[0]).port}/`, { signal: AbortSignal.timeout(PATIENCE) });
    if (!response.ok) throw new Error(`the worker answered ${response.status}:\n${await response.text()}${said.join('')}`);
    return /** @type {Outcome} */ (await response.json());
  } finally {
    server.kill();
    await ended;
  }
}
