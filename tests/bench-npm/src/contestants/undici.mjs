// `undici`: the parser and the frames of its client, which it does not export. A client gets no masked frames, so that
// this one cannot do what the others do.

import { createRequire } from 'node:module';
import { join, dirname } from 'node:path';

const require = createRequire(import.meta.url);

function inner(file) {
  const root = dirname(require.resolve('undici/package.json'));
  return require(join(root, 'lib', 'web', 'websocket', file));
}

/** @type {import('./index.mjs').Contestant[]} */
export const contestants = [
  {
    name: 'undici, its parser',
    standing: 'peer',
    packages: ['undici'],
    readsUnmasked: true,

    decode({ deliver, isText }) {
      const { ByteParser } = inner('receiver.js');
      const { utf8Decode } = inner('util.js');
      // What its WebSocket does with a message before it fires an event.
      const onMessage = isText ? (_type, data) => deliver(utf8Decode(data)) : (_type, data) => deliver(data);
      const handler = { onMessage, readyState: 1, controller: new AbortController(), socket: { writableNeedDrain: false } };
      const parser = new ByteParser(handler, new Map(), { maxPayloadSize: 16 << 20 });
      parser.on('error', () => {});
      return (chunk) => parser.write(chunk);
    },

    encodeMasked(put) {
      const { WebsocketFrameSend } = inner('frame.js');
      return { message: (payload) => put(new WebsocketFrameSend(payload).createFrame(2)), flush() {} };
    },
  },
];
