// `ws`, with its native addon and without. It looks for the addon once, when it is loaded.
//
// Its receiver and its sender's frames are what a `WebSocket` is made of, without the socket's events and the second
// emitter that an application would see: less than an application has to pay.

import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { MemorySocket } from '../memory-socket.mjs';

const require = createRequire(import.meta.url);

/** Loaded only in the process that uses it, since loading decides about the addon. */
function load(wantsAddon) {
  const ws = require('ws');
  const hasAddon = Object.keys(require.cache).some((file) => /[\\/]bufferutil[\\/]/.test(file));
  if (hasAddon !== wantsAddon) throw new Error(hasAddon ? 'bufferutil was loaded' : 'bufferutil was not loaded');
  return ws;
}

/** Where there is no build of it for this machine, the package itself falls back on JavaScript. */
function addonIsMissing() {
  const { unmask } = require('bufferutil');
  return /\[native code\]/.test(Function.prototype.toString.call(unmask)) ? null : 'bufferutil has no native build here';
}

function decode(wantsAddon) {
  return ({ deliver, isText }) => {
    const { Receiver } = load(wantsAddon);
    const receiver = new Receiver({ isServer: true, maxPayload: 16 << 20 });
    receiver.on('error', () => {}); // what then is missing says enough
    // A text comes as bytes that are known to be UTF-8; `WebSocket` makes the string so.
    receiver.on('message', isText ? (data) => deliver(data.toString()) : (data) => deliver(data));
    return (chunk) => receiver.write(chunk);
  };
}

function encode(wantsAddon, mask) {
  return (put) => {
    const { Sender } = load(wantsAddon);
    return {
      message(payload) {
        // What `send` asks for where it is given a Buffer; that one must not be changed.
        const options = { fin: true, opcode: 2, mask, readOnly: true, rsv1: false };
        for (const buffer of Sender.frame(payload, options)) put(buffer);
      },
      flush() {},
    };
  };
}

/** Node's own HTTP parser, and what `ws` makes of its upgrade event. */
function serve() {
  const { WebSocketServer } = load(false);
  const sockets = new WebSocketServer({ noServer: true, clientTracking: false });
  const server = createServer();
  server.on('upgrade', (request, socket, head) => sockets.handleUpgrade(request, socket, head, () => {}));
  return {
    connection: (request) => ({ request, socket: new MemorySocket() }),
    answer: ({ request, socket }) =>
      new Promise((resolve) => {
        socket.onWrite = resolve;
        server.emit('connection', socket);
        socket.push(request);
      }),
    end: ({ socket }) => socket.destroy(),
  };
}

/** Node's own HTTP client, which `ws` asks for an upgrade. */
function open() {
  const { WebSocket } = load(false);
  return (respond) =>
    new Promise((resolve, reject) => {
      const socket = new MemorySocket();
      socket.onWrite = (request) => socket.push(respond(request));
      const options = { createConnection: () => socket, perMessageDeflate: false };
      const client = new WebSocket('ws://chat.example.com/rooms/5', options);
      client.on('error', (error) => {
        socket.destroy();
        reject(error);
      });
      client.on('open', () => {
        resolve();
        socket.destroy();
      });
    });
}

/** @type {import('./index.mjs').Contestant[]} */
export const contestants = [
  {
    name: 'ws',
    standing: 'peer',
    packages: ['ws'],
    environment: { WS_NO_BUFFER_UTIL: '1' },
    decode: decode(false),
    encodeMasked: encode(false, true),
    encodeUnmasked: encode(false, false),
    serve,
    open,
  },
  {
    name: 'ws + bufferutil',
    standing: 'peer',
    packages: ['ws', 'bufferutil'],
    environment: { WS_NO_BUFFER_UTIL: '' },
    absent: addonIsMissing,
    decode: decode(true),
    encodeMasked: encode(true, true),
    encodeUnmasked: encode(true, false),
  },
];
