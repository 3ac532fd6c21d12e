// Messages that are compressed (RFC 7692), from the packed package, beside Node's own zlib.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constants, createDeflateRaw, deflateRawSync, inflateRawSync } from 'node:zlib';
import { Connection, FrameDecoder, encodeFrame } from 'ws101/deflate';
import { DELIVERIES, check, describe, join, take } from './conversation.mjs';

const KEY = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);
const TAIL = Buffer.from('0000ffff', 'hex');
const hex = (bytes) => Buffer.from(bytes).toString('hex');
const bytes = (digits) => Buffer.from(digits.replaceAll(' ', ''), 'hex');
/** A frame of either end; its first byte tells that the message is compressed, unless it is said otherwise. */
const frame = (role, payload, { opcode = 1, fin = true, rsv1 = true } = {}) =>
  encodeFrame({ opcode, fin, rsv1, payload, maskingKey: role === 'client' ? KEY : null });
const other = (role) => (role === 'client' ? 'server' : 'client');

/** What a message's compressed payloads say, by Node. */
const inflate = (payloads, options = {}) =>
  inflateRawSync(join(...payloads.flatMap((payload) => [payload, TAIL])), { finishFlush: constants.Z_SYNC_FLUSH, ...options });

/** A message's compressed payload, by Node, whose tail is taken off. */
function deflate(message, options = {}) {
  const whole = deflateRawSync(message, { finishFlush: constants.Z_SYNC_FLUSH, ...options });
  assert.deepEqual(whole.subarray(-4), TAIL);
  return whole.subarray(0, -4);
}

/** Payloads of messages that share one window, by Node. */
async function deflateAll(messages, options) {
  const stream = createDeflateRaw(options);
  const payloads = [];
  for (const message of messages) {
    stream.write(message);
    await new Promise((done) => stream.flush(constants.Z_SYNC_FLUSH, done));
    payloads.push(stream.read().subarray(0, -4));
  }
  stream.close();
  return payloads;
}

/** What an end queued: `[first byte, payload]` for each frame. */
function frames(connection) {
  const whole = new Map();
  const decoder = new FrameDecoder({ role: other(connection.role), allowedRsv: 4 });
  for (const { frameStart, fin, rsv1, opcode, payload } of decoder.decode(connection.takeOutgoing())) {
    const [, before] = whole.get(frameStart) ?? [];
    whole.set(frameStart, [(fin ? 0x80 : 0) | (rsv1 ? 0x40 : 0) | opcode, join(before ?? new Uint8Array(), payload)]);
  }
  decoder.free();
  return [...whole.values()];
}

/** Texts and bytes that compress well, badly and not at all. */
const json = JSON.stringify(Array.from({ length: 200 }, (_, id) => ({ id, name: `user ${id % 17}`, online: id % 3 === 0 })));
const noise = Uint8Array.from({ length: 70_000 }, (_, at) => Math.imul(at ^ (at >>> 7), 0x9e3779b1) >>> 24);
const long = Buffer.alloc(300_000, 'The quick brown fox. ');

test('the examples of §7.2.3, read by both ends however they arrive', () => {
  for (const role of ['server', 'client']) {
    const from = other(role);
    const hello = (...parts) => join(...parts.map(([payload, more]) => frame(from, bytes(payload), more)));
    const examples = {
      'a message in one frame': [hello(['f248cdc9c90700']), ['text Hello']],
      'a message in fragments': [hello(['f248cd', { fin: false }], ['c9c90700', { opcode: 0, rsv1: false }]), ['text Hello']],
      'a shared window': [hello(['f248cdc9c90700'], ['f200110000']), ['text Hello', 'text Hello']],
      'a block without compression': [hello(['000500faff48656c6c6f00']), ['text Hello']],
      'a block with BFINAL': [hello(['f348cdc9c9070000'], ['f248cdc9c90700']), ['text Hello', 'text Hello']],
      'two blocks in one message': [hello(['f248050000 00ffff cac9c90700']), ['text Hello']],
      'an empty message': [hello(['00']), ['text ']],
      'a message that is not compressed': [frame(from, 'Hello', { rsv1: false }), ['text Hello']],
    };
    for (const [stream, events] of Object.values(examples)) {
      check({ of: Connection, role, options: { deflate: {} }, stream, events });
    }
  }
});

test('the examples of §7.2.3, written', () => {
  const server = Connection.server({ deflate: { threshold: 0 } });
  ['Hello', 'Hello', ''].forEach((message) => server.sendText(message));
  assert.equal(hex(server.takeOutgoing()), 'c107f248cdc9c90700' + 'c105f200110000' + 'c10100');
  const client = Connection.client({ deflate: { threshold: 0 } });
  ['Hello', 'Hello'].forEach((message) => client.sendText(message));
  assert.deepEqual(frames(client).map(([first, payload]) => [first, hex(payload)]), [[0xc1, 'f248cdc9c90700'], [0xc1, 'f200110000']]);
});

test('a context is taken over where nobody agreed that it is not', () => {
  const sent = (role, deflate) => {
    const end = Connection[role]({ deflate: { threshold: 0, ...deflate } });
    ['Hello', 'Hello'].forEach((message) => end.sendText(message));
    return frames(end).map(([, payload]) => hex(payload));
  };
  const [over, anew] = [['f248cdc9c90700', 'f200110000'], ['f248cdc9c90700', 'f248cdc9c90700']];
  assert.deepEqual(sent('server', {}), over);
  assert.deepEqual(sent('server', { clientNoContextTakeover: true }), over);
  assert.deepEqual(sent('server', { serverNoContextTakeover: true }), anew);
  assert.deepEqual(sent('server', { serverNoContextTakeover: true, idleMemory: 'freed' }), anew);
  assert.deepEqual(sent('server', { noContextTakeover: true }), anew);
  assert.deepEqual(sent('client', { serverNoContextTakeover: true }), over);
  assert.deepEqual(sent('client', { clientNoContextTakeover: true }), anew);

  // The end that reads: what refers to the message before it is data without a beginning.
  const shared = join(frame('server', bytes('f248cdc9c90700')), frame('server', bytes('f200110000')));
  const client = Connection.client({ deflate: { serverNoContextTakeover: true } });
  assert.deepEqual(take(client, shared), ['text Hello', 'violation MESSAGE_DEFLATE_INVALID 11,16']);
});

test('Node reads what is written with every window and every level', () => {
  const messages = [json, long, noise, json.slice(0, 3000), long.subarray(0, 100)];
  for (const role of ['server', 'client']) {
    for (let bits = 8; bits <= 15; bits++) {
      for (const level of [0, 1, 6, 9]) {
        const end = Connection[role]({ maxOutgoing: 2 ** 24, deflate: { level, [`${role}MaxWindowBits`]: bits } });
        for (const message of messages) typeof message === 'string' ? end.sendText(message) : end.sendBinary(message);
        const written = frames(end);
        assert.deepEqual(written.map(([first]) => first), [0xc1, 0xc2, 0xc2, 0xc1, 0xc2]);
        const payloads = written.map(([, payload]) => payload);
        assert.ok(level === 0 || payloads[1].length < 30_000, `${payloads[1].length} bytes at level ${level}`);
        // What all messages say, read with a window that is no larger than was agreed on.
        assert.deepEqual(inflate(payloads, { windowBits: bits }), Buffer.concat(messages.map((message) => Buffer.from(message))));
        end.free();
      }
    }
  }
});

test('what Node writes is read with every window, in pieces of every size', async () => {
  const messages = [json, String(long), json.slice(0, 3000), 'x', json];
  for (const role of ['server', 'client']) {
    // Node makes 9 of 8.
    for (let bits = 9; bits <= 15; bits++) {
      const payloads = await deflateAll(messages, { windowBits: bits });
      const stream = join(...payloads.map((payload) => frame(other(role), payload)));
      for (const length of [1, 7, 1000, 65_536, stream.length]) {
        const end = Connection[role]({ deflate: { [`${other(role)}MaxWindowBits`]: bits } });
        const told = [];
        for (let at = 0; at < stream.length; at += length) {
          for (const event of end.receive(stream.slice(at, at + length))) told.push(event.data);
        }
        assert.deepEqual(told, messages);
        end.free();
      }
    }
  }
});

test('messages of both ends, in all forms, wherever their bytes lie', () => {
  const messages = [json, String(long), 'short', '你好'.repeat(50), noise, new Uint8Array(0), Uint8Array.from(long)];
  for (const delivery of DELIVERIES) {
    for (const agreement of [{}, { serverNoContextTakeover: true, clientNoContextTakeover: true, idleMemory: 'freed' }]) {
      const options = { maxOutgoing: 2 ** 24, bytes: delivery, deflate: agreement };
      const [client, server] = [Connection.client(options), Connection.server(options)];
      for (const message of messages) typeof message === 'string' ? client.sendText(message) : client.sendBinary(message);
      const crossed = client.takeOutgoing();
      assert.ok(crossed.length < 100_000, `${crossed.length} bytes`);
      const echoed = [];
      for (const { type, data } of server.receive(crossed)) {
        type === 'text' ? server.sendText(data) : server.sendBinary(data);
        echoed.push(type === 'text' ? data : data.slice());
      }
      assert.deepEqual(echoed, messages);
      const back = Array.from(client.receive(server.takeOutgoing()), ({ data }) => (typeof data === 'string' ? data : data.slice()));
      assert.deepEqual(back, messages);
      client.free();
      server.free();
    }
  }
});

test('messages below the threshold are sent as they are, and control frames always', () => {
  const server = Connection.server({ deflate: {} });
  server.sendText('x'.repeat(63));
  server.sendText('x'.repeat(64));
  server.ping('?');
  server.close(1000, 'bye');
  assert.deepEqual(frames(server).map(([first]) => first), [0x81, 0xc1, 0x89, 0x88]);
});

test('fragments are compressed as one message', () => {
  const server = Connection.server({ deflate: {} });
  for (let at = 0; at < noise.length; at += 10_000) {
    server.sendFragment({ opcode: at === 0 ? 2 : 0, payload: noise.subarray(at, at + 10_000), fin: at + 10_000 >= noise.length });
    if (at === 50_000) server.ping('');
  }
  const written = frames(server);
  const parts = written.filter(([first]) => first !== 0x89);
  assert.deepEqual([written.length - parts.length, parts[0][0], parts.at(-1)[0]], [1, 0x42, 0x80]);
  assert.ok(parts.slice(1, -1).every(([first]) => first === 0));
  assert.deepEqual(Uint8Array.from(inflate([join(...parts.map(([, payload]) => payload))])), noise);
});

test('parts of a message come inflated', () => {
  const client = Connection.client({ delivery: 'parts', deflate: {} });
  const stream = frame('server', deflate(json));
  const parts = [stream.slice(0, 500), stream.slice(500)].flatMap((piece) => Array.from(client.receive(piece), (event) => ({ ...event, data: event.data.slice() })));
  assert.ok(parts.length > 1 && parts[0].first && parts.at(-1).last);
  assert.ok(parts.every(({ type }) => type === 'text-part'));
  assert.equal(String(Buffer.concat(parts.map(({ data }) => data))), json);
});

test('a message is stopped at the limit of its inflated size', () => {
  const bomb = deflate(Buffer.alloc(100_000_000));
  assert.ok(bomb.length < 100_000);
  for (const [maxMessage, stream] of [[1_000_000, frame('client', bomb)], [4, frame('client', bytes('f248cdc9c90700'))]]) {
    for (const delivery of ['messages', 'parts']) {
      const server = Connection.server({ maxMessage, delivery, deflate: {} });
      const events = take(server, stream);
      assert.match(events.at(-1), /^violation MESSAGE_TOO_BIG /);
      assert.ok(events.slice(0, -1).every((event) => event.startsWith('text-part')), 'no message before it');
      assert.equal(server.state, 'failed');
      assert.equal(hex(server.takeOutgoing().subarray(2, 4)), '03f1');
    }
  }
  // One that is just as long as it may be is taken, however small the frame limit makes what is compressed.
  const server = Connection.server({ maxMessage: 5, maxFrame: 7, deflate: {} });
  assert.deepEqual(take(server, frame('client', bytes('f248cdc9c90700'))), ['text Hello']);
});

test('data that is not DEFLATE, or not text, is a broken rule', () => {
  const broken = (payload, rule, more) => {
    const stream = frame('client', payload, more);
    for (const pieces of [[stream], Array.from(stream, (byte) => Uint8Array.of(byte))]) {
      const server = Connection.server({ deflate: {} });
      const [first, ...rest] = pieces.flatMap((piece) => take(server, piece));
      assert.match(first, new RegExp(`^violation ${rule} `));
      assert.deepEqual([rest, server.state], [[], 'failed']);
    }
  };
  broken(bytes('ff ff ff'), 'MESSAGE_DEFLATE_INVALID');
  broken(bytes('07'), 'MESSAGE_DEFLATE_INVALID');
  broken(bytes('f248cdc9'), 'MESSAGE_DEFLATE_INVALID');
  broken(join(bytes('f248cdc9c90700'), TAIL), 'MESSAGE_DEFLATE_INVALID');
  broken(deflate(Uint8Array.of(0x61, 0xc3, 0x28)), 'MESSAGE_INVALID_UTF8');
});

test('the bit that tells of compression stands where RFC 7692 says, and nowhere without an agreement', () => {
  const started = frame('client', bytes('f248cd'), { fin: false });
  const cases = [
    [{}, frame('client', '', { opcode: 9 })],
    [{}, join(started, frame('client', bytes('c9c90700'), { opcode: 0 }))],
    [null, frame('client', bytes('f248cdc9c90700'))],
    [undefined, frame('client', bytes('f248cdc9c90700'))],
  ];
  for (const [deflate, stream] of cases) {
    assert.match(take(Connection.server({ deflate }), stream)[0], /^violation FRAME_RESERVED_BITS /);
  }
});

test('connections that compress in turns do not disturb each other', () => {
  const ends = Array.from({ length: 5 }, () => [Connection.client({ deflate: {} }), Connection.server({ deflate: {} })]);
  for (let round = 0; round < 20; round++) {
    for (const [at, [client, server]] of ends.entries()) {
      const message = `${json.slice(0, 100 * at + round)} ${round}`;
      client.sendText(message);
      const iteration = server.receive(client.takeOutgoing());
      // Others use the module while a message of this one waits to be told.
      ends[(at + 1) % ends.length][0].sendText('y'.repeat(100));
      assert.deepEqual(Array.from(iteration, describe).at(-1), `text ${message}`);
    }
  }
});
