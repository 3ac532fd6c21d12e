// Connections that talk to each other through two byte queues, and what they tell, as text.
import assert from 'node:assert/strict';
import { Connection } from 'ws101';

/** Where the bytes of a message can lie. */
export const DELIVERIES = ['copy', 'write-back', 'view'];

/** An event as text, so that a whole conversation is one comparison. */
export function describe(event) {
  switch (event.type) {
    case 'text':
      return `text ${event.data}`;
    case 'text-part':
    case 'binary-part':
      return `${event.type} ${Buffer.from(event.data).toString('hex')}${event.first ? ' first' : ''}${event.last ? ' last' : ''}`;
    case 'close':
      return `close ${event.code} ${event.reason}`;
    case 'violation':
      return `violation ${event.error.code} ${event.error.range}`;
    default:
      return `${event.type} ${Buffer.from(event.data).toString('hex')}`;
  }
}

/** Everything that a connection tells of a chunk. */
export function take(connection, chunk) {
  return Array.from(connection.receive(chunk), describe);
}

/** Reads all that `from` has to send into `to`. */
export function carry(from, to) {
  return take(to, from.takeOutgoing());
}

/** The ways in which a stream can arrive: whole, cut in two at every place, and byte by byte. */
export function* everyWay(stream) {
  yield [stream];
  for (let at = 1; at < stream.length; at++) yield [stream.slice(0, at), stream.slice(at)];
  yield Array.from(stream, (byte) => Uint8Array.of(byte));
}

/** A connection (of the entry `of`) that reads `stream` tells these events and has `outgoing` to write, however it arrives and is handed on. */
export function check({ of = Connection, role = 'server', options = {}, stream, events, outgoing = '' }) {
  for (const bytes of DELIVERIES) {
    for (const pieces of everyWay(stream)) {
      const connection = of[role]({ ...options, bytes });
      // A connection with write-back changes what it is given.
      const told = pieces.flatMap((piece) => take(connection, piece.slice()));
      assert.deepEqual(told, events);
      assert.equal(Buffer.from(connection.takeOutgoing()).toString('hex'), outgoing);
      assert.equal(connection.pending, 0);
      connection.free();
    }
  }
}

/** Bytes one after another. */
export function join(...parts) {
  return Uint8Array.from(Buffer.concat(parts));
}
