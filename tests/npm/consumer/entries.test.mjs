// Every way into the package, and several of them in one program.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { test } from 'node:test';

const require = createRequire(import.meta.url);
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const ACCEPT = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';

test('import needs no init', async () => {
  const esm = await import('ws101');
  assert.equal(esm.acceptKey(KEY), ACCEPT);
});

test('require needs no init', () => {
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

test('each entry carries its own module and no other, and only what inspects has words for fields', async () => {
  const folder = new URL('dist/', `file://${require.resolve('ws101/package.json')}`);
  const carriers = {
    './ws101_wasm_bg.js': ['inline.js', 'index.cjs', 'workerd.js', 'slim.js'],
    './ws101_inspect_bg.js': ['inspect.js', 'inspect.cjs', 'inspect.workerd.js'],
    'Extended payload length': ['inspect.js', 'inspect.cjs', 'inspect.workerd.js'],
    './ws101_wasm_doctor_bg.js': ['doctor.js', 'doctor.cjs', 'doctor.workerd.js'],
  };
  const files = [...new Set(Object.values(carriers).flat())];
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, folder), 'utf8')));
  for (const [mark, expected] of Object.entries(carriers)) {
    assert.deepEqual(files.filter((_, at) => texts[at].includes(mark)), expected, mark);
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

test('the files are modules that load nothing else', async () => {
  for (const [file, glue] of [['ws101.wasm', './ws101_wasm_bg.js'], ['inspect.wasm', './ws101_inspect_bg.js'], ['doctor.wasm', './ws101_wasm_doctor_bg.js']]) {
    const bytes = await readFile(new URL(`dist/${file}`, `file://${require.resolve('ws101/package.json')}`));
    const module = await WebAssembly.compile(bytes);
    const imports = WebAssembly.Module.imports(module).map((one) => one.module);
    assert.deepEqual([...new Set(imports)], [glue]);
  }
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

function catching(action) {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
