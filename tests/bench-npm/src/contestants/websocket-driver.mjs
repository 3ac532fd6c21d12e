// `websocket-driver`: a codec without a socket, as ours. A connection begins with its opening handshake, which is over
// before anything is timed.

import { createRequire } from 'node:module';
import { createHash } from 'node:crypto';
import { Buffer } from 'node:buffer';
import { REQUEST } from '../heads.mjs';

const require = createRequire(import.meta.url);
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** A server's end, as in the package's own example: it starts when the request is there. */
function server() {
  const driver = require('websocket-driver').server({ maxLength: 16 << 20 });
  driver.on('connect', () => driver.start());
  driver.on('error', () => {});
  return driver;
}

function client() {
  return require('websocket-driver').client('ws://chat.example.com/rooms/5');
}

/** A client's request. It must not be answered before `start` is done. */
function requestOf(driver) {
  let request;
  driver.io.once('data', (bytes) => (request = bytes));
  driver.start();
  return request;
}

/** A client's end that is open. */
function openClient() {
  const driver = client();
  const key = /Sec-WebSocket-Key: (\S+)/.exec(requestOf(driver).toString())[1];
  const accept = createHash('sha1').update(key + GUID).digest('base64');
  const fields = ['Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${accept}`];
  driver.parse(Buffer.from(`HTTP/1.1 101 Switching Protocols\r\n${fields.join('\r\n')}\r\n\r\n`));
  return driver;
}

function openServer() {
  const driver = server();
  driver.parse(Buffer.from(REQUEST));
  return driver;
}

function encode(open) {
  return (put) => {
    const driver = open();
    driver.io.on('data', put);
    return { message: (payload) => driver.binary(payload), flush() {} };
  };
}

/** @type {import('./index.mjs').Contestant[]} */
export const contestants = [
  {
    name: 'websocket-driver',
    standing: 'peer',
    packages: ['websocket-driver'],

    decode({ deliver }) {
      const driver = openServer();
      driver.messages.on('data', deliver);
      return (chunk) => driver.parse(chunk);
    },

    encodeMasked: encode(openClient),
    encodeUnmasked: encode(openServer),

    serve: () => ({
      connection: (request) => request,
      answer(request) {
        const driver = server();
        let response;
        driver.io.on('data', (bytes) => (response = bytes));
        driver.parse(request);
        if (response === undefined) throw new Error('nothing was answered');
        return response;
      },
    }),

    open: () => (respond) => {
      const driver = client();
      let outcome = new Error('the response was not judged');
      driver.on('open', () => (outcome = null));
      driver.on('error', (error) => (outcome = error));
      driver.parse(respond(requestOf(driver)));
      if (outcome !== null) throw outcome;
    },

    accept: (key) => require('websocket-driver/lib/websocket/driver/hybi').generateAccept(key),
  },
];
