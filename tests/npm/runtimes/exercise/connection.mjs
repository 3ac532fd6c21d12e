// Connections (RFC 6455 §5 to §7): messages at every split, wherever their bytes lie, both ends, and how they end.

import { arrivals, bytes, hex, joined, utf8 } from './checks.mjs';

const KEY = bytes('37fa213d');
const DELIVERIES = ['copy', 'write-back', 'view'];

/** What comes, and what is told of it. */
const STREAM = /** @type {[object, string][]} */ ([
  [{ opcode: 1, payload: 'Hello' }, 'text Hello'],
  [{ opcode: 1, payload: '\ufeff你好 ß' }, 'text \ufeff你好 ß'],
  [{ opcode: 2, payload: bytes('00ff80') }, 'binary 00ff80'],
  [{ opcode: 1, fin: false, payload: bytes('e4bd') }, ''],
  [{ opcode: 9, payload: '?' }, 'ping 3f'],
  [{ opcode: 0, payload: bytes('a0') }, 'text 你'],
  [{ opcode: 2, payload: '' }, 'binary '],
  [{ opcode: 8, payload: bytes('03e8 627965') }, 'close 1000 bye'],
]);

/** @param {any} entry @param {import('./checks.mjs').Checks} checks */
export function connection(entry, checks) {
  const { Connection, encodeFrame } = entry;
  const events = STREAM.map(([, told]) => told).filter((told) => told !== '');
  for (const [role, maskingKey] of [['server', KEY], ['client', null]]) {
    const stream = joined(STREAM.map(([frame]) => encodeFrame({ ...frame, maskingKey })));
    for (const delivery of DELIVERIES) {
      for (const pieces of arrivals(stream)) {
        const end = Connection[/** @type {string} */ (role)]({ bytes: delivery });
        const told = pieces.flatMap((piece) => Array.from(end.receive(piece.slice()), describe));
        checks.same(`a ${role} with ${delivery}`, [told, end.state], [events, 'closed']);
        end.free();
      }
    }
  }
  texts(entry, checks);
  echo(entry, checks);
  faults(entry, checks);
}

/** Runtimes have several ways to make a string, which differ by its length and its characters. @param {any} entry @param {import('./checks.mjs').Checks} checks */
function texts({ Connection }, checks) {
  const [client, server] = [Connection.client(), Connection.server()];
  const sent = ['x', 'ß', '你好 ', '🙂'].flatMap((sample) => [1, 50, 1000].map((times) => sample.repeat(times)));
  for (const text of sent) client.sendText(text);
  const told = Array.from(server.receive(client.takeOutgoing()), ({ data }) => data);
  checks.same('texts of every length and script', told, sent);
}

/** Two ends that talk. @param {any} entry @param {import('./checks.mjs').Checks} checks */
function echo({ Connection, FrameEncoder, FrameDecoder }, checks) {
  const [client, server] = [Connection.client(), Connection.server()];
  const large = Uint8Array.from({ length: 200_000 }, (_, at) => at);
  client.sendText('x'.repeat(100_000));
  client.sendBinary(large);
  client.close(1000);
  const told = [];
  for (const event of server.receive(client.takeOutgoing())) {
    if (event.type === 'text') server.sendText(event.data);
    if (event.type === 'binary') server.sendBinary(event.data);
  }
  for (const { type, data, code } of client.receive(server.takeOutgoing())) told.push([type, data?.length ?? code]);
  checks.same('what was sent comes back', told, [['text', 100_000], ['binary', 200_000], ['close', 1000]]);
  checks.same('both are closed', [client.transportAction, server.transportAction], ['await-close', 'close']);

  const encoder = new FrameEncoder({ role: 'client' });
  for (const payload of ['a', 'b']) encoder.encode({ opcode: 2, payload });
  const parts = [...new FrameDecoder({ role: 'server', bytes: 'write-back' }).decode(encoder.take())];
  checks.same('frames that were written together', parts.map(({ payload }) => hex(payload)), ['61', '62']);
}

/** @param {any} entry @param {import('./checks.mjs').Checks} checks */
function faults({ Connection, encodeFrame }, checks) {
  const server = Connection.server();
  const [violation] = [...server.receive(encodeFrame({ opcode: 1, payload: 'not masked' }))];
  checks.same('a broken rule is named', [violation.type, violation.error.code, violation.error.statusCode], ['violation', 'FRAME_UNMASKED', 1002]);
  checks.same('and told to the other end', hex(server.takeOutgoing().subarray(0, 4)), '881003ea');
  checks.throws('nothing is sent afterwards', () => server.sendText(''), { code: 'SEND_NOT_OPEN', section: 'RFC 6455 §5.5.1' });
  checks.throws('a chunk is bytes', () => Connection.server().receive('text'), { name: 'TypeError' });
  server.free();
  checks.throws('what was freed says so', () => server.receive(utf8('')), { name: 'TypeError' });
}

/** An event as text. @param {any} event */
function describe(event) {
  switch (event.type) {
    case 'text':
      return `text ${event.data}`;
    case 'close':
      return `close ${event.code} ${event.reason}`;
    case 'violation':
      return `violation ${event.error.code}`;
    default:
      return `${event.type} ${hex(event.data)}`;
  }
}
