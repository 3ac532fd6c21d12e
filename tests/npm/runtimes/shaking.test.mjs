// What bundlers keep: an entry's module where the entry is imported, if only for its effect, and nothing that nobody uses.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { before, test } from 'node:test';
import { BUNDLERS } from './bundlers.mjs';
import { entries } from './entries.mjs';
import { Home } from './program.mjs';

const home = await Home.open('shaking');

/** Of each module: itself in base64, and what its glue calls it. @type {Map<string, { base64: string, glue: string }>} */
const modules = new Map();
/** What only `inspect` says. */
let sentence = '';

before(async () => {
  for (const { wasm } of entries) {
    const bytes = await readFile(home.package(`dist/${wasm}`));
    const [{ module: glue } = { module: '' }] = WebAssembly.Module.imports(await WebAssembly.compile(bytes));
    modules.set(wasm, { base64: bytes.toString('base64'), glue });
  }
  ({ fieldTexts: { opcode: { sentence } } } = await import(home.package('dist/inspect.js')));
});

for (const bundler of BUNDLERS) {
  for (const entry of entries) {
    test(`${bundler.name}: import '${entry.name}' alone keeps ${entry.starts === 'by itself' ? 'what starts' : 'nothing'}`, async () => {
      const { text } = await bundled(bundler, `effect ${entry.name}`, `import '${entry.name}';`);
      const kept = entry.starts === 'by itself' ? [entry.wasm] : [];
      assert.deepEqual(carried(text), kept);
      assert.deepEqual(glued(text), kept);
    });
  }

  test(`${bundler.name}: who writes frames has neither the doctor nor what inspect says`, async () => {
    const program = `
      import { encodeFrame } from 'ws101';
      console.log(String(encodeFrame({ opcode: 1, payload: 'Hello' })));`;
    const { text, folder } = await bundled(bundler, 'frames', program);
    assert.deepEqual([carried(text), glued(text)], [['ws101.wasm'], ['ws101.wasm']]);
    assert.equal(text.includes(sentence), false);
    if (bundler.script === undefined) return;
    const printed = execFileSync(process.execPath, [path.join(folder, bundler.script)], { encoding: 'utf8' });
    assert.equal(printed, '129,5,72,101,108,108,111\n');
  });

  test(`${bundler.name}: who inspects has what inspect says, and neither codec nor doctor`, async () => {
    const { text } = await bundled(bundler, 'inspect', `import { fieldTexts } from 'ws101/inspect'; console.log(fieldTexts);`);
    assert.deepEqual(carried(text), ['inspect.wasm']);
    assert.ok(text.includes(sentence));
  });
}

/**
 * All of the scripts that a bundler makes of a program.
 *
 * @param {import('./bundlers.mjs').Bundler} bundler @param {string} name @param {string} program
 */
async function bundled(bundler, name, program) {
  const file = await home.source(`${bundler.name} ${name}`, program);
  const folder = path.join(path.dirname(file), 'built');
  await bundler.bundle(file, folder);
  const names = await readdir(folder, { recursive: true });
  const scripts = names.filter((one) => /\.m?js$/.test(one));
  assert.ok(scripts.length > 0, `${names}`);
  const texts = await Promise.all(scripts.map((script) => readFile(path.join(folder, script), 'utf8')));
  return { folder, text: texts.join('\n') };
}

/** The modules that a text carries. @param {string} text */
function carried(text) {
  return [...modules].filter(([, { base64 }]) => text.includes(base64)).map(([wasm]) => wasm);
}

/** The modules whose glue is in a text. @param {string} text */
function glued(text) {
  return [...modules].filter(([, { glue }]) => text.includes(glue)).map(([wasm]) => wasm);
}
