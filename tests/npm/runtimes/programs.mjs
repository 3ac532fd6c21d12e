// Where the runtimes' programs are: in the package of this platform that each runtime brings.
//
// npm takes these packages for optional. One that a registry does not give, it leaves out without a word and with exit
// code 0; and what a runtime's install script would do, npm may be told not to. So no script is run (`.npmrc`), the
// programs are taken from where they lie, and `node programs.mjs` says which are there and fails where one is missing.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const FOLDER = path.dirname(fileURLToPath(import.meta.url));
const exe = process.platform === 'win32' ? '.exe' : '';

/** @param {Record<string, string>} names by Node's names of systems and processors @param {string} name */
const called = (names, name) => names[name] ?? name;

/** The package of each runtime for this platform, and the program in it. @type {Record<string, [string, string]>} */
const PROGRAMS = {
  deno: [`@deno/${process.platform}-${process.arch}${process.platform === 'linux' ? '-glibc' : ''}`, `deno${exe}`],
  bun: [`@oven/bun-${called({ win32: 'windows' }, process.platform)}-${called({ arm64: 'aarch64' }, process.arch)}`, `bin/bun${exe}`],
  workerd: [
    `@cloudflare/workerd-${called({ win32: 'windows' }, process.platform)}-${called({ x64: '64' }, process.arch)}`,
    `bin/workerd${exe}`,
  ],
};

/**
 * The path of a runtime's program.
 *
 * @param {'deno' | 'bun' | 'workerd'} runtime
 */
export function program(runtime) {
  const [holder, file] = PROGRAMS[runtime] ?? ['', ''];
  const found = path.join(FOLDER, 'node_modules', holder, file);
  if (!existsSync(found)) throw new Error(missing(runtime, holder));
  return found;
}

/** @param {string} runtime @param {string} holder */
function missing(runtime, holder) {
  const read = (/** @type {string} */ file) => JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8'));
  const locked = read('package-lock.json').packages[`node_modules/${holder}`];
  const at = path.relative(process.cwd(), FOLDER) || '.';
  if (locked === undefined) {
    const version = read('package.json').devDependencies[runtime];
    return (
      `${runtime} is not installed: package-lock.json has no ${holder}, the package of ${runtime} ${version} for this platform. ` +
      `Choose a version that has one: npm install --prefix ${at} --save-exact ${runtime}@VERSION`
    );
  }
  return (
    `${runtime} is not installed: npm left out ${holder} ${locked.version}, which could not be fetched, or optional ` +
    `packages are omitted. Install it: npm ci --prefix ${at} --include=optional`
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const runtime of /** @type {const} */ (['deno', 'bun', 'workerd'])) {
    try {
      const [version] = execFileSync(program(runtime), ['--version'], { encoding: 'utf8' }).split('\n');
      console.log(`${runtime}: ${version}`);
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    }
  }
}
