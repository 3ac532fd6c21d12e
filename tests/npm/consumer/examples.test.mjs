// The examples for Node, as they stand in `wasm/js/examples`, which `cargo xtask test npm` puts beside this file.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { buildErrorResponse, buildRequest, buildResponse, encodeFrame, generateKey, verifyRequest } from 'ws101';
import { exercise, portOf } from './echo-exercise.mjs';
import { pause } from './streams-pair.mjs';

const within = { timeout: 60_000 };
const example = (name) => fileURLToPath(new URL(`examples/${name}`, import.meta.url));

/** Runs an example until the test ends; its lines, of which the first has come. */
async function running(t, name, ...args) {
  const program = spawn(process.execPath, [example(name), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  t.after(() => program.kill());
  const lines = [];
  createInterface({ input: program.stderr }).on('line', (line) => lines.push(line));
  const printed = createInterface({ input: program.stdout }).on('line', (line) => lines.push(line));
  await once(printed, 'line');
  return lines;
}

/** Runs the client to its end. */
async function client(...args) {
  const program = spawn(process.execPath, [example('client-node.mjs'), ...args]);
  let [printed, errors] = ['', ''];
  program.stdout.on('data', (data) => (printed += data));
  program.stderr.on('data', (data) => (errors += data));
  const [code] = await once(program, 'close');
  return { code, printed, errors };
}

/** A server of one connection, of which `serve` is told the socket and the first chunk. */
async function serving(t, serve) {
  const server = createServer((socket) => socket.on('error', () => {}).once('data', (chunk) => serve(socket, chunk)));
  t.after(() => server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `ws://127.0.0.1:${server.address().port}/`;
}

test('the echo server is as short as it is said to be, and does all that it must', within, async (t) => {
  assert.ok((await readFile(example('echo-node.mjs'), 'utf8')).split('\n').length < 50);
  const [line] = await running(t, 'echo-node.mjs', '0');
  await exercise(portOf(line));
});

test('the client prints what comes back and closes the connection', within, async (t) => {
  const [address] = await running(t, 'echo-node.mjs', '0');
  assert.deepEqual(await client(address, 'Hello', '你好'), { code: 0, printed: 'Hello\n你好\n', errors: '' });
  const many = Array.from({ length: 50 }, (_, number) => 'x'.repeat(number * 200));
  assert.deepEqual(await client(address, ...many), { code: 0, printed: `${many.join('\n')}\n`, errors: '' });
});

test('the client says what a server does wrong', within, async (t) => {
  const open = (chunk) => buildResponse({ key: verifyRequest(chunk).key });
  for (const [serve, error] of [
    [(socket) => socket.end('HTTP/1.1 404 Not Found\r\n\r\n'), /^The server did not switch protocols|RFC 6455 §4\.1/],
    [(socket) => socket.end(), /ended without a closing handshake/],
    [(socket, chunk) => socket.end(open(chunk)), /ended without a closing handshake/],
    [(socket, chunk) => socket.end(Buffer.concat([open(chunk), Buffer.of(0x81, 0x80, 0, 0, 0, 0)])), /RFC 6455 §5\.1/],
    [(socket, chunk) => socket.write(open(chunk), () => socket.resetAndDestroy()), /ECONNRESET|ended without a closing handshake/],
  ]) {
    const { code, errors } = await client(await serving(t, serve), 'Hello');
    assert.equal(code, 1);
    assert.match(errors, error);
  }
  // Interim responses are none, and an echo may come right behind the head.
  const address = await serving(t, (socket, chunk) => {
    const behind = [encodeFrame({ opcode: 1, payload: 'early' }), encodeFrame({ opcode: 8 })];
    socket.write(Buffer.concat([Buffer.from('HTTP/1.1 103 Early Hints\r\n\r\n'), open(chunk), ...behind]));
    setTimeout(() => socket.end(), 50);
  });
  assert.deepEqual(await client(address, 'Hello'), { code: 0, printed: 'early\n', errors: '' });
});

test('the proxy prints every frame and passes on every byte', within, async (t) => {
  const [address] = await running(t, 'echo-node.mjs', '0');
  const lines = await running(t, 'logging-proxy.mjs', '0', `127.0.0.1:${portOf(address)}`);
  const port = Number(lines[0].match(/:(\d+) →/)[1]);
  await client(`ws://127.0.0.1:${port}/chat`, 'Hello', 'x'.repeat(70));
  await pause(200);
  const said = lines.slice(1);
  const of = (arrow) => said.filter((line) => line.startsWith(`1 ${arrow}`)).map((line) => line.slice(4));
  assert.equal(of('→')[0], 'GET /chat HTTP/1.1');
  assert.equal(of('←')[0], 'HTTP/1.1 101 Switching Protocols');
  const frames = [
    `text, 5 bytes, masked: "Hello"`,
    `text, 70 bytes, masked: "${'x'.repeat(60)}"…`,
    'close, 2 bytes, masked: 03e8',
    'end',
  ];
  assert.deepEqual(of('→').slice(-4), frames);
  assert.deepEqual(of('←').slice(-4), frames.map((line) => line.replace(', masked', '')));
  // It is as good as the server itself.
  await exercise(port);
});

test('the proxy names what breaks a rule, and passes it on', within, async (t) => {
  const received = [];
  const target = await serving(t, (socket, chunk) => {
    received.push(chunk);
    socket.on('data', (more) => received.push(more));
    socket.write(buildResponse({ key: verifyRequest(chunk).key }));
  });
  const lines = await running(t, 'logging-proxy.mjs', '0', `127.0.0.1:${portOf(target)}`);
  const socket = connect(Number(lines[0].match(/:(\d+) →/)[1]), '127.0.0.1');
  const head = buildRequest({ host: 'a', key: generateKey() });
  socket.write(head);
  await once(socket, 'data');
  const broken = Buffer.concat([encodeFrame({ opcode: 9, payload: 'p', maskingKey: 'random' }), Buffer.of(0x81, 1, 65), Buffer.from('more')]);
  socket.end(broken);
  await once(socket, 'close');
  await pause(100);
  assert.deepEqual(Buffer.concat(received), Buffer.concat([head, broken]));
  const [ping, rule] = lines.filter((line) => /^1 → (ping|FRAME)/.test(line));
  assert.equal(ping, '1 → ping, 1 bytes, masked: 70');
  assert.match(rule, /^1 → FRAME_UNMASKED: .*§5\.1/);
  assert.ok(!lines.some((line) => line.includes('more')));
});

test('a response that opens nothing is passed on', within, async (t) => {
  let refused;
  try {
    verifyRequest('GET / HTTP/1.1\r\n\r\n');
  } catch (error) {
    refused = Buffer.concat([buildErrorResponse(error), Buffer.from('body')]);
  }
  const target = await serving(t, (socket) => socket.end(refused));
  const lines = await running(t, 'logging-proxy.mjs', '0', `127.0.0.1:${portOf(target)}`);
  const socket = connect(Number(lines[0].match(/:(\d+) →/)[1]), '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  const chunks = [];
  for await (const chunk of socket) chunks.push(chunk);
  assert.deepEqual(Buffer.concat(chunks), refused);
  await pause(50);
  assert.ok(!lines.some((line) => line.includes('FRAME')), lines.join('\n'));
});
