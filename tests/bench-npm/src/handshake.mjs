// Rows of the opening handshake: a server answers a browser's request, a client opens a connection, and the accept key
// alone.

import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { timed, timedAsync } from './pass.mjs';
import { REQUEST, REQUESTS, RESPONSES } from './heads.mjs';

/** The key of the RFC's example (§1.3), and its answer. */
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const ACCEPT = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

const REQUESTS_IN_A_PASS = 100;
const KEYS_IN_A_PASS = 2000;

/** How long an answer may take before it counts as refused, in milliseconds: who refuses may say nothing. */
const PATIENCE = 3000;

/** From the bytes of a request to the bytes of the response. */
export const serve = {
  prepare(contestant) {
    const server = contestant.serve();
    return async () => {
      // Each request comes in memory of its own, as from a socket.
      const requests = Array.from({ length: REQUESTS_IN_A_PASS }, () => server.connection(requestBytes(REQUEST)));
      const time = await timedAsync(async () => {
        for (const request of requests) {
          const answer = server.answer(request);
          if (answer instanceof Promise) await answer;
        }
      });
      for (const request of requests) server.end?.(request);
      return { time, operations: requests.length };
    };
  },

  async verify(contestant) {
    const server = contestant.serve();
    const answer = async (text) => {
      const connection = server.connection(requestBytes(text));
      try {
        return Buffer.from(await within(server.answer(connection))).toString();
      } finally {
        server.end?.(connection);
      }
    };
    const response = await answer(REQUEST);
    if (!isSwitching(response)) throw new Error(`the response is not a 101 with the right key: ${response}`);
    if (contestant.standing === 'limit') return null;
    const faults = [];
    for (const { name, valid, text } of REQUESTS) {
      const taken = await answer(text).then(isSwitching, () => false);
      if (taken !== valid) faults.push(`${valid ? 'refuses' : 'takes'} ${name}`);
    }
    return faults.length === 0 ? null : { words: faults.join(', '), anotherJob: true };
  },
};

/** From an address to a connection that is open: the request is written, and the response judged. */
export const open = {
  prepare(contestant) {
    const connect = contestant.open();
    const respond = responder(RESPONSES[0].text);
    return async () => {
      const time = await timedAsync(async () => {
        for (let number = 0; number < REQUESTS_IN_A_PASS; number++) {
          const opened = connect(respond);
          if (opened instanceof Promise) await opened;
        }
      });
      return { time, operations: REQUESTS_IN_A_PASS };
    };
  },

  async verify(contestant) {
    const connect = contestant.open();
    const faults = [];
    for (const { name, valid, text } of RESPONSES) {
      const opened = (async () => within(connect(responder(text))))();
      const taken = await opened.then(
        () => true,
        (error) => (valid && name === RESPONSES[0].name ? Promise.reject(error) : false),
      );
      if (taken !== valid) faults.push(`${valid ? 'refuses' : 'takes'} ${name}`);
    }
    return faults.length === 0 ? null : { words: faults.join(', '), anotherJob: true };
  },
};

/** From the key's text to the value's text. */
export const accept = {
  prepare(contestant) {
    return () => {
      let length = 0;
      const time = timed(() => {
        for (let number = 0; number < KEYS_IN_A_PASS; number++) length += contestant.accept(KEY).length;
      });
      if (length !== KEYS_IN_A_PASS * ACCEPT.length) throw new Error('the accept key is wrong');
      return { time, operations: KEYS_IN_A_PASS };
    };
  },

  verify(contestant) {
    const found = contestant.accept(KEY);
    if (found !== ACCEPT) throw new Error(`the accept key is ${found}`);
    return null;
  },
};

function requestBytes(text) {
  const bytes = Buffer.from(new ArrayBuffer(text.length));
  bytes.write(text, 'latin1');
  return bytes;
}

/** What the RFC asks of the answer (§4.2.2 item 5). */
function isSwitching(response) {
  const names = response.toLowerCase();
  return (
    response.startsWith('HTTP/1.1 101 ') &&
    response.endsWith('\r\n\r\n') &&
    names.includes('\r\nupgrade: websocket\r\n') &&
    names.includes('\r\nconnection: upgrade\r\n') &&
    response.includes(ACCEPT)
  );
}

/** The other end: reads the key of a request, and answers with a head in which `{accept}` is what belongs to it. */
function responder(text) {
  return (request) => {
    const key = /^sec-websocket-key: *(\S+)\r$/im.exec(Buffer.from(request).toString('latin1'))?.[1];
    if (key === undefined) throw new Error('the request has no key');
    const accept = createHash('sha1').update(key + GUID).digest('base64');
    return requestBytes(text.replace('{accept}', accept));
  };
}

function within(answer) {
  if (!(answer instanceof Promise)) return answer;
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer came')), PATIENCE);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
