// Node's own hashes: what `ws` and `websocket` do inside for an accept key, and the newer way to do it. Neither looks at
// the key.

import * as crypto from 'node:crypto';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** @type {import('./index.mjs').Contestant[]} */
export const contestants = [
  {
    name: 'node:crypto createHash',
    standing: 'limit',
    packages: [],
    accept: (key) => crypto.createHash('sha1').update(key + GUID).digest('base64'),
  },
  {
    name: 'node:crypto hash',
    standing: 'limit',
    packages: [],
    absent: () => (crypto.hash === undefined ? 'this Node has no crypto.hash' : null),
    accept: (key) => crypto.hash('sha1', key + GUID, 'base64'),
  },
];
