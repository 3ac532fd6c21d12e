// A connection as its caller sees it, from the packed package.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Connection, applyMask, encodeClosePayload, encodeFrame, forgeFrame, opcodes } from 'ws101';
import { DELIVERIES, carry, check, join, take } from './conversation.mjs';

const KEY = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);
const hex = (bytes) => Buffer.from(bytes).toString('hex');
const masked = (opcode, payload, more = {}) => encodeFrame({ opcode, payload, maskingKey: KEY, ...more });
const plain = (opcode, payload, more = {}) => encodeFrame({ opcode, payload, ...more });

test('messages and control frames, in the order in which they came', () => {
  const frames = (frame) => join(
    frame(opcodes.text, 'Hello'), frame(opcodes.binary, Uint8Array.of(0, 255)), frame(opcodes.ping, '?'),
    frame(opcodes.text, '你好'), frame(opcodes.pong, ''), frame(opcodes.binary, ''),
  );
  const events = ['text Hello', 'binary 00ff', 'ping 3f', 'text 你好', 'pong ', 'binary '];
  check({ stream: frames(masked), events, outgoing: '8a013f' });
  for (const bytes of DELIVERIES) {
    const client = Connection.client({ bytes });
    assert.deepEqual(take(client, frames(plain)), events);
    const pong = client.takeOutgoing();
    assert.equal(hex(pong.subarray(0, 2)), '8a81');
    assert.equal(hex(applyMask(pong.slice(6), pong.slice(2, 6))), '3f');
  }
});

test('fragments, with control frames between them and characters cut', () => {
  check({
    stream: join(
      masked(1, 'He', { fin: false }), masked(9, '1'), masked(0, '', { fin: false }),
      masked(0, Uint8Array.of(0x6c, 0x6c, 0x6f, 0xe4, 0xbd), { fin: false }), masked(0, Uint8Array.of(0xa0)),
    ),
    events: ['ping 31', 'text Hello你'],
    outgoing: '8a0131',
  });
});

test('parts as they come', () => {
  const server = Connection.server({ delivery: 'parts' });
  const stream = join(masked(1, 'He', { fin: false }), masked(0, 'llo'), masked(2, Uint8Array.of(1)));
  assert.deepEqual(take(server, stream), ['text-part 4865 first', 'text-part 6c6c6f last', 'binary-part 01 first last']);
  assert.deepEqual(take(server, masked(1, 'cut').slice(0, 8)), ['text-part 6375 first']);
  assert.deepEqual(take(server, masked(1, 'cut').slice(8)), ['text-part 74 last']);
});

test('what an event leads to has not happened before the caller is there', () => {
  const close = masked(8, encodeClosePayload(1001));
  const wrong = forgeFrame({ opcode: 3, maskingKey: KEY });
  const notText = masked(1, Uint8Array.of(0x61, 0xff));
  for (const last of [close, wrong, notText]) {
    const server = Connection.server();
    const echoed = [];
    for (const event of server.receive(join(masked(1, 'a'), masked(1, 'b'), last))) {
      if (event.type === 'text') {
        server.sendText(event.data);
        echoed.push(event.data);
      }
    }
    assert.deepEqual(echoed, ['a', 'b']);
    assert.equal(hex(server.takeOutgoing()).slice(0, 12 + 2), '810161' + '810162' + '88');
    assert.equal(server.transportAction, 'close');
  }
});

test('a broken rule is the last event, and the Close that names it is to be written', () => {
  const outgoing = (code, reason) => hex(plain(8, encodeClosePayload(code, reason)));
  const after = masked(1, 'not read');
  check({ stream: join(masked(1, 'a'), plain(1, 'b'), after), events: ['text a', 'violation FRAME_UNMASKED 8,9'], outgoing: outgoing(1002, 'FRAME_UNMASKED') });
  const text = masked(1, Uint8Array.of(0x61, 0xc3, 0x28));
  check({ stream: join(text, after), events: ['violation MESSAGE_INVALID_UTF8 8,9'], outgoing: outgoing(1007, 'MESSAGE_INVALID_UTF8') });
  check({
    options: { maxMessage: 4 },
    stream: join(masked(2, 'four'), masked(2, 'five!')),
    events: ['binary 666f7572', 'violation FRAME_TOO_BIG 11,12'],
    outgoing: outgoing(1009, 'FRAME_TOO_BIG'),
  });
});

test('the closing handshake from either end', () => {
  const [client, server] = [Connection.client(), Connection.server()];
  client.close(1000, 'bye');
  assert.equal(client.state, 'close-sent');
  assert.deepEqual(carry(client, server), ['close 1000 bye']);
  assert.deepEqual([server.state, server.transportAction], ['closed', 'continue']);
  assert.deepEqual(carry(server, client), ['close 1000 ']);
  assert.deepEqual([server.transportAction, client.transportAction], ['close', 'await-close']);
  assert.throws(() => client.sendText('late'), { code: 'SEND_NOT_OPEN', section: 'RFC 6455 §5.5.1' });

  const asked = Connection.server({ closes: 'by-caller', pongs: 'by-caller' });
  assert.deepEqual(take(asked, join(masked(9, ''), masked(8, ''))), ['ping ', 'close null ']);
  assert.equal(asked.state, 'close-received');
  asked.pong('');
  asked.close();
  assert.deepEqual([hex(asked.takeOutgoing()), asked.state], ['8a008800', 'closed']);
});

test('a transport that ends without a Close is lost', () => {
  const server = Connection.server();
  server.transportEnded();
  assert.deepEqual([server.state, server.transportAction, server.role], ['lost', 'close', 'server']);
});

test('an iteration that is left goes on with the next call', () => {
  const server = Connection.server();
  for (const event of server.receive(join(masked(1, 'a'), masked(1, 'b'), masked(9, '')))) {
    assert.equal(event.data, 'a');
    break;
  }
  assert.ok(server.pending > 0);
  assert.deepEqual(take(server, masked(1, 'c')), ['text b', 'ping ', 'text c']);
  assert.equal(server.pending, 0);
});

test('reading stops while too much waits to be written', () => {
  const server = Connection.server({ maxOutgoing: 1000 });
  const sent = 'x'.repeat(600);
  let echoed = 0;
  const echo = (events) => {
    for (const event of events) {
      server.sendText(event.data);
      echoed += 1;
    }
  };
  echo(server.receive(join(...Array.from({ length: 20 }, () => masked(1, sent)))));
  assert.equal(echoed, 2, 'messages that were read together are handed out one by one');
  for (let round = 0; round < 20 && server.pending > 0; round++) {
    assert.ok(server.outgoingLength >= 1000);
    server.takeOutgoing();
    echo(server.receive());
  }
  assert.deepEqual([echoed, server.pending], [20, 0]);
});

test('connections that read in turns do not disturb each other', () => {
  for (const bytes of DELIVERIES) {
    const [a, b] = [Connection.server({ bytes }), Connection.server({ bytes })];
    const stream = (name) => join(...Array.from({ length: 5 }, (_, i) => masked(i % 2 ? 1 : 2, `${name}${i}`)));
    const told = [];
    for (const event of a.receive(stream('a'))) {
      told.push(Buffer.from(event.data).toString());
      for (const other of b.receive(stream('b'))) told.push(Buffer.from(other.data).toString());
    }
    const bs = ['b0', 'b1', 'b2', 'b3', 'b4'];
    assert.deepEqual(told, ['a0', ...bs, 'a1', ...bs, 'a2', ...bs, 'a3', ...bs, 'a4', ...bs]);
  }
});

test('large messages, long chunks, and more messages than rows', () => {
  const large = Uint8Array.from({ length: 300_000 }, (_, i) => i * 7);
  for (const bytes of DELIVERIES) {
    const server = Connection.server({ bytes });
    const client = Connection.client();
    client.sendBinary(large);
    client.sendText('你'.repeat(100_000));
    for (let i = 0; i < 5000; i++) client.sendBinary(Uint8Array.of(i));
    const stream = client.takeOutgoing();
    let count = 0;
    for (const event of server.receive(stream)) {
      if (count === 0) assert.deepEqual(event.data, large);
      else if (count === 1) assert.equal(event.data, '你'.repeat(100_000));
      else assert.deepEqual([...event.data], [(count - 2) & 255]);
      count += 1;
    }
    assert.equal(count, 5002);
  }
});

test('where bytes lie is the choice of the caller', () => {
  const message = masked(2, 'bytes');
  const given = () => message.slice();
  const only = (connection, chunk) => [...connection.receive(chunk)][0].data;

  const kept = given();
  const copy = only(Connection.server(), kept);
  assert.deepEqual(kept, message, 'the chunk is not changed');
  assert.notEqual(copy.buffer, kept.buffer);

  const back = given();
  const inPlace = only(Connection.server({ bytes: 'write-back' }), back);
  assert.equal(inPlace.buffer, back.buffer);
  assert.equal(Buffer.from(back.subarray(6)).toString(), 'bytes');

  const server = Connection.server({ bytes: 'view' });
  const view = only(server, given());
  assert.equal(Buffer.from(view).toString(), 'bytes');
  take(server, masked(2, 'other'));
  assert.equal(Buffer.from(view).toString(), 'other', 'a view shows what came next');
});

test('text is what was sent, its BOM too; half surrogate pairs are replaced', () => {
  const [client, server] = [Connection.client(), Connection.server()];
  for (const text of ['\ufeffBOM', 'é', '', '\u{1f600}', 'a'.repeat(30_000), 'ü'.repeat(30_000)]) {
    client.sendText(text);
    assert.deepEqual(carry(client, server), [`text ${text}`]);
  }
  client.sendText('a\ud800b');
  assert.deepEqual(carry(client, server), ['text a\ufffdb']);
});

test('fragments that are sent, and what may not be', () => {
  const server = Connection.server();
  server.sendFragment({ opcode: opcodes.text, payload: 'Hel', fin: false });
  server.ping('');
  assert.throws(() => server.sendText('x'), { code: 'ENCODE_MESSAGE_UNFINISHED' });
  assert.throws(() => server.sendFragment({ opcode: 0, payload: Uint8Array.of(0xff) }), { code: 'ENCODE_INVALID_UTF8' });
  server.sendFragment({ opcode: opcodes.continuation, payload: 'lo' });
  assert.equal(hex(server.takeOutgoing()), '010348656c' + '8900' + '80026c6f');
  assert.throws(() => server.sendFragment({ opcode: 0 }), { code: 'ENCODE_UNEXPECTED_CONTINUATION' });
  assert.throws(() => server.ping('x'.repeat(126)), { code: 'ENCODE_CONTROL_TOO_LONG' });
  assert.throws(() => server.close(1005), { code: 'ENCODE_STATUS_NOT_ALLOWED' });
  assert.throws(() => server.close(1000, 'x'.repeat(124)), { code: 'ENCODE_REASON_TOO_LONG' });
  assert.throws(() => server.close(undefined, 'why'), { code: 'ENCODE_REASON_WITHOUT_STATUS' });
  assert.equal(server.outgoingLength, 0, 'what was refused is not queued');
});

test('every frame of a client has a key of its own', () => {
  const client = Connection.client();
  const keys = new Set();
  for (let i = 0; i < 3000; i++) {
    client.sendBinary(Uint8Array.of(1));
    keys.add(hex(client.takeOutgoing().subarray(2, 6)));
  }
  assert.ok(keys.size > 2990, `${keys.size} of 3000`);
});

test('time: a ping after a silence, the end after a longer one', () => {
  const server = Connection.server({ keepAlive: { interval: 30_000, patience: 10_000 } });
  assert.equal(server.tick(1000), 31_000);
  assert.equal(server.tick(31_000.5), 41_000);
  assert.equal(hex(server.takeOutgoing()), '8900');
  assert.equal(server.tick(41_000), null);
  assert.deepEqual([server.state, server.transportAction], ['timed-out', 'close']);

  const client = Connection.client({ closeTimeout: 2000 });
  assert.equal(client.tick(2 ** 40), null);
  client.close();
  assert.equal(client.tick(2 ** 40), 2 ** 40 + 2000);
});
