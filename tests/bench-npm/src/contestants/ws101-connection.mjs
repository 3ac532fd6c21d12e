// Ours: whole messages. A connection does all that RFC 6455 asks of an end, pongs and Closes included.

import { Connection } from 'ws101';

function decode(bytes) {
  return ({ deliver }) => {
    const connection = Connection.server({ bytes });
    return (chunk) => {
      for (const event of connection.receive(chunk)) {
        if (event.type === 'binary' || event.type === 'text') deliver(event.data);
        else throw event.error ?? new Error(`a ${event.type} came, which nobody sent`);
      }
    };
  };
}

function encode(open) {
  return (put) => {
    const connection = open();
    return {
      message: (payload) => connection.sendBinary(payload),
      flush: () => put(connection.takeOutgoing()),
    };
  };
}

/** @type {import('./index.mjs').Contestant[]} */
export const contestants = [
  {
    name: 'ws101 Connection, copies',
    standing: 'ours',
    packages: ['ws101'],
    bytes: 'owned',
    decode: decode('copy'),
  },
  {
    name: 'ws101 Connection, write-back',
    standing: 'ours',
    packages: ['ws101'],
    bytes: 'owned',
    decode: decode('write-back'),
  },
  {
    name: 'ws101 Connection, views',
    standing: 'ours',
    packages: ['ws101'],
    bytes: 'view',
    decode: decode('view'),
  },
  {
    name: 'ws101 Connection',
    standing: 'ours',
    packages: ['ws101'],
    encodeMasked: encode(Connection.client),
    encodeUnmasked: encode(Connection.server),
  },
];
