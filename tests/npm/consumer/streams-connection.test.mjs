// A connection over streams, after its opening handshake: messages, control frames, both ways of holding back, every end.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { Duplex } from 'node:stream';
import { test } from 'node:test';
import { ConnectionStream, encodeFrame } from 'ws101';
import { Peer, arrivals, collect, isPending, pair, pause } from './streams-pair.mjs';

const within = { timeout: 30_000 };
const OTHER = { server: 'client', client: 'server' };
const ROLES = ['server', 'client'];

/** A connection of this role, and the other end of its transport to be played by hand. */
function played(role, options, room) {
  const [near, far] = pair(room);
  return [ConnectionStream[role](near, { closeTimeout: 1000, ...options }), new Peer(far, OTHER[role])];
}

/** A stream that took what there was to take. */
async function next(stream) {
  const reader = stream.readable.getReader();
  const { value } = await reader.read();
  reader.releaseLock();
  return value;
}

async function send(stream, ...messages) {
  const writer = stream.writable.getWriter();
  for (const message of messages) await writer.write(message);
  writer.releaseLock();
}

/** That a connection was closed as it should: the transport ended, both ends of the stream are done. */
async function closedWith(stream, peer, code, reason = '') {
  assert.equal(await peer.next(), null, 'the transport is closed');
  await peer.end().catch(() => {});
  assert.deepEqual(await stream.closed, { code, reason });
  await pause(5);
  await assert.rejects(send(stream, 'late'), { code: 'SEND_NOT_OPEN' });
}

test('messages go both ways and a pipe is an echo, until a Close goes both ways', within, async () => {
  const [near, far] = pair();
  const [server, client] = [ConnectionStream.server(near), ConnectionStream.client(far)];
  assert.deepEqual([server.role, client.role], ROLES);
  const echo = server.readable.pipeTo(server.writable);
  const messages = ['', 'Hello', '你好 🎉', new Uint8Array(0), Uint8Array.of(0, 255), 'x'.repeat(300_000), new Uint8Array(1 << 20).fill(9)];
  const received = collect(client.readable);
  await send(client, ...messages);
  await client.writable.close();
  assert.deepEqual(await received, messages);
  await echo;
  assert.deepEqual(await server.closed, { code: 1000, reason: '' });
  assert.deepEqual(await client.closed, { code: 1000, reason: '' });
});

test('messages come the same in any pieces, in both roles', within, async () => {
  for (const role of ROLES) {
    const [, peer] = played(role);
    const wire = Buffer.concat([peer.frame(1, 'Hel', false), peer.frame(9, 'p'), peer.frame(0, 'lo'), peer.frame(2, 'bin'), peer.frame(8)]);
    for (const chunks of arrivals(wire)) {
      const [stream, other] = played(role, { received: chunks[0] });
      const all = collect(stream.readable);
      for (const chunk of chunks.slice(1)) await other.send(chunk);
      assert.deepEqual(await all, ['Hello', Uint8Array.from(Buffer.from('bin'))]);
      assert.deepEqual([await other.next(), await other.next()], [[10, 'p'], [8, []]]);
      await other.end();
      assert.deepEqual(await stream.closed, { code: null, reason: '' });
    }
  }
});

test('pings are answered while nobody reads, and while a reader waits', within, async () => {
  const [stream, peer] = played('server');
  await peer.sendFrame(9, 'a');
  assert.deepEqual(await peer.next(), [10, 'a']);
  const reading = next(stream);
  await peer.sendFrame(9, 'b');
  assert.deepEqual(await peer.next(), [10, 'b']);
  await peer.sendFrame(1, 'c');
  assert.equal(await reading, 'c');
  // The one before an unread message still is.
  await peer.send(Buffer.concat([peer.frame(9, 'd'), peer.frame(1, 'e'), peer.frame(9, 'f')]));
  assert.deepEqual(await peer.next(), [10, 'd']);
  const later = peer.next();
  assert.ok(await isPending(later));
  assert.equal(await next(stream), 'e');
  assert.deepEqual(await later, [10, 'f']);
  await stream.readable.cancel();
});

test('what a message leads to is sent before the Close that came right behind it is answered', within, async () => {
  for (const role of ROLES) {
    const [stream, peer] = played(role);
    const echo = stream.readable.pipeTo(stream.writable);
    await peer.send(Buffer.concat([peer.frame(1, 'a'), peer.frame(1, 'b'), peer.frame(8, Buffer.of(0x0f, 0xa0, 0x62, 0x79, 0x65))]));
    assert.deepEqual([await peer.next(), await peer.next(), await peer.next()], [[1, 'a'], [1, 'b'], [8, [4000, '']]]);
    await peer.end();
    await echo;
    assert.deepEqual(await stream.closed, { code: 4000, reason: 'bye' });
  }
});

test('a Close that nobody asks behind is answered in time, and at once where no message was read', within, async () => {
  const [untouched, first] = played('server');
  await first.sendClose(1000);
  assert.deepEqual(await first.next(), [8, [1000, '']]);
  await closedWith(untouched, first, 1000);
  const [stream, peer] = played('server', { closeTimeout: 60 });
  await peer.send(Buffer.concat([peer.frame(1, 'a'), peer.frame(8)]));
  const reader = stream.readable.getReader();
  assert.equal((await reader.read()).value, 'a');
  const answer = peer.next();
  assert.ok(await isPending(answer, 20));
  assert.deepEqual(await answer, [8, []]);
  assert.equal((await reader.read()).done, true);
  await closedWith(stream, peer, null);
});

test('an application may answer a Close with a code of its own', within, async () => {
  const [stream, peer] = played('server');
  await peer.send(Buffer.concat([peer.frame(1, 'a'), peer.frame(8, Buffer.of(3, 232))]));
  const reader = stream.readable.getReader();
  assert.equal((await reader.read()).value, 'a');
  await pause(5);
  const closed = stream.close(4001, 'mine');
  assert.deepEqual(await peer.next(), [8, [4001, 'mine']]);
  assert.equal((await reader.read()).done, true);
  assert.equal(await peer.next(), null);
  await peer.end();
  assert.deepEqual(await closed, { code: 1000, reason: '' });
});

test('a Close is answered with its code, whichever may come', within, async () => {
  for (const code of [1000, 1001, 1003, 1007, 1014, 3000, 4999]) {
    const [stream, peer] = played('server');
    await peer.sendClose(code, 'why');
    assert.deepEqual(await peer.next(), [8, [code, '']]);
    await peer.end();
    assert.deepEqual(await stream.closed, { code, reason: 'why' });
  }
});

test('close says why, ends the readable, drops what comes, and waits for the other end', within, async () => {
  for (const role of ROLES) {
    const [stream, peer] = played(role);
    await peer.send(Buffer.concat([peer.frame(1, 'unread'), peer.frame(1, 'unread')]));
    await pause(5);
    const closed = stream.close(4000, 'enough');
    assert.equal(stream.close(), closed);
    assert.deepEqual(await collect(stream.readable), []);
    assert.deepEqual(await peer.next(), [8, [4000, 'enough']]);
    await assert.rejects(send(stream, 'late'), { code: 'SEND_NOT_OPEN' });
    assert.ok(await isPending(closed));
    await peer.send(Buffer.concat([peer.frame(1, 'dropped'), peer.frame(8, Buffer.of(15, 160))]));
    if (role === 'client') {
      // The server closes the transport first.
      const end = peer.next();
      assert.ok(await isPending(end));
      await peer.end();
      assert.equal(await end, null);
    } else {
      assert.equal(await peer.next(), null);
      await peer.end();
    }
    assert.deepEqual(await closed, { code: 4000, reason: '' });
  }
});

test('close says what is wrong with its arguments, and the connection goes on', within, async () => {
  const [stream, peer] = played('client');
  for (const [args, error] of [
    [[1005], { code: 'ENCODE_STATUS_NOT_ALLOWED' }],
    [[1000, 'x'.repeat(124)], { code: 'ENCODE_REASON_TOO_LONG' }],
    [[undefined, 'x'], { code: 'ENCODE_REASON_WITHOUT_STATUS' }],
    [['1000'], { name: 'TypeError', message: /^code must be/ }],
  ]) {
    assert.throws(() => stream.close(...args), error);
  }
  await send(stream, 'still here');
  assert.deepEqual(await peer.next(), [1, 'still here']);
  await stream.readable.cancel();
});

test('who closes writable may read on until the other end’s Close', within, async () => {
  const [stream, peer] = played('server');
  const closed = stream.writable.close();
  assert.deepEqual(await peer.next(), [8, [1000, '']]);
  await peer.send(Buffer.concat([peer.frame(1, 'a'), peer.frame(1, 'b'), peer.frame(8, Buffer.of(3, 232))]));
  assert.deepEqual(await collect(stream.readable), ['a', 'b']);
  await peer.end();
  await closed;
  assert.deepEqual(await stream.closed, { code: 1000, reason: '' });
});

test('who closes writable and does not read on is told, and the connection still closes cleanly', within, async () => {
  for (const closeFirst of [true, false]) {
    const [stream, peer] = played('server', { closeTimeout: 60 });
    if (closeFirst) stream.writable.close().catch(() => {});
    await peer.send(Buffer.concat([peer.frame(1, 'a'), peer.frame(8, Buffer.of(3, 232))]));
    await pause(5);
    if (!closeFirst) stream.writable.close().catch(() => {});
    assert.deepEqual(await peer.next(), [8, [1000, '']]);
    assert.equal(await peer.next(), null);
    await peer.end();
    assert.deepEqual(await stream.closed, { code: 1000, reason: '' });
    await assert.rejects(next(stream), /not read in time/);
  }
});

test('who cancels or aborts begins the closing handshake', within, async () => {
  for (const [code, end] of [
    [1000, (stream) => stream.readable.cancel()],
    [1011, (stream) => stream.readable.cancel(new Error('mine'))],
    [1011, (stream) => stream.writable.abort(new Error('mine'))],
    [1000, async (stream) => {
      for await (const message of stream.readable) if (message === 'a') break;
    }],
    [1011, (stream) => {
      const failing = new ReadableStream({ pull: (controller) => controller.error(new Error('mine')) });
      return failing.pipeTo(stream.writable).catch(() => {});
    }],
  ]) {
    const [stream, peer] = played('server');
    await peer.sendFrame(1, 'a');
    await end(stream);
    if (!stream.readable.locked) await stream.readable.cancel();
    assert.deepEqual(await peer.next(), [8, [code, '']]);
    await peer.send(Buffer.concat([peer.frame(2, 'dropped'), peer.frame(8)]));
    await peer.end();
    assert.deepEqual(await stream.closed, { code: null, reason: '' });
  }
});

test('what is no message ends the connection with 1011, and a TypeError says so', within, async () => {
  for (const message of [7, null, undefined, {}, new SharedArrayBuffer(3)]) {
    const [stream, peer] = played('client');
    await assert.rejects(send(stream, message), { name: 'TypeError', message: /^data / });
    assert.deepEqual(await peer.next(), [8, [1011, '']]);
    await peer.sendClose(1011);
    await peer.end();
    assert.deepEqual(await stream.closed, { code: 1011, reason: '' });
  }
});

test('a broken rule fails both ends, after the messages before it, and the other end is told', within, async () => {
  for (const role of ROLES) {
    const [stream, peer] = played(role);
    const reader = stream.readable.getReader();
    await peer.send(Buffer.concat([peer.frame(1, 'a'), peer.frame(1, 'b'), Buffer.of(0x83, 0x80, 0, 0, 0, 0)]));
    assert.deepEqual([(await reader.read()).value, (await reader.read()).value], ['a', 'b']);
    await assert.rejects(reader.read(), { code: 'FRAME_RESERVED_OPCODE', section: 'RFC 6455 §5.2', statusCode: 1002 });
    const [opcode, [code]] = await peer.next();
    assert.deepEqual([opcode, code, await peer.next()], [8, 1002, null]);
    await peer.end();
    await assert.rejects(stream.closed, { code: 'FRAME_RESERVED_OPCODE' });
    await pause(5);
    await assert.rejects(send(stream, 'late'), { code: 'FRAME_RESERVED_OPCODE' });
  }
});

test('a transport that ends or breaks is an error with its cause', within, async () => {
  for (const [end, cause] of [
    [(peer) => peer.end(), undefined],
    [(peer) => peer.break(new Error('cable')), 'cable'],
  ]) {
    const [stream, peer] = played('server');
    const reader = stream.readable.getReader();
    await peer.sendFrame(1, 'a');
    assert.equal((await reader.read()).value, 'a');
    await end(peer);
    const failure = { name: 'TransportError', code: 'TRANSPORT_LOST', statusCode: 1006 };
    await assert.rejects(reader.read(), failure);
    await assert.rejects(stream.closed, (error) => error.code === 'TRANSPORT_LOST' && error.cause?.message === cause);
    await pause(5);
    await assert.rejects(send(stream, 'late'), failure);
    await assert.rejects(stream.close(), failure);
  }
});

test('a transport that takes no more is an error, though a Close that came before is still read', within, async () => {
  const [near, far] = pair();
  let sink;
  const broken = new WritableStream({ start: (controller) => (sink = controller) });
  const stream = ConnectionStream.server({ readable: near.readable, writable: broken });
  const peer = new Peer(far, 'client');
  sink.error(new Error('cable'));
  const writer = stream.writable.getWriter();
  await writer.write('lost').catch(() => {});
  await assert.rejects(writer.closed, (error) => error.code === 'TRANSPORT_LOST' && error.cause.message === 'cable');
  await peer.sendClose(4000, 'bye');
  await peer.end();
  assert.deepEqual(await stream.closed, { code: 4000, reason: 'bye' });
});

test('a transport that gives no bytes is refused', within, async () => {
  const readable = new ReadableStream({ start: (controller) => controller.enqueue('text') });
  const stream = ConnectionStream.server({ readable, writable: new WritableStream() });
  await assert.rejects(stream.closed, { name: 'TypeError', message: /^chunk must be/ });
  await assert.rejects(next(stream), { name: 'TypeError' });
});

test('an end that does not answer our Close is given up, also while it does not read', within, async () => {
  for (const fill of [false, true]) {
    const [stream, peer] = played('client', { closeTimeout: 50 }, 1000);
    const writing = fill ? send(stream, 'x'.repeat(5000), 'y'.repeat(100_000), 'z'.repeat(100_000)) : Promise.resolve();
    writing.catch(() => {});
    await pause(5);
    const begin = performance.now();
    await assert.rejects(stream.close(1000), { code: 'PEER_SILENT', statusCode: 1006 });
    const took = performance.now() - begin;
    assert.ok(took > 30 && took < 5000, `${took}`);
    if (fill) await assert.rejects(writing);
    void peer;
  }
});

test('an end that does not take our last bytes, or does not end its side, is waited for no longer than that', within, async () => {
  for (const wire of [Buffer.of(0x83, 0), encodeFrame({ opcode: 8, maskingKey: 'random' })]) {
    const [stream, peer] = played('server', { closeTimeout: 50 }, 10);
    send(stream, 'x'.repeat(5000)).catch(() => {});
    await pause(5);
    const begin = performance.now();
    await peer.send(wire);
    await (wire.length === 2 ? assert.rejects(stream.closed, { statusCode: 1002 }) : stream.closed);
    const took = performance.now() - begin;
    assert.ok(took > 30 && took < 5000, `${took}`);
  }
});

test('silence is asked about, and then is the end; an application that is slow is not silence', within, async () => {
  const keepAlive = { interval: 40, patience: 40 };
  const [silent, peer] = played('server', { keepAlive });
  assert.deepEqual(await peer.next(), [9, '']);
  await peer.sendFrame(10);
  assert.deepEqual(await peer.next(), [9, '']);
  await assert.rejects(silent.closed, { code: 'PEER_SILENT' });
  await assert.rejects(next(silent), { code: 'PEER_SILENT' });

  const [slow, other] = played('server', { keepAlive, closeTimeout: 50 });
  await other.send(Buffer.concat([other.frame(1, 'a'), other.frame(1, 'b')]));
  await pause(250);
  assert.equal(await next(slow), 'a');
  await pause(250);
  assert.equal(await next(slow), 'b');
  const asked = other.next();
  assert.deepEqual(await asked, [9, '']);
  await other.sendClose(1000);
  assert.deepEqual(await other.next(), [8, [1000, '']]);
  await other.end();
  assert.deepEqual(await slow.closed, { code: 1000, reason: '' });
});

test('messages that nobody reads hold the other end back', within, async () => {
  const [stream, peer] = played('server', {}, 1000);
  let sent = 0;
  const sending = (async () => {
    for (; sent < 200; sent++) await peer.sendFrame(2, new Uint8Array(500));
  })();
  await pause(30);
  const before = sent;
  assert.ok(before < 20, `${before} messages were taken`);
  const reader = stream.readable.getReader();
  for (let count = 0; count < 200; count++) assert.equal((await reader.read()).value.length, 500);
  await sending;
  await reader.cancel();
});

test('an end that does not read holds the writer back', within, async () => {
  const [stream, peer] = played('server', {}, 1000);
  const writer = stream.writable.getWriter();
  let written = 0;
  const writing = (async () => {
    for (; written < 100; written++) await writer.write(new Uint8Array(10_000));
  })();
  await pause(30);
  assert.ok(written < 20, `${written} messages were taken`);
  for (let count = 0; count < 100; count++) assert.equal((await peer.next())[1].length, 10_000);
  await writing;
  await stream.readable.cancel();
});

test('two ends that send faster than they read do not wait for each other', within, async () => {
  const [near, far] = pair();
  const [server, client] = [ConnectionStream.server(near), ConnectionStream.client(far)];
  const echo = server.readable.pipeTo(server.writable);
  const writer = client.writable.getWriter();
  const received = collect(client.readable);
  const messages = Array.from({ length: 6 }, (_, number) => new Uint8Array(3 << 20).fill(number));
  await Promise.all(messages.map((message) => writer.write(message)));
  await writer.close();
  assert.deepEqual((await received).map((message) => [message.length, message[1]]), messages.map((_, number) => [3 << 20, number]));
  await echo;
});

test('a small queue makes writers wait, and refuses nothing', within, async () => {
  const [near, far] = pair(20);
  const [server, client] = [ConnectionStream.server(near, { maxOutgoing: 1 }), ConnectionStream.client(far, { maxOutgoing: 30 })];
  const echo = server.readable.pipeTo(server.writable);
  const received = collect(client.readable);
  const texts = Array.from({ length: 300 }, (_, number) => 'x'.repeat(number));
  const writer = client.writable.getWriter();
  await Promise.all(texts.map((text) => writer.write(text)));
  await writer.close();
  assert.deepEqual(await received, texts);
  await echo;
});

test('an end that pings and does not read is held back too', within, async () => {
  const [stream, peer] = played('server', { maxOutgoing: 100 }, 10);
  const ping = peer.frame(9, 'p'.repeat(50));
  let sent = 0;
  const sending = (async () => {
    for (; sent < 2000; sent++) await peer.send(ping);
    await peer.sendClose(1000);
  })();
  await pause(30);
  assert.ok(sent < 100, `${sent} pings were taken`);
  let last;
  for (let frame = await peer.next(); frame[0] !== 8; frame = await peer.next()) last = frame;
  assert.deepEqual(last, [10, 'p'.repeat(50)]);
  await sending;
  await closedWith(stream, peer, 1000);
});

test('many writers’ messages are put together, and none is lost', within, async () => {
  const [near, far] = pair();
  const [server, client] = [ConnectionStream.server(near), ConnectionStream.client(far)];
  const writer = client.writable.getWriter();
  const texts = Array.from({ length: 5000 }, (_, number) => `message ${number}`);
  const written = Promise.all(texts.map((text) => writer.write(text)));
  const received = collect(server.readable);
  await written;
  await writer.close();
  assert.deepEqual(await received, texts);
});

test('what is wrong with an argument is said before anything is locked', within, async () => {
  for (const [transport, options, error] of [
    [undefined, {}, /^the transport must have/],
    [{ readable: new ReadableStream() }, {}, /^the transport must have/],
    [pair()[0], { received: 'text' }, /^received must be/],
    [pair()[0], { maxMessage: 'x' }, /^maxMessage must be/],
    [pair()[0], 7, /^the connection’s options must be/],
  ]) {
    assert.throws(() => ConnectionStream.server(transport, options), { name: 'TypeError', message: error });
    assert.ok(!transport?.readable?.locked && !transport?.writable?.locked);
  }
  const [transport] = pair();
  const reader = transport.readable.getReader();
  assert.throws(() => ConnectionStream.client(transport), { name: 'TypeError' });
  assert.ok(!transport.writable.locked);
  reader.releaseLock();
  await ConnectionStream.client(transport, { closeTimeout: 10 }).close().catch(() => {});
  assert.ok(!transport.readable.locked && !transport.writable.locked, 'the transport’s streams are given back');
});

test('over TCP nothing is left when it is over: no timer, no socket', within, async (t) => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => /^(Timeout|TCPSocketWrap)$/.test(name)).length;
  const before = timers();
  const listener = createServer(async (socket) => {
    const stream = ConnectionStream.server(Duplex.toWeb(socket), { keepAlive: { interval: 30_000, patience: 30_000 } });
    await stream.readable.pipeTo(stream.writable);
  }).listen(0, '127.0.0.1');
  t.after(() => listener.close());
  await once(listener, 'listening');
  for (let count = 0; count < 20; count++) {
    const socket = connect({ port: listener.address().port, host: '127.0.0.1' });
    const client = ConnectionStream.client(Duplex.toWeb(socket));
    const received = collect(client.readable);
    await send(client, 'Hello', new Uint8Array(500_000).fill(count));
    await client.writable.close();
    assert.equal((await received)[1][499_999], count);
    assert.deepEqual(await client.closed, { code: 1000, reason: '' });
  }
  await pause(50);
  assert.ok(timers() <= before, process.getActiveResourcesInfo().join(' '));
});
