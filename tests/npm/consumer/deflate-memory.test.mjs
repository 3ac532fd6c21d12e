// What permessage-deflate takes of the module's memory, as the README says, and that it is given back.
import assert from 'node:assert/strict';
import { test } from 'node:test';

let memory;
const Instance = WebAssembly.Instance;
WebAssembly.Instance = class extends Instance {
  constructor(module, imports) {
    super(module, imports);
    memory = this.exports.memory;
  }
};

/** A copy of the entry, whose memory nobody has used yet, and how many bytes it has. */
let copies = 0;
async function fresh() {
  copies += 1;
  const { Connection } = await import(`${import.meta.resolve('ws101/deflate')}?${copies}`);
  const own = memory;
  return { Connection, held: () => own.buffer.byteLength };
}

/** Bytes that the first message adds which is sent, by window bits: the compressor. */
const TO_SEND = { 8: 252_000, 9: 252_000, 10: 254_000, 11: 258_000, 12: 266_000, 13: 283_000, 14: 315_000, 15: 381_000 };
/** Bytes that the first message adds which is received, and those that what it kept of messages takes at most. */
const TO_RECEIVE = 64_000;
const KEPT = 33_000;
const AT_REST = 900;
const COUNT = 200;

const hello = 'Hello '.repeat(20);
const long = 'x'.repeat(100_000);

/** What a client writes for a message. */
function written(Connection, message, deflate) {
  const client = Connection.client({ maxOutgoing: 2 ** 24, deflate });
  client.sendText(message);
  const frame = client.takeOutgoing();
  client.free();
  return frame;
}

test('a connection that has compressed nothing takes next to nothing', async () => {
  const { Connection, held } = await fresh();
  const connections = Array.from({ length: 2000 }, () => Connection.server({ deflate: {} }));
  const before = held();
  for (let i = 0; i < 50_000; i++) connections.push(Connection.server({ deflate: {} }));
  const each = (held() - before) / 50_000;
  assert.ok(each <= AT_REST, `${each} bytes`);
});

test('each direction takes what the README says, from its first message on', async () => {
  for (const [bits, most] of Object.entries(TO_SEND)) {
    const { Connection, held } = await fresh();
    const deflate = { serverMaxWindowBits: Number(bits), clientMaxWindowBits: Number(bits) };
    const frames = [hello, long].map((message) => written(Connection, message, { ...deflate, noContextTakeover: true }));
    const ends = Array.from({ length: COUNT + 20 }, () => Connection.server({ deflate }));
    const each = (use) => {
      // What was free before is used up first.
      ends.slice(0, 20).forEach(use);
      const before = held();
      ends.slice(20).forEach(use);
      return (held() - before) / COUNT;
    };
    const sent = each((end) => { end.sendText(hello); end.takeOutgoing(); end.shrink(); });
    const received = each((end) => { assert.equal([...end.receive(frames[0].slice())][0].data, hello); end.shrink(); });
    const kept = each((end) => { assert.equal([...end.receive(frames[1].slice())][0].data, long); end.shrink(); });
    // Memory grows by pages of 64 KiB.
    const page = 65_536 / COUNT;
    assert.ok(Math.abs(sent - most) < 2500 + page, `${sent} bytes to send with ${bits} bits`);
    assert.ok(Math.abs(received - TO_RECEIVE) < 2500 + page, `${received} bytes to receive with ${bits} bits`);
    assert.ok(kept <= KEPT + page, `${kept} bytes kept with ${bits} bits`);
  }
});

test('memory that is freed between messages is, and a connection that is freed gives all back', async () => {
  const { Connection, held } = await fresh();
  const agreed = { serverNoContextTakeover: true, clientNoContextTakeover: true };
  const frame = written(Connection, hello, agreed);
  const use = (end) => {
    for (const { data } of end.receive(frame.slice())) end.sendText(data);
    end.takeOutgoing();
  };
  use(Connection.server({ deflate: { ...agreed, idleMemory: 'freed' } }));
  const before = held();
  const ends = Array.from({ length: 500 }, () => Connection.server({ deflate: { ...agreed, idleMemory: 'freed' } }));
  ends.forEach((end) => { use(end); end.shrink(); });
  assert.ok((held() - before) / ends.length < 20_000, `${(held() - before) / ends.length} bytes`);
  ends.forEach((end) => end.free());

  const round = () => {
    const end = Connection.server({ deflate: {} });
    use(end);
    end.free();
  };
  for (let i = 0; i < 10; i++) round();
  const settled = held();
  for (let i = 0; i < 5000; i++) round();
  assert.equal(held(), settled);
});

test('a hundred thousand messages each way, and the memory stays', async () => {
  const { Connection, held } = await fresh();
  const [client, server] = [Connection.client({ deflate: {} }), Connection.server({ deflate: {} })];
  const round = (at) => {
    for (let i = 0; i < 100; i++) client.sendText(`${hello}${at} ${i}`);
    for (const { data } of server.receive(client.takeOutgoing())) server.sendText(data);
    assert.equal([...client.receive(server.takeOutgoing())].length, 100);
  };
  for (let at = 0; at < 20; at++) round(at);
  const before = held();
  for (let at = 0; at < 1000; at++) round(at);
  assert.equal(held(), before);
});
