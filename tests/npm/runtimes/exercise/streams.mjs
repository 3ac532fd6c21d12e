// Streams of the platform: frames, connections and opening handshakes over them, held back and ended in every way.

import { bytes, joined, utf8 } from './checks.mjs';

/** @typedef {import('./checks.mjs').Checks} Checks */

/** @param {any} entry @param {Checks} checks */
export async function streams(entry, checks) {
  await frames(entry, checks);
  await conversation(entry, checks);
  await closings(entry, checks);
  await failures(entry, checks);
  await refusals(entry, checks);
}

/** @param {any} entry @param {Checks} checks */
async function frames({ FrameDecoderStream, FrameEncoderStream }, checks) {
  const written = [{ opcode: 1, payload: 'Hello' }, { opcode: 9 }, { opcode: 2, payload: bytes('00ff') }];
  const through = streamOf(written).pipeThrough(new FrameEncoderStream({ role: 'client' }));
  const parts = await collect(through.pipeThrough(new FrameDecoderStream({ role: 'server' })));
  checks.same('frames', parts.map(({ opcode, payload }) => [opcode, payload]), [[1, utf8('Hello')], [9, bytes('')], [2, bytes('00ff')]]);

  const broken = streamOf([joined([bytes('810141'), bytes('8300')])]).pipeThrough(new FrameDecoderStream({ role: 'client' }));
  const reader = broken.getReader();
  checks.same('the frame before a broken rule', (await reader.read()).value?.payload, utf8('A'));
  checks.same('the rule', await code(reader.read()), 'FRAME_RESERVED_OPCODE');

  // A write that nobody reads is ended by either side.
  for (const end of ['abort', 'cancel']) {
    const { readable, writable } = new FrameDecoderStream({ role: 'client' });
    const writer = writable.getWriter();
    const writing = writer.write(bytes('810141 810142'));
    await pause();
    const ended = end === 'abort' ? writer.abort(new Error('enough')) : readable.cancel(new Error('enough'));
    await Promise.allSettled([ended, writing]);
    checks.that(`${end} is heard of at the other side`, await message(end === 'abort' ? readable.getReader().read() : writer.closed));
  }
}

/** Two ends, from the opening handshake to the closing one. @param {any} entry @param {Checks} checks */
async function conversation({ acceptStream, connectStream }, checks) {
  const [near, far] = pair();
  const [server, client] = await Promise.all([
    acceptStream(near, { subprotocols: ['chat'], headers: [['Server', 'test']] }),
    connectStream(far, { host: 'example.com', target: '/a?b', subprotocols: ['soap', 'chat'] }),
  ]);
  checks.same('what was agreed on', [server.request.target, server.subprotocol, client.subprotocol], ['/a?b', 'chat', 'chat']);
  const echo = server.readable.pipeTo(server.writable);
  const received = collect(client.readable);
  const messages = ['', 'Hello', '你好', bytes('00ff'), 'x'.repeat(100_000), new Uint8Array(1_000_000).fill(7)];
  const writer = client.writable.getWriter();
  for (const message of messages) await writer.write(message);
  await writer.close();
  checks.same('the echo', await received, messages);
  await echo;
  checks.same('both ends', await Promise.all([server.closed, client.closed]), [{ code: 1000, reason: '' }, { code: 1000, reason: '' }]);
  checks.that('the transport’s streams are given back', ![near, far].some(({ readable, writable }) => readable.locked || writable.locked));
}

/** Who closes, and how. @param {any} entry @param {Checks} checks */
async function closings({ ConnectionStream }, checks) {
  for (const [end, code] of /** @type {[(stream: any) => unknown, number][]} */ ([
    [(stream) => stream.close(4000, 'mine'), 4000],
    [(stream) => stream.readable.cancel(), 1000],
    [(stream) => stream.readable.cancel(new Error('mine')), 1011],
    [(stream) => stream.writable.abort(new Error('mine')), 1011],
    [(stream) => stream.writable.close(), 1000],
  ])) {
    const [near, far] = pair();
    const [server, client] = [ConnectionStream.server(near, { closeTimeout: 2000 }), ConnectionStream.client(far, { closeTimeout: 2000 })];
    const echo = server.readable.pipeTo(server.writable);
    Promise.resolve(end(client)).catch(() => {});
    await echo;
    checks.same('the code that the other end hears', (await server.closed).code, code);
    checks.same('and answers', (await client.closed).code, code);
  }
}

/** @param {any} entry @param {Checks} checks */
async function failures({ ConnectionStream }, checks) {
  const [near, far] = pair();
  const stream = ConnectionStream.server(near);
  const writer = far.writable.getWriter();
  writer.write(bytes('8180 00000000 0180 00000000 8180 00000000')).catch(() => {});
  const reader = stream.readable.getReader();
  checks.same('the message before a broken rule', (await reader.read()).value, '');
  checks.same('the rule, where messages are read', await code(reader.read()), 'FRAME_MESSAGE_UNFINISHED');
  await writer.close().catch(() => {});
  checks.same('the rule, of the connection', await code(stream.closed), 'FRAME_MESSAGE_UNFINISHED');
  checks.same('the Close that says so', (await far.readable.getReader().read()).value?.subarray(2, 4), bytes('03ea'));

  const [one, other] = pair();
  const lost = ConnectionStream.client(one);
  await other.writable.close();
  checks.same('a transport that ends', await code(lost.closed), 'TRANSPORT_LOST');
  const silent = ConnectionStream.client(pair()[0], { closeTimeout: 20 });
  checks.same('an end that is silent', await code(silent.close(1000)), 'PEER_SILENT');
}

/** @param {any} entry @param {Checks} checks */
async function refusals({ acceptStream, connectStream }, checks) {
  const [near, far] = pair();
  const asked = far.writable.getWriter();
  asked.write(utf8('GET / HTTP/1.0\r\n\r\n')).then(() => asked.close(), () => {});
  checks.same('a request that is refused', await code(acceptStream(near)), 'REQUEST_HTTP_VERSION');
  const { value } = await far.readable.getReader().read();
  checks.that('and answered', new TextDecoder().decode(value).startsWith('HTTP/1.1 400 '), value);
  checks.same('a handshake that is late', await code(acceptStream(pair()[0], { handshakeTimeout: 20 })), 'HANDSHAKE_TIMEOUT');
  const aborted = connectStream(pair()[0], { host: 'a', signal: AbortSignal.timeout(20) });
  checks.that('a handshake that is aborted', await message(aborted));
}

/** @typedef {{ readable: ReadableStream<Uint8Array>, writable: WritableStream<Uint8Array> }} Transport */

/** Two ends of a transport in memory. @returns {[Transport, Transport]} */
function pair() {
  const [there, back] = [new TransformStream({}, strategy(), strategy()), new TransformStream({}, strategy(), strategy())];
  return [
    { readable: back.readable, writable: there.writable },
    { readable: there.readable, writable: back.writable },
  ];
}

const strategy = () => ({ highWaterMark: 65_536, size: (/** @type {Uint8Array} */ chunk) => chunk.length });

/** @param {any[]} values @returns {ReadableStream<any>} */
function streamOf(values) {
  return new ReadableStream({
    start(controller) {
      for (const value of values) controller.enqueue(value);
      controller.close();
    },
  });
}

/** All that comes; without the iteration that some browsers lack. @param {ReadableStream<any>} readable */
async function collect(readable) {
  const reader = readable.getReader();
  const all = [];
  for (let next = await reader.read(); !next.done; next = await reader.read()) all.push(next.value);
  return all;
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 5));

/** The code of the error of a promise. @param {Promise<unknown>} promise */
async function code(promise) {
  const error = await promise.then(() => undefined, (found) => found);
  return error?.code ?? String(error);
}

/** The message of the error of a promise. @param {Promise<unknown>} promise */
function message(promise) {
  return promise.then(() => undefined, (error) => error.message);
}
