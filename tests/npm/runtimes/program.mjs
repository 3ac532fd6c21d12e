// The program that a stranger would write: it imports some entries, starts what must be started, and has them do their
// exercises.

import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';

/**
 * @typedef {import('./entries.mjs').Entry} Entry
 * @typedef {{ entry: Entry, form: import('./entries.mjs').Form }} Use
 * @typedef {{ name: string, wasm: string, at: number }} Module what the package calls it, its file, and which use's it is
 * @typedef {keyof typeof STARTS} Start
 * @typedef {keyof typeof ENDS} End
 *
 * @typedef {object} Outcome What a program tells: its numbers of checks, or what went wrong.
 * @property {number[]} [counts]
 * @property {string} [error]
 */

/** How an entry is started that fetches its module: what must be declared for it, and what its `init` is given. */
const STARTS = {
  /** It finds its module itself. */
  alone: () => ({ declaration: '', argument: '' }),
  /** The file's bytes, where `fetch` does not know files. */
  bytes: (/** @type {Module} */ { name, at }) => ({
    declaration: `import { readFile as read${at} } from 'node:fs/promises';`,
    argument: `await read${at}(new URL(import.meta.resolve('${name}')))`,
  }),
  /** The module as the runtime compiled it. */
  module: (/** @type {Module} */ { name, at }) => ({ declaration: `import wasm${at} from '${name}';`, argument: `wasm${at}` }),
  /** The address that a bundler has for the file. */
  imported: (/** @type {Module} */ { name, at }) => ({
    declaration: `import address${at} from '${name}';`,
    argument: `new URL(address${at}, import.meta.url)`,
  }),
  /** The address where somebody put the file: beside the page. */
  address: (/** @type {Module} */ { wasm }) => ({ declaration: '', argument: `'./${wasm}'` }),
};

/** What becomes of the outcome: it is printed, or a request is answered with it. */
const ENDS = {
  console: 'outcome().then((found) => console.log(`outcome ${JSON.stringify(found)}`));',
  worker: 'export default { fetch: async () => Response.json(await outcome()) };',
};

const OUTCOME = `
function outcome() {
  return run().then((counts) => ({ counts }), (error) => ({ error: \`\${error?.message}\\n\${error?.stack}\` }));
}
`;

/** A folder for programs below an empty one in which the package is installed. */
export class Home {
  /** @param {string} root where the package is installed @param {string} folder */
  constructor(root, folder) {
    this.root = root;
    this.folder = folder;
  }

  /** A folder of its own, so that others may write programs at the same time. @param {string} name */
  static async open(name) {
    const root = process.env.WS101_HOME;
    if (!root) throw new Error('WS101_HOME must name a folder with the package in it: run `cargo xtask test runtimes`');
    const folder = path.join(root, name);
    await cp(new URL('exercise', import.meta.url), path.join(folder, 'exercise'), { recursive: true });
    return new Home(root, folder);
  }

  /** A file of the package. @param {string} name */
  package(name) {
    return path.join(this.root, 'node_modules/ws101', name);
  }

  /** What the package says that each of its names stands for. @returns {Promise<Record<string, any>>} */
  async exports() {
    const { exports } = JSON.parse(await readFile(this.package('package.json'), 'utf8'));
    return Object.fromEntries(Object.entries(exports).map(([name, target]) => [`ws101${name.slice(1)}`, target]));
  }

  /**
   * Writes a program into a folder of its own, and gives its path.
   *
   * @param {string} name
   * @param {readonly Use[]} uses
   * @param {Start} start
   * @param {End} [end]
   */
  async program(name, uses, start, end = 'console') {
    const common = uses.every(({ form }) => form === 'require');
    const lines = common ? required(uses) : imported(uses, start, await this.exports());
    return this.source(name, [...lines, OUTCOME, ENDS[end], ''].join('\n'), common ? 'main.cjs' : 'main.mjs');
  }

  /** Writes a source text into a folder of its own, and gives its path. @param {string} name @param {string} text @param {string} [file] */
  async source(name, text, file = 'main.mjs') {
    const folder = path.join(this.folder, name.replaceAll(/\W+/g, '-'));
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, file), text);
    return path.join(folder, file);
  }
}

/** @param {readonly Use[]} uses @param {Start} start @param {Record<string, any>} exports */
function imported(uses, start, exports) {
  const inits = uses.map(({ entry: { starts, wasm } }, at) => {
    if (starts === 'by itself') return undefined;
    const name = Object.keys(exports).find((candidate) => exports[candidate] === `./dist/${wasm}`);
    if (name === undefined) throw new Error(`the package has no name for dist/${wasm}`);
    return STARTS[start]({ name, wasm, at });
  });
  return [
    `import { exercise } from '../exercise/exercise.mjs';`,
    ...inits.map((init) => init?.declaration ?? ''),
    ...(uses.some(({ form }) => form === 'require') ? [REQUIRE] : []),
    ...uses.map(({ entry: { name }, form }, at) => {
      if (form === 'require') return `const entry${at} = require('${name}');`;
      return `import ${inits[at] ? `init${at}, ` : ''}* as entry${at} from '${name}';`;
    }),
    'async function run() {',
    ...inits.map((init, at) => (init ? `  await init${at}(${init.argument});` : '')),
    `  return exercise(${names(uses)});`,
    '}',
  ].filter((line) => line !== '');
}

const REQUIRE = `import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);`;

/** @param {readonly Use[]} uses */
function required(uses) {
  return [
    ...uses.map(({ entry }, at) => `const entry${at} = require('${entry.name}');`),
    'async function run() {',
    `  const { exercise } = await import('../exercise/exercise.mjs');`,
    `  return exercise(${names(uses)});`,
    '}',
  ];
}

/** The entries as the program names them, and what the first is asked. @param {readonly Use[]} uses */
function names(uses) {
  return `[${uses.map((_, at) => `entry${at}`).join(', ')}], ${JSON.stringify(uses[0]?.entry.exercises)}`;
}
