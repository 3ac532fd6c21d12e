// Every way into the package, and several of them in one program.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { test } from 'node:test';

const require = createRequire(import.meta.url);
/** The entries, a line each: their names, their modules' files, and how they start. */
const entries = JSON.parse(await readFile(new URL('entries.json', import.meta.url), 'utf8'));
const dist = new URL('dist/', `file://${require.resolve('ws101/package.json')}`);
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const ACCEPT = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';

test('the table of entries is the package’s own', async () => {
  const { exports } = require('ws101/package.json');
  const named = Object.entries(exports).filter(([, target]) => typeof target === 'object').map(([name]) => `ws101${name.slice(1)}`);
  assert.deepEqual(entries.map(({ name }) => name).sort(), named.sort());
  for (const { name, starts, wasm } of entries) {
    const conditions = Object.keys(exports[name.replace('ws101', '.')]).filter((condition) => condition !== 'types');
    assert.deepEqual(conditions, starts === 'by itself' ? ['workerd', 'require', 'default'] : ['default'], name);
    // Who starts a module by hand must be able to name it.
    assert.ok(starts === 'by itself' || Object.values(exports).includes(`./dist/${wasm}`), wasm);
  }
});

test('import and require need no init', async () => {
  assert.equal((await import('ws101')).acceptKey(KEY), ACCEPT);
  assert.equal(require('ws101').acceptKey(KEY), ACCEPT);
});

test('import and require offer the same names, and slim the same but for its default', async () => {
  const esm = Object.keys(await import('ws101')).sort();
  assert.ok(esm.length >= 15, `${esm}`);
  assert.deepEqual(Object.keys(require('ws101')).sort(), esm);
  assert.deepEqual(Object.keys(await import('ws101/slim')).filter((name) => name !== 'default').sort(), esm);
});

test('the doctor has an entry of its own, for import and for require', async () => {
  const esm = await import('ws101/doctor');
  const cjs = require('ws101/doctor');
  assert.deepEqual(Object.keys(cjs).sort(), Object.keys(esm).sort());
  assert.deepEqual(['diagnose', 'explainMessage'].filter((name) => typeof esm[name] !== 'function'), []);
  const recording = { fromServer: 'hello', ended: 'rst' };
  assert.notEqual(esm.diagnose, cjs.diagnose);
  assert.deepEqual(esm.diagnose(recording), cjs.diagnose(recording));
});

test('what inspects has an entry of its own, for import and for require, whose module is its own as well', async () => {
  const esm = await import('ws101/inspect');
  const cjs = require('ws101/inspect');
  assert.deepEqual(Object.keys(esm).sort(), ['explainAcceptKey', 'fieldTexts', 'inspect']);
  assert.deepEqual(Object.keys(cjs).sort(), Object.keys(esm).sort());
  assert.notEqual(esm.inspect, cjs.inspect);
  const ping = Uint8Array.of(0x89, 0x00);
  assert.deepEqual(esm.inspect(ping, { as: 'frames' }), cjs.inspect(ping, { as: 'frames' }));
});

test('only what inspects has words for fields', async () => {
  const files = ['inline.js', 'index.cjs', 'slim.js', 'doctor.js', 'inspect.js', 'inspect.cjs', 'inspect.workerd.js'];
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, dist), 'utf8')));
  const has = texts.map((text) => text.includes('Extended payload length'));
  assert.deepEqual(has, [false, false, false, false, true, true, true]);
});

test('each file of an entry has the glue of its own module and of no other', async () => {
  const { exports } = require('ws101/package.json');
  const glues = new Map();
  for (const { wasm } of entries) glues.set(wasm, await glueOf(wasm));
  for (const { name, wasm } of entries) {
    const { types, ...conditions } = exports[name.replace('ws101', '.')];
    for (const target of Object.values(conditions)) {
      const file = target.default ?? target;
      const text = await readFile(new URL(`../${file}`, dist), 'utf8');
      assert.deepEqual([...glues].filter(([, glue]) => text.includes(glue)).map(([module]) => module), [wasm], file);
    }
  }
});

test('slim says what is missing until init is called, and then works', async () => {
  const slim = await import('ws101/slim');
  assert.throws(() => slim.acceptKey(KEY), /init/);
  assert.throws(() => new slim.FrameDecoder({ role: 'client' }), /init/);
  const file = require.resolve('ws101/wasm');
  // A first try that fails leaves the way open for a second.
  await assert.rejects(slim.default(new Uint8Array([0, 1, 2, 3])), WebAssembly.CompileError);
  await slim.default(await readFile(file));
  assert.equal(slim.acceptKey(KEY), ACCEPT);
});

test('the entries for workerd take their modules as files', async () => {
  const { register } = await import('node:module');
  // Node gives a .wasm import its exports; workerd gives the module, as this loader does.
  const source = `
    import { readFile } from 'node:fs/promises';
    import { fileURLToPath } from 'node:url';
    export async function load(url, context, next) {
      if (!url.endsWith('.wasm')) return next(url, context);
      const bytes = [...await readFile(fileURLToPath(url))];
      const text = 'export default new WebAssembly.Module(new Uint8Array(' + JSON.stringify(bytes) + '))';
      return { format: 'module', source: text, shortCircuit: true };
    }`;
  register(`data:text/javascript,${encodeURIComponent(source)}`);
  const { exports } = require('ws101/package.json');
  const entry = (name) => import(new URL(exports[name].workerd.default, `file://${require.resolve('ws101/package.json')}`));
  assert.equal((await entry('.')).acceptKey(KEY), ACCEPT);
  const ping = Uint8Array.of(0x89, 0x00);
  const { inspect } = await entry('./inspect');
  assert.deepEqual(inspect(ping, { as: 'frames' }), require('ws101/inspect').inspect(ping, { as: 'frames' }));
  const { diagnose } = await entry('./doctor');
  const recording = { fromServer: 'hello', ended: 'rst' };
  assert.deepEqual(diagnose(recording), require('ws101/doctor').diagnose(recording));
});

test('two copies work side by side, and errors are known by their code in both', async () => {
  const esm = await import('ws101');
  const cjs = require('ws101');
  assert.notEqual(esm.FrameDecoder, cjs.FrameDecoder);
  const one = new esm.FrameDecoder({ role: 'client' });
  const other = new cjs.FrameDecoder({ role: 'client' });
  for (const [encode, decoder] of [[cjs.encodeFrame, one], [esm.encodeFrame, other]]) {
    const [part] = [...decoder.decode(encode({ opcode: 1, payload: 'Hello' }))];
    assert.equal(new TextDecoder().decode(part.payload), 'Hello');
  }
  for (const { acceptKey } of [esm, cjs]) {
    assert.throws(() => acceptKey('short'), { name: 'Ws101Error', code: 'REQUEST_KEY_INVALID' });
  }
  const error = catching(() => cjs.verifyRequest('GET / HTTP/1.1\r\n\r\n'));
  assert.match(new TextDecoder().decode(esm.buildErrorResponse(error)), /^HTTP\/1\.1 400 /);
});

test('the version is the one of the package', async () => {
  assert.equal((await import('ws101')).version, require('ws101/package.json').version);
});

/** What a module calls the glue that it needs, and that it needs nothing else. */
async function glueOf(wasm) {
  const module = await WebAssembly.compile(await readFile(new URL(wasm, dist)));
  const [glue, ...more] = new Set(WebAssembly.Module.imports(module).map((one) => one.module));
  assert.match(glue, /^\.\/\w+_bg\.js$/);
  assert.deepEqual(more, []);
  return glue;
}

function catching(action) {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
