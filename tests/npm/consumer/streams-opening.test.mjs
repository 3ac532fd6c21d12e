// The opening handshake over streams: both sides, in any pieces, refused, too late, too long, broken off.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acceptKey, acceptStream, buildRequest, connectStream, encodeFrame, generateKey } from 'ws101';
import { Peer, arrivals, collect, isPending, pair } from './streams-pair.mjs';

const within = { timeout: 30_000 };
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const REQUEST = Buffer.from(buildRequest({ host: 'localhost', key: KEY, subprotocols: ['soap', 'chat'], origin: 'http://localhost' }));
const CLOSE = encodeFrame({ opcode: 8, maskingKey: 'random' });

/** What acceptStream makes of a request, and the other end. */
function accepting(request, options, room) {
  const [near, far] = pair(room);
  const peer = new Peer(far, 'client');
  if (request !== undefined) peer.send(request);
  const accepted = acceptStream(near, options);
  accepted.catch(() => {});
  return [accepted, peer, near];
}

/** What connectStream makes of what `respond` says to the key. */
function connecting(respond, options) {
  const [near, far] = pair();
  const peer = new Peer(far, 'server');
  const connected = connectStream(near, { host: 'localhost', ...options });
  connected.catch(() => {});
  const answered = peer.chunk().then(async (head) => {
    const response = respond(head.match(/Sec-WebSocket-Key: (.*)\r\n/i)[1]);
    if (response !== undefined) await peer.send(response).catch(() => {});
    return head;
  });
  return [connected, peer, near, answered];
}

const response = (key, fields = '') =>
  `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${acceptKey(key)}\r\n${fields}\r\n`;

async function isClosed(peer, transport) {
  for (let chunk = ''; chunk !== null; ) chunk = await peer.chunk().catch(() => null);
  assert.ok(!transport.readable.locked && !transport.writable.locked, 'the transport’s streams are given back');
}

test('two ends open a connection, and say what was agreed on', within, async () => {
  const [near, far] = pair();
  const [server, client] = await Promise.all([
    acceptStream(near, { subprotocols: ['chat', 'soap'], headers: [['Server', 'test']], allowedOrigins: ['http://a.example'] }),
    connectStream(far, { host: 'a.example:81', target: '/b?c', origin: 'http://a.example', subprotocols: ['soap', 'chat'], headers: [['Cookie', 'd=e']] }),
  ]);
  assert.deepEqual(
    [server.role, server.request.host, server.request.target, server.request.origin, server.subprotocol],
    ['server', 'a.example:81', '/b?c', 'http://a.example', 'chat'],
  );
  assert.deepEqual([client.role, client.subprotocol, client.response], ['client', 'chat', { subprotocol: 'chat', extensions: [] }]);
  const echo = server.readable.pipeTo(server.writable);
  const received = collect(client.readable);
  const writer = client.writable.getWriter();
  await writer.write('Hello');
  await writer.close();
  assert.deepEqual(await received, ['Hello']);
  await echo;
});

test('a request in any pieces is accepted, and what is behind it is the connection’s', within, async () => {
  for (const chunks of arrivals(Buffer.concat([REQUEST, encodeFrame({ opcode: 1, payload: 'Hi', maskingKey: 'random' }), CLOSE]))) {
    const [accepted, peer] = accepting(chunks[0]);
    for (const chunk of chunks.slice(1)) peer.send(chunk);
    const stream = await accepted;
    assert.deepEqual(await collect(stream.readable), ['Hi']);
    assert.match(await peer.chunk(), new RegExp(`^HTTP/1.1 101 .*${acceptKey(KEY).replace('+', '\\+')}`, 's'));
    await peer.end();
    await stream.closed;
  }
});

test('a response in any pieces is taken, and what is behind it is the connection’s', within, async () => {
  const length = response(generateKey()).length + 6;
  for (let at = 0; at <= length; at++) {
    const [connected, peer] = connecting((key) => {
      const all = Buffer.concat([Buffer.from(response(key)), encodeFrame({ opcode: 1, payload: 'Hi' }), encodeFrame({ opcode: 8 })]);
      const pieces = at === 0 ? Array.from(all, (byte) => Uint8Array.of(byte)) : [all.subarray(0, at), all.subarray(at)];
      for (const piece of pieces) peer.send(piece);
    });
    const stream = await connected;
    assert.deepEqual(await collect(stream.readable), ['Hi']);
    await peer.end();
    await stream.closed;
  }
});

test('the subprotocol is chosen by a list or a function, which may take its time', within, async () => {
  for (const [subprotocols, chosen] of [
    [undefined, null],
    [[], null],
    [['mqtt'], null],
    [['mqtt', 'chat', 'soap'], 'chat'],
    [({ subprotocols: [first] }) => first, 'soap'],
    [async ({ target }) => (target === '/' ? 'chat' : null), 'chat'],
    [() => null, null],
  ]) {
    const [accepted, peer] = accepting(REQUEST, { subprotocols, headers: ({ host }) => [['X-Host', host]] });
    assert.equal((await accepted).subprotocol, chosen);
    const head = await peer.chunk();
    assert.equal(head.match(/Sec-WebSocket-Protocol: (.*)\r\n/)?.[1] ?? null, chosen);
    assert.match(head, /X-Host: localhost\r\n/);
    await peer.break();
  }
});

test('a request that breaks a rule is answered with what is wrong, and thrown', within, async () => {
  for (const [request, options, status, code] of [
    ['GET / HTTP/1.1\r\nHost: a\r\n\r\n', {}, 426, 'REQUEST_UPGRADE_MISSING'],
    ['POST / HTTP/1.1\r\n\r\n', {}, 405, 'REQUEST_METHOD_NOT_GET'],
    [String(REQUEST).replace('Version: 13', 'Version: 12'), {}, 426, 'REQUEST_VERSION_UNSUPPORTED'],
    [String(REQUEST), { allowedOrigins: ['http://other.example'] }, 403, 'REQUEST_ORIGIN_REFUSED'],
    [String(REQUEST), { maxHead: 100 }, 431, 'HEAD_TOO_LONG'],
    ['x'.repeat(20_000), {}, 431, 'HEAD_TOO_LONG'],
  ]) {
    const [accepted, peer, near] = accepting(request, { closeTimeout: 1000, ...options });
    assert.match(await peer.chunk(), new RegExp(`^HTTP/1.1 ${status} `));
    assert.equal(await peer.chunk(), null);
    await peer.end();
    await assert.rejects(accepted, { code, statusCode: status });
    await isClosed(peer, near);
  }
});

test('a refused end that neither reads nor ends its side is waited for no longer than closeTimeout', within, async () => {
  const [accepted, , near] = accepting('GET / HTTP/1.0\r\n\r\n', { closeTimeout: 40 }, 1);
  await assert.rejects(accepted, { code: 'REQUEST_HTTP_VERSION' });
  assert.ok(!near.readable.locked && !near.writable.locked);
});

test('a response that breaks a rule is thrown, and the transport closed', within, async () => {
  for (const [respond, code] of [
    [() => 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n', 'RESPONSE_NOT_101'],
    [() => response(generateKey()), 'RESPONSE_ACCEPT_WRONG'],
    [(key) => response(key, 'Sec-WebSocket-Protocol: other\r\n'), 'RESPONSE_PROTOCOL_NOT_OFFERED'],
    [(key) => response(key, 'Sec-WebSocket-Extensions: permessage-deflate\r\n'), 'RESPONSE_EXTENSION_NOT_OFFERED'],
    [() => 'x'.repeat(20_000), 'HEAD_TOO_LONG'],
  ]) {
    const [connected, peer, near] = connecting(respond, { subprotocols: ['chat'] });
    await assert.rejects(connected, { code, name: 'Ws101Error' });
    await isClosed(peer, near);
  }
});

test('interim responses are passed over', within, async () => {
  const [connected, peer, , answered] = connecting((key) => `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n${response(key)}`);
  const stream = await connected;
  assert.match(await answered, /^GET \/ HTTP\/1.1\r\nHost: localhost\r\n/);
  await peer.sendFrame(1, 'Hi');
  for await (const message of stream.readable) {
    assert.equal(message, 'Hi');
    break;
  }
});

test('a transport that ends or breaks within a head is said to have', within, async () => {
  for (const length of [0, 1, REQUEST.length - 1]) {
    const [ended, peer] = accepting(REQUEST.subarray(0, length), { closeTimeout: 200 });
    await peer.end();
    await assert.rejects(ended, { code: 'HEAD_INCOMPLETE' });
    const [broken, other] = accepting(REQUEST.subarray(0, length));
    await other.break(new Error('cable'));
    await assert.rejects(broken, (error) => error.code === 'TRANSPORT_LOST' && error.cause.message === 'cable');
  }
  const [connected, peer] = connecting(() => 'HTTP/1.1 101 Swi');
  await isPending(connected, 5);
  await peer.end();
  await assert.rejects(connected, { code: 'HEAD_INCOMPLETE' });
});

test('an opening handshake that takes too long is given up, whatever it waits for', within, async () => {
  const limit = { handshakeTimeout: 40 };
  for (const [opening, peer, near] of [
    accepting(undefined, limit),
    accepting(REQUEST.subarray(0, 50), limit),
    accepting(REQUEST, { ...limit, subprotocols: () => new Promise(() => {}) }),
    connecting(() => undefined, limit),
    connecting(() => 'HTTP/1.1 100 Continue\r\n\r\n', limit),
  ]) {
    await assert.rejects(opening, { name: 'TransportError', code: 'HANDSHAKE_TIMEOUT' });
    await isClosed(peer, near);
  }
});

test('an end that does not take our head does not keep us', within, async () => {
  const stuck = () => new WritableStream({ write: () => new Promise(() => {}) });
  for (const open of [acceptStream, connectStream]) {
    const [near, far] = pair();
    new Peer(far, 'client').send(REQUEST);
    const transport = { readable: near.readable, writable: stuck() };
    await assert.rejects(open(transport, { host: 'a', handshakeTimeout: 40 }), { code: 'HANDSHAKE_TIMEOUT' });
    assert.ok(!transport.readable.locked && !transport.writable.locked);
  }
});

test('an opening handshake can be aborted, before and while it lasts', within, async () => {
  const [near] = pair();
  await assert.rejects(connectStream(near, { host: 'a', signal: AbortSignal.abort(new Error('mine')) }), { message: 'mine' });
  assert.ok(!near.readable.locked);
  const controller = new AbortController();
  const [accepted, peer, transport] = accepting(REQUEST.subarray(0, 9), { signal: controller.signal });
  assert.ok(await isPending(accepted, 5));
  controller.abort(new Error('mine'));
  await assert.rejects(accepted, { message: 'mine' });
  await isClosed(peer, transport);
  // Afterwards it has no effect.
  const [far, other] = pair();
  const streams = await Promise.all([acceptStream(far, { signal: controller.signal }).catch((error) => error), Promise.resolve(other)]);
  assert.equal(streams[0].message, 'mine');
  const late = new AbortController();
  const [open, client] = accepting(REQUEST, { signal: late.signal });
  const stream = await open;
  late.abort();
  await client.chunk();
  await client.send(CLOSE);
  await client.end();
  assert.deepEqual(await stream.closed, { code: null, reason: '' });
});

test('what the application’s functions throw is thrown, and what they may not say is said', within, async () => {
  for (const [options, error] of [
    [{ subprotocols: () => { throw new RangeError('mine'); } }, { message: 'mine' }],
    [{ headers: async () => { throw new RangeError('mine'); } }, { message: 'mine' }],
    [{ subprotocols: () => 'with blank' }, { code: 'BUILD_SUBPROTOCOL_INVALID' }],
    [{ headers: [['Upgrade', 'x']] }, { code: 'BUILD_FIELD_RESERVED' }],
    [{ subprotocols: () => 7 }, { name: 'TypeError', message: /^subprotocol must be/ }],
  ]) {
    const [accepted, peer, near] = accepting(REQUEST, options);
    await assert.rejects(accepted, error);
    await isClosed(peer, near);
  }
  const [near] = pair();
  await assert.rejects(connectStream(near, { host: 'a b' }), { code: 'BUILD_HOST_INVALID' });
});

test('arguments of a wrong kind are named', within, async () => {
  for (const [call, message] of [
    [() => acceptStream(), /^the transport must have/],
    [() => acceptStream(pair()[0], 7), /^acceptStream’s second argument must be/],
    [() => acceptStream(pair()[0], { subprotocols: 'chat' }), /^subprotocols must be an array/],
    [() => acceptStream(pair()[0], { handshakeTimeout: '1' }), /^handshakeTimeout must be/],
    [() => connectStream(pair()[0]), /^host must be/],
    [() => connectStream(pair()[0], { host: 'a', maxHead: '1' }), /^maxHead must be/],
  ]) {
    await assert.rejects(call, { name: 'TypeError', message });
  }
});
