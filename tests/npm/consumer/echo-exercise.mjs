// What every example of an echo server must do, asked over TCP; `exercise(port)` throws what it does not.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { Duplex } from 'node:stream';
import { HeadReader, buildRequest, connectStream, encodeFrame, generateKey } from 'ws101';
import { Peer, arrivals, collect, pause } from './streams-pair.mjs';

const host = '127.0.0.1';

/** A server's address of what it printed first. */
export const portOf = (line) => Number(String(line).match(/:(\d+)\//)[1]);

export async function exercise(port) {
  await messages(port);
  await pieces(port);
  await refusals(port);
  await violations(port);
  await slowReader(port);
  await ends(port);
  // After all that it still serves.
  await messages(port);
}

async function messages(port) {
  const stream = await connectStream(Duplex.toWeb(connect(port, host)), { host: `${host}:${port}`, target: '/a?b' });
  const received = collect(stream.readable);
  const sent = ['', 'Hello', '你好 🎉', new Uint8Array(0), 'x'.repeat(100_000), new Uint8Array(3 << 20).fill(7)];
  const writer = stream.writable.getWriter();
  for (const message of sent) await writer.write(message);
  await writer.close();
  assert.deepEqual(await received, sent);
  assert.deepEqual(await stream.closed, { code: 1000, reason: '' });
}

/** The head and frames behind it, in any pieces; a ping between fragments. */
async function pieces(port) {
  const key = generateKey();
  const wire = Buffer.concat([
    buildRequest({ host, key }),
    ...[[1, 'Hel', false], [9, 'p'], [0, 'lo'], [8, Buffer.of(0x0f, 0xa0)]].map(([opcode, payload, fin]) =>
      encodeFrame({ opcode, payload, ...(fin === undefined ? {} : { fin }), maskingKey: 'random' })),
  ]);
  const all = [...arrivals(wire)];
  for (const chunks of [all[0], all[1], all[wire.length - 40], all[wire.length - 20], all[wire.length - 1], all.at(-1)]) {
    const { socket, peer } = await raw(port);
    for (const chunk of chunks) {
      socket.write(chunk);
      await pause(chunks.length < 3 ? 10 : 0);
    }
    await peer.head();
    const frames = [await peer.next(), await peer.next(), await peer.next()];
    assert.deepEqual(frames, [[10, 'p'], [1, 'Hello'], [8, [4000, '']]]);
    assert.equal(await peer.next(), null, 'the server closes the transport first');
    socket.end();
  }
}

async function refusals(port) {
  for (const [request, status] of [
    ['GET / HTTP/1.1\r\nHost: a\r\n\r\n', 426],
    ['POST / HTTP/1.1\r\nHost: a\r\n\r\n', 405],
    ['nonsense\r\n\r\n', 400],
    ['x'.repeat(20_000), 431],
  ]) {
    const { socket, peer } = await raw(port);
    socket.write(request);
    assert.match(await peer.chunk(), new RegExp(`^HTTP/1.1 ${status} `));
    assert.equal(await peer.chunk(), null);
    socket.end();
  }
}

async function violations(port) {
  for (const [code, wire] of [
    [1002, encodeFrame({ opcode: 1, payload: 'not masked' })],
    [1002, Buffer.of(0x83)],
    [1007, encodeFrame({ opcode: 1, payload: Buffer.of(0xff), maskingKey: 'random' })],
    [1009, Buffer.of(0x82, 0xff, 0, 0, 0, 0, 0xff, 0, 0, 0, 1, 2, 3, 4)],
  ]) {
    const { socket, peer } = await raw(port);
    socket.write(Buffer.concat([buildRequest({ host, key: generateKey() }), wire]));
    await peer.head();
    const [opcode, [answered]] = await peer.next();
    assert.deepEqual([opcode, answered, await peer.next()], [8, code, null]);
    socket.end();
  }
}

/** An end that sends and does not read is held back, and gets everything when it reads. */
async function slowReader(port) {
  const socket = connect({ port, host, allowHalfOpen: true });
  socket.pause();
  socket.write(buildRequest({ host, key: generateKey() }));
  const frame = encodeFrame({ opcode: 2, payload: new Uint8Array(100_000), maskingKey: 'random' });
  let sent = 0;
  for (; sent < 2000; sent++) {
    if (!socket.write(frame) && (await Promise.race([once(socket, 'drain'), pause(500)])) === undefined) break;
  }
  assert.ok(sent < 1000, `${sent} messages were taken, and nothing of what came back was read`);
  let echoed = 0;
  const counted = (async () => {
    for await (const chunk of socket) {
      echoed += chunk.length;
      if (echoed > (sent + 1) * 100_000) break;
    }
  })();
  await counted;
}

/** Transports that end early: without a word, within a head, within a frame. */
async function ends(port) {
  const head = buildRequest({ host, key: generateKey() });
  for (const bytes of [Buffer.alloc(0), head.subarray(0, 9), head, Buffer.concat([head, Buffer.of(0x81, 0xff)])]) {
    const { socket } = await raw(port);
    socket.resume();
    socket.end(bytes);
    await once(socket, 'close');
    const broken = connect(port, host);
    await once(broken, 'connect');
    broken.write(bytes);
    await pause(5);
    broken.resetAndDestroy();
  }
}

/** A connection of which nothing is done by itself. */
async function raw(port) {
  const socket = connect({ port, host, allowHalfOpen: true, noDelay: true });
  socket.on('error', () => {});
  await once(socket, 'connect');
  return { socket, peer: new SocketPeer(socket) };
}

/** As a Peer, of a socket. */
class SocketPeer extends Peer {
  constructor(socket) {
    const readable = new ReadableStream({
      start(controller) {
        socket.on('data', (chunk) => controller.enqueue(new Uint8Array(chunk)));
        socket.on('end', () => controller.close());
      },
    });
    super({ readable, writable: new WritableStream() }, 'client');
    this.reader = new HeadReader();
  }

  /** Reads over the response's head. */
  async head() {
    for (;;) {
      const found = this.reader.receive(Buffer.from(await this.chunk(), 'latin1'));
      if (found === null) continue;
      assert.match(String(Buffer.from(found.head)), /^HTTP\/1.1 101 /);
      this.decode(found.rest);
      return;
    }
  }
}
