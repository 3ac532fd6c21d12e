// The examples of the package's README and of the repository's, as they stand.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { FrameDecoder, HeadReader, buildRequest, encodeClosePayload, encodeFrame, generateKey, opcodes, parseClosePayload, verifyResponse } from 'ws101';

const require = createRequire(import.meta.url);

test('the example of the repository’s README prints what it says', async (t) => {
  const readme = await readFile(new URL('REPOSITORY-README.md', import.meta.url), 'utf8');
  const [, example] = readme.match(/```js\n([\s\S]+?)```/);
  const file = new URL('repository-example.mjs', import.meta.url);
  const [, accept] = example.match(/acceptKey\('[^']+'\); \/\/ '([^']+)'/);
  await writeFile(file, example.replace("\nacceptKey('", "\nglobalThis.accept = acceptKey('") + "\nconsole.log(accept);\n");
  t.after(() => rm(file));
  assert.equal(execFileSync(process.execPath, [file.pathname], { encoding: 'utf8' }), `7 open\n${accept}\n`);
});

test('the echo server of the README echoes', { timeout: 20_000 }, async (t) => {
  const socket = connect(await echoServer(t), '127.0.0.1');
  const key = generateKey();
  const hello = encodeFrame({ opcode: opcodes.text, payload: '你好', maskingKey: 'random' });
  // The head, frames right behind it, and a frame that comes in pieces.
  socket.write(Buffer.concat([buildRequest({ host: 'localhost', key }), hello.subarray(0, 9)]));
  setTimeout(() => socket.write(hello.subarray(9)), 30);
  setTimeout(() => socket.write(encodeFrame({ opcode: opcodes.ping, payload: 'p', maskingKey: 'random' })), 60);
  const payload = encodeClosePayload(1000, 'bye');
  setTimeout(() => socket.write(encodeFrame({ opcode: opcodes.close, payload, maskingKey: 'random' })), 90);

  const messages = await framesUntilTheEnd(socket, key);
  const echoed = messages.filter(([opcode]) => opcode < 8);
  assert.equal(Buffer.concat(echoed.map(([, , bytes]) => bytes)).toString(), '你好');
  assert.equal(echoed.at(-1)[1], true);
  assert.equal(messages.find(([opcode]) => opcode === opcodes.pong)[2].toString(), 'p');
  assert.equal(parseClosePayload(messages.find(([opcode]) => opcode === opcodes.close)[2]).code, 1000);
});

test('the echo server of the README says with a Close what is wrong', { timeout: 20_000 }, async (t) => {
  const port = await echoServer(t);
  const tooBig = new Uint8Array(14);
  tooBig.set([0x82, 0xff]);
  new DataView(tooBig.buffer).setBigUint64(2, (1n << 32n) + 5n); // announced, never sent
  for (const [code, bytes] of [
    [1002, encodeFrame({ opcode: opcodes.text, payload: 'Hello' })], // not masked
    [1002, Uint8Array.of(0x83)], // a reserved opcode
    [1002, encodeFrame({ opcode: opcodes.close, payload: Uint8Array.of(0x03, 0xed), maskingKey: 'random' })], // 1005
    [1007, encodeFrame({ opcode: opcodes.text, payload: Uint8Array.of(0x61, 0xff), maskingKey: 'random' })],
    [1007, encodeFrame({ opcode: opcodes.text, payload: Uint8Array.of(0xe4, 0xbd), maskingKey: 'random' })], // cut
    [1009, tooBig],
  ]) {
    const socket = connect(port, '127.0.0.1');
    const key = generateKey();
    socket.write(Buffer.concat([buildRequest({ host: 'localhost', key }), bytes]));
    const [[opcode, fin, payload], ...more] = await framesUntilTheEnd(socket, key);
    assert.deepEqual([opcode, fin, parseClosePayload(payload).code, more], [opcodes.close, true, code, []]);
  }
});

test('the doctor’s example of the README prints what its comments say', async (t) => {
  const readme = await readFile(new URL('README.md', `file://${require.resolve('ws101/package.json')}`), 'utf8');
  const example = [...readme.matchAll(/```js\n([\s\S]+?)```/g)].map(([, code]) => code).find((code) => code.includes('ws101/doctor'));
  const file = new URL('doctor-example.mjs', import.meta.url);
  await writeFile(file, example);
  t.after(() => rm(file));
  const printed = execFileSync(process.execPath, [file.pathname], { encoding: 'utf8' });
  // What a line prints stands behind it, or below it.
  const said = [...example.matchAll(/console\.log\(.*\);\s*\/\/ (.+)\n/g)].map(([, comment]) => `${comment}\n`);
  assert.equal(said.length, 3);
  assert.equal(printed, said.join(''));
});

test('the inspecting example of the README prints what its comments say', async (t) => {
  const readme = await readFile(new URL('README.md', `file://${require.resolve('ws101/package.json')}`), 'utf8');
  const example = [...readme.matchAll(/```js\n([\s\S]+?)```/g)].map(([, code]) => code).find((code) => code.includes('ws101/inspect'));
  const file = new URL('inspect-example.mjs', import.meta.url);
  await writeFile(file, example);
  t.after(() => rm(file));
  const printed = execFileSync(process.execPath, [file.pathname], { encoding: 'utf8' }).split('\n');
  const said = [...example.matchAll(/console\.log\(.*\); \/\/ (?:e\.g\. )?(.+)\n/g)].map(([, comment]) => comment);
  assert.equal(said.length, 2);
  for (const line of said) assert.ok(printed.includes(line), `${line} is not among ${printed}`);
});

test('the compressing example of the README prints what its comment says', async (t) => {
  const example = (await examplesOf('README.md')).find((code) => code.includes('ws101/deflate'));
  const file = new URL('deflate-example.mjs', import.meta.url);
  await writeFile(file, example);
  t.after(() => rm(file));
  const [, said] = example.match(/console\.log\(.*\); \/\/ (.+)/);
  assert.equal(execFileSync(process.execPath, [file.pathname], { encoding: 'utf8' }), `${said}\n`);
});

test('the example of the page about bytes prints what its comment says', async (t) => {
  const example = (await examplesOf('docs/bytes.md')).find((code) => code.includes('console.log'));
  const file = new URL('bytes-example.mjs', import.meta.url);
  await writeFile(file, example);
  t.after(() => rm(file));
  const [, said] = example.match(/console\.log\(.*\); \/\/ (.+)/);
  assert.equal(execFileSync(process.execPath, [file.pathname], { encoding: 'utf8' }), `${said}\n`);
});

test('the server for node:http of the page for users of ws answers', { timeout: 20_000 }, async (t) => {
  const example = (await examplesOf('docs/from-ws.md')).find((code) => code.includes("httpServer.on('upgrade'"));
  const file = new URL('from-ws-example.mjs', import.meta.url);
  const before = "import { createServer as createHttpServer } from 'node:http';\nexport const httpServer = createHttpServer();\n";
  await writeFile(file, before + example);
  t.after(() => rm(file));
  const { httpServer } = await import(file);
  httpServer.listen(0, '127.0.0.1');
  t.after(() => httpServer.close());
  await once(httpServer, 'listening');

  const socket = connect(httpServer.address().port, '127.0.0.1');
  const key = generateKey();
  socket.write(buildRequest({ host: 'localhost', key }));
  const frame = (opcode, payload) => encodeFrame({ opcode, payload, maskingKey: 'random' });
  setTimeout(() => socket.write(Buffer.concat([frame(1, 'Hello'), frame(8, encodeClosePayload(1000))])), 30);
  const [text, close] = await framesUntilTheEnd(socket, key);
  assert.deepEqual([text[2].toString(), parseClosePayload(close[2]).code], ['Hello', 1000]);

  const refused = connect(httpServer.address().port, '127.0.0.1');
  refused.write(new TextDecoder().decode(buildRequest({ host: 'localhost', key })).replace('Version: 13', 'Version: 8'));
  const [head] = await once(refused, 'data');
  assert.match(head.toString(), /^HTTP\/1\.1 426 /);
});

// The JavaScript of a page in the package.
async function examplesOf(page) {
  const text = await readFile(new URL(page, `file://${require.resolve('ws101/package.json')}`), 'utf8');
  return [...text.matchAll(/```js\n([\s\S]+?)```/g)].map(([, code]) => code);
}

// Runs the README's server on a port of its own until the test ends.
async function echoServer(t) {
  const readme = await readFile(new URL('README.md', `file://${require.resolve('ws101/package.json')}`), 'utf8');
  const [, example] = readme.match(/```js\n([\s\S]+?)```/);
  const port = await freePort();
  assert.ok(example.includes('listen(8080)'));
  const file = new URL(`readme-example-${port}.mjs`, import.meta.url);
  await writeFile(file, example.replace('listen(8080)', `listen(${port}, '127.0.0.1', () => console.log('listening'))`));
  const server = spawn(process.execPath, [file.pathname], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(async () => {
    server.kill();
    await rm(file);
  });
  await once(server.stdout, 'data');
  return port;
}

// What a server sends after its 101: opcode, FIN and payload of each part of a frame.
async function framesUntilTheEnd(socket, key) {
  const reader = new HeadReader();
  const decoder = new FrameDecoder({ role: 'client' });
  let open = false;
  const parts = [];
  for await (let chunk of socket) {
    if (!open) {
      const found = reader.receive(chunk);
      if (!found) continue;
      verifyResponse(found.head, { key });
      open = true;
      chunk = found.rest;
    }
    for (const part of decoder.decode(chunk)) parts.push([part.opcode, part.fin, Buffer.from(part.payload)]);
  }
  return parts;
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}
