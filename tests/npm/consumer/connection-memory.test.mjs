// What connections and frames take of the module's memory, and that they give it back.
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
const { Connection, encodeFrame, FrameDecoder, FrameEncoder } = await import('ws101');
WebAssembly.Instance = Instance;

const held = () => memory.buffer.byteLength;
const hello = encodeFrame({ opcode: 1, payload: 'Hello', maskingKey: Uint8Array.of(1, 2, 3, 4) });

/** Bytes of the module's memory for a connection at rest, as `docs/bytes.md` says. */
const AT_REST = 700;

test('a million connections are made and freed, and the memory stays', () => {
  const use = () => {
    const connection = Connection.server();
    for (const event of connection.receive(hello)) connection.sendText(event.data);
    connection.takeOutgoing();
    connection.free();
  };
  for (let i = 0; i < 1000; i++) use();
  const before = held();
  for (let i = 0; i < 1_000_000; i++) use();
  assert.equal(held(), before);
});

test('ten million frames, and the memory stays', () => {
  const chunk = Buffer.concat(Array.from({ length: 5000 }, () => hello));
  const server = Connection.server();
  const decoder = new FrameDecoder({ role: 'server' });
  const encoder = new FrameEncoder({ role: 'server' });
  const round = () => {
    let count = 0;
    for (const event of server.receive(chunk)) {
      if (event.data === 'Hello') count += 1;
    }
    return count;
  };
  round();
  for (const part of decoder.decode(chunk)) encoder.encode({ opcode: part.opcode, payload: part.payload });
  encoder.take();
  const before = held();
  let frames = 0;
  while (frames < 10_000_000) frames += round();
  for (const part of decoder.decode(chunk)) encoder.encode({ opcode: part.opcode, payload: part.payload });
  assert.equal(encoder.take().length, 5000 * 7);
  assert.equal(held(), before);
});

test('a connection at rest takes what the page about bytes says', () => {
  const connections = [];
  // What was free before is used up first.
  for (let i = 0; i < 2000; i++) connections.push(Connection.server());
  const before = held();
  for (let i = 0; i < 50_000; i++) connections.push(Connection.server());
  const each = (held() - before) / 50_000;
  assert.ok(each <= AT_REST, `${each} bytes`);
  connections.forEach((connection) => connection.free());
});

test('large messages give their memory back', () => {
  const large = new Uint8Array(8 << 20);
  const pass = () => {
    const [client, server] = [Connection.client(), Connection.server()];
    client.sendBinary(large);
    const [event] = [...server.receive(client.takeOutgoing())];
    assert.equal(event.data.length, large.length);
    client.free();
    server.free();
  };
  pass();
  pass();
  const before = held();
  for (let i = 0; i < 20; i++) pass();
  assert.equal(held(), before);
});
