// The opening handshake (RFC 6455 §4), both sides, from raw bytes to raw bytes.

import { arrivals, joined, text, thrownBy, utf8 } from './checks.mjs';

// RFC 6455 §1.2 and §1.3.
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const ACCEPT = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';
const REQUEST = [
  'GET /chat HTTP/1.1',
  'Host: server.example.com',
  'Upgrade: websocket',
  'Connection: Upgrade',
  `Sec-WebSocket-Key: ${KEY}`,
  'Origin: http://example.com',
  'Sec-WebSocket-Protocol: chat, superchat',
  'Sec-WebSocket-Version: 13',
];
const FRAME = Uint8Array.of(0x81, 5, 0x48, 0x65, 0x6c, 0x6c, 0x6f);

/** @param {any} entry @param {import('./checks.mjs').Checks} checks */
export function handshake(entry, checks) {
  keys(entry, checks);
  server(entry, checks);
  client(entry, checks);
  refusals(entry, checks);
  misuse(entry, checks);
}

/** @param {any} entry @param {import('./checks.mjs').Checks} checks */
function keys({ acceptKey, generateKey, explainAcceptKey }, checks) {
  checks.same('the accept value of §1.3', acceptKey(KEY), ACCEPT);
  const drawn = Array.from({ length: 500 }, () => generateKey());
  checks.same('keys differ', new Set(drawn).size, 500);
  checks.that('keys are 16 bytes in base64', drawn.every((key) => /^[\w+/]{22}==$/.test(key) && acceptKey(key).length === 28));
  if (explainAcceptKey === undefined) return;
  const { nonce, concatenated, digest, accept } = explainAcceptKey(KEY);
  checks.same('the nonce', text(nonce), 'the sample nonce');
  checks.same('what is hashed', text(concatenated), `${KEY}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`);
  checks.same('the digest’s beginning', digest.subarray(0, 4), Uint8Array.of(0xb3, 0x7a, 0x4f, 0x2c));
  checks.same('the accept value', accept, ACCEPT);
}

/** A server is sent a request and a frame right behind it. @param {any} entry @param {import('./checks.mjs').Checks} checks */
function server({ HeadReader, buildResponse, verifyRequest }, checks) {
  const head = utf8(lines(REQUEST));
  for (const chunks of arrivals(joined([head, FRAME]))) {
    const reader = new HeadReader();
    const found = { head: new Uint8Array(0), rest: /** @type {Uint8Array[]} */ ([]) };
    for (const chunk of chunks) {
      if (found.head.length > 0) {
        found.rest.push(chunk);
        continue;
      }
      const received = reader.receive(chunk);
      if (received !== null) [found.head, found.rest] = [received.head, [received.rest]];
    }
    reader.free();
    checks.same(`the head of ${chunks[0]?.length} and more bytes`, found.head, head);
    checks.same('the frame behind it', joined(found.rest), FRAME);
  }
  checks.same('the request of §1.2', verifyRequest(head), {
    target: '/chat',
    host: 'server.example.com',
    origin: 'http://example.com',
    key: KEY,
    subprotocols: ['chat', 'superchat'],
    extensions: [],
  });
  checks.same('its extensions', verifyRequest(lines([...REQUEST, 'Sec-WebSocket-Extensions: a; b="1\\0"; c, d'])).extensions, [
    { name: 'a', parameters: [{ name: 'b', value: '10' }, { name: 'c', value: null }] },
    { name: 'd', parameters: [] },
  ]);
  const response = text(buildResponse({ key: KEY, subprotocol: 'chat' }));
  checks.that('the response is 101', response.startsWith('HTTP/1.1 101 ') && response.endsWith('\r\n\r\n'), response);
  checks.that('it accepts', response.includes(`\r\nSec-WebSocket-Accept: ${ACCEPT}\r\n`), response);
  checks.that('it chooses', response.includes('\r\nSec-WebSocket-Protocol: chat\r\n'), response);
}

/** @param {any} entry @param {import('./checks.mjs').Checks} checks */
function client({ buildRequest, buildResponse, generateKey, verifyRequest, verifyResponse }, checks) {
  const key = generateKey();
  const request = buildRequest({ host: 'example.com:8080', target: '/a?b', key, origin: 'https://example.com', subprotocols: ['chat'] });
  const { target, host, key: received } = verifyRequest(request);
  checks.same('what a client writes, a server reads', [target, host, received], ['/a?b', 'example.com:8080', key]);
  const response = buildResponse({ key, subprotocol: 'chat' });
  checks.same('and the other way', verifyResponse(response, { key, subprotocols: ['chat'] }), { subprotocol: 'chat', extensions: [] });
  const wrong = () => verifyResponse(response, { key: generateKey(), subprotocols: ['chat'] });
  checks.throws('the accept value of another key', wrong, { name: 'Ws101Error', code: 'RESPONSE_ACCEPT_WRONG', section: /^RFC 6455 §4\.1/ });
  checks.throws('a subprotocol that was not offered', () => verifyResponse(response, { key }), { name: 'Ws101Error' });
}

/** @param {any} entry @param {import('./checks.mjs').Checks} checks */
function refusals({ HeadReader, buildErrorResponse, errorTexts, verifyRequest }, checks) {
  for (const [head, code, statusCode] of /** @type {[string, string, number][]} */ ([
    [without('Host'), 'REQUEST_HOST_MISSING', 400],
    [without('Sec-WebSocket-Key'), 'REQUEST_KEY_MISSING', 400],
    [without('Upgrade'), 'REQUEST_UPGRADE_MISSING', 426],
    [lines(REQUEST).replace('Version: 13', 'Version: 8'), 'REQUEST_VERSION_UNSUPPORTED', 426],
    [lines(REQUEST).replace('GET', 'POST'), 'REQUEST_METHOD_NOT_GET', 405],
    [lines(REQUEST).replace('\r\n', '\n'), 'HEAD_BARE_LF', 400],
  ])) {
    const error = /** @type {any} */ (thrownBy(() => verifyRequest(head)));
    checks.same(`what is wrong with ${head}`, [error?.name, error?.code, error?.statusCode], ['Ws101Error', code, statusCode]);
    checks.that(`${code} has a section`, /^RFC \d+ §/.test(error.section), error.section);
    const answer = text(buildErrorResponse(error));
    checks.that(`${code} is answered`, answer.startsWith(`HTTP/1.1 ${statusCode} `) && answer.includes(errorTexts[code].fix), answer);
  }
  const foreign = () => verifyRequest(lines(REQUEST), { allowedOrigins: ['https://example.org'] });
  checks.throws('an origin that may not connect', foreign, { name: 'Ws101Error', statusCode: 403 });
  const reader = new HeadReader({ maxLength: 20 });
  checks.throws('a head that is too long', () => reader.receive(utf8(lines(REQUEST))), { code: 'HEAD_TOO_LONG' });
}

/** @param {any} entry @param {import('./checks.mjs').Checks} checks */
function misuse({ HeadReader, acceptKey, verifyRequest }, checks) {
  checks.throws('a key that is none', () => acceptKey('short'), { code: 'REQUEST_KEY_INVALID', section: 'RFC 6455 §4.2.1', statusCode: 400 });
  checks.throws('a number for a key', () => acceptKey(7), { name: 'TypeError', message: /^key must be a string/ });
  checks.throws('a number for a head', () => verifyRequest(7), { name: 'TypeError' });
  const reader = new HeadReader();
  reader.free();
  checks.throws('a reader that was freed', () => reader.receive(FRAME), { name: 'TypeError' });
  checks.same('the next call works', acceptKey(KEY), ACCEPT);
}

/** @param {readonly string[]} list */
function lines(list) {
  return [...list, '', ''].join('\r\n');
}

/** @param {string} name */
function without(name) {
  return lines(REQUEST.filter((line) => !line.startsWith(`${name}:`)));
}
