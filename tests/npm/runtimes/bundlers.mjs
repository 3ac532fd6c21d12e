// The bundlers, and none: each makes a page of a program, as their own manuals say and with as few settings as they need.

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import * as esbuild from 'esbuild';
import { rollup } from 'rollup';
import * as vite from 'vite';
import webpack from 'webpack';

/**
 * @typedef {object} Bundler
 * @property {string} name
 * @property {readonly import('./entries.mjs').Form[]} forms what it takes
 * @property {import('./program.mjs').Start} start how an entry is started that fetches its module
 * @property {(file: string, folder: string) => Promise<void>} bundle makes a page in `folder` of a program
 * @property {string} [script] what Node runs too, among the files of the page
 */

/** @type {readonly Bundler[]} */
export const BUNDLERS = [
  { name: 'esbuild', forms: ['import', 'require'], start: 'imported', bundle: withEsbuild, script: 'main.mjs' },
  { name: 'rollup', forms: ['import'], start: 'address', bundle: withRollup, script: 'main.mjs' },
  { name: 'webpack', forms: ['import', 'require'], start: 'alone', bundle: withWebpack },
  { name: 'Vite', forms: ['import'], start: 'alone', bundle: withVite },
];

/**
 * A page without a bundler: the package's own files, under the names that an import map gives them.
 *
 * @param {string} file @param {import('./program.mjs').Home} home
 */
export async function withoutBundler(file, home) {
  const targets = Object.entries(await home.exports()).map(([name, target]) => [name, target.default?.default ?? target.default ?? target]);
  const imports = Object.fromEntries(targets.map(([name, target]) => [name, `/node_modules/ws101/${target.slice(2)}`]));
  const map = `<script type="importmap">${JSON.stringify({ imports })}</script>`;
  await writeFile(path.join(path.dirname(file), 'index.html'), page(`${map}<script type="module" src="main.mjs"></script>`));
}

/** @param {string} scripts */
function page(scripts) {
  return `<!doctype html><meta charset="utf-8"><title>ws101</title><link rel="icon" href="data:,">${scripts}\n`;
}

/** @param {string} file @param {string} folder */
async function withEsbuild(file, folder) {
  await esbuild.build({
    entryPoints: [file],
    outfile: path.join(folder, 'main.mjs'),
    bundle: true,
    minify: true,
    format: 'esm',
    loader: { '.wasm': 'file' },
    logLevel: 'silent',
  });
  await writeFile(path.join(folder, 'index.html'), page('<script type="module" src="main.mjs"></script>'));
}

/** @param {string} file @param {string} folder */
async function withRollup(file, folder) {
  const bundle = await rollup({ input: file, plugins: [nodeResolve({ browser: true })], onLog: refuse });
  await bundle.write({ file: path.join(folder, 'main.mjs'), format: 'es' });
  await bundle.close();
  await writeFile(path.join(folder, 'index.html'), page('<script type="module" src="main.mjs"></script>'));
}

/** @param {string} level @param {import('rollup').RollupLog} log */
function refuse(level, { code, message }) {
  if (level === 'warn' && code !== 'EMPTY_BUNDLE') throw new Error(message);
}

/** @param {string} file @param {string} folder */
async function withWebpack(file, folder) {
  const compiler = webpack({
    mode: 'production',
    context: path.dirname(file),
    entry: file,
    output: { path: folder, filename: 'main.js' },
    performance: false,
  });
  if (compiler === null) throw new Error('webpack gave no compiler');
  const stats = await new Promise((resolve, reject) => {
    compiler.run((error, found) => compiler.close(() => (error || !found ? reject(error) : resolve(found))));
  });
  if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString({ all: false, colors: false, errors: true, warnings: true }));
  await writeFile(path.join(folder, 'index.html'), page('<script defer src="main.js"></script>'));
}

/** @param {string} file @param {string} folder */
async function withVite(file, folder) {
  const root = await pageForVite(file);
  await vite.build({ root, base: './', configFile: false, logLevel: 'error', build: { outDir: folder, emptyOutDir: true } });
}

/**
 * Vite's development server, which prepares packages in another way than a build; to be closed.
 *
 * @param {string} file @param {import('./program.mjs').Home} home
 */
export async function viteServer(file, home) {
  const root = await pageForVite(file);
  const server = await vite.createServer({
    root,
    // Each has its own, or one would prepare anew what another serves.
    cacheDir: path.join(root, '.vite'),
    configFile: false,
    logLevel: 'error',
    server: { host: '127.0.0.1', port: 0, hmr: false, fs: { allow: [home.root] } },
  });
  await server.listen();
  return server;
}

/** @param {string} file */
async function pageForVite(file) {
  const root = path.dirname(file);
  await writeFile(path.join(root, 'index.html'), page('<script type="module" src="./main.mjs"></script>'));
  return root;
}
