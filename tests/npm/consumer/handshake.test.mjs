import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  HeadReader,
  acceptKey,
  buildErrorResponse,
  buildRequest,
  buildResponse,
  errorTexts,
  generateKey,
  verifyRequest,
  verifyResponse,
} from 'ws101';

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const text = (bytes) => new TextDecoder().decode(bytes);
const bytes = (string) => new TextEncoder().encode(string);

// RFC 6455 §1.2, in full.
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
const head = (lines) => [...lines, '', ''].join('\r\n');
const without = (name) => head(REQUEST.filter((line) => !line.startsWith(`${name}:`)));
const changed = (name, value) => head(REQUEST.map((line) => (line.startsWith(`${name}:`) ? `${name}: ${value}` : line)));

test('the accept value of §1.3', () => {
  assert.equal(acceptKey(KEY), 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
});

test('a text that is no key has no accept value', () => {
  assert.throws(() => acceptKey('你好'), { code: 'REQUEST_KEY_INVALID', section: 'RFC 6455 §4.2.1', statusCode: 400 });
});

test('generated keys are valid and differ', () => {
  const keys = new Set(Array.from({ length: 1000 }, generateKey));
  assert.equal(keys.size, 1000);
  for (const key of keys) assert.equal(acceptKey(key).length, 28);
});

test('the request of §1.2 is verified', () => {
  const request = verifyRequest(head(REQUEST));
  assert.deepEqual(request, {
    target: '/chat',
    host: 'server.example.com',
    origin: 'http://example.com',
    key: KEY,
    subprotocols: ['chat', 'superchat'],
    extensions: [],
  });
  assert.deepEqual(verifyRequest(bytes(head(REQUEST))), request);
  assert.deepEqual(verifyRequest(bytes(head(REQUEST)).buffer), request);
});

test('extensions come with their parameters, quoted ones too', () => {
  const value = 'permessage-deflate; client_max_window_bits; server_max_window_bits="1\\0", x-other';
  const { extensions } = verifyRequest(head([...REQUEST, `Sec-WebSocket-Extensions: ${value}`]));
  assert.deepEqual(extensions, [
    {
      name: 'permessage-deflate',
      parameters: [
        { name: 'client_max_window_bits', value: null },
        { name: 'server_max_window_bits', value: '10' },
      ],
    },
    { name: 'x-other', parameters: [] },
  ]);
});

test('each broken rule has its code, its status, and the response that refuses it', () => {
  const cases = [
    [without('Host'), 'REQUEST_HOST_MISSING', 400],
    [without('Sec-WebSocket-Key'), 'REQUEST_KEY_MISSING', 400],
    [changed('Sec-WebSocket-Key', 'c2hvcnQ='), 'REQUEST_KEY_INVALID', 400],
    [without('Upgrade'), 'REQUEST_UPGRADE_MISSING', 426],
    [changed('Sec-WebSocket-Version', '8'), 'REQUEST_VERSION_UNSUPPORTED', 426],
    [head(REQUEST).replace('GET', 'POST'), 'REQUEST_METHOD_NOT_GET', 405],
    [head(REQUEST).replace('HTTP/1.1', 'HTTP/1.0'), 'REQUEST_HTTP_VERSION', 400],
    [head(REQUEST).replace('\r\n', '\n'), 'HEAD_BARE_LF', 400],
    ['GET / HTTP/1.1\r\nHost: a\r\n', 'HEAD_INCOMPLETE', 400],
    ['', 'REQUEST_LINE_INVALID', 400],
  ];
  for (const [request, code, status] of cases) {
    const error = catching(() => verifyRequest(request));
    assert.ok(error instanceof Error);
    // An empty head breaks more than one rule; which one is told first is the core's to say.
    if (request !== '') assert.equal(error.code, code);
    assert.ok(error.range[0] <= error.range[1] && error.range[1] <= request.length, `${code} ${error.range}`);
    const response = text(buildErrorResponse(error));
    if (request !== '') assert.match(response, new RegExp(`^HTTP/1\\.1 ${status} `));
    assert.ok(response.includes(errorTexts[error.code].fix), response);
  }
});

test('426 names the version and the protocol that are taken', () => {
  const error = catching(() => verifyRequest(changed('Sec-WebSocket-Version', '7')));
  const response = text(buildErrorResponse(error));
  assert.match(response, /\r\nSec-WebSocket-Version: 13\r\n/);
  assert.match(response, /\r\nUpgrade: websocket\r\n/);
  const body = response.slice(response.indexOf('\r\n\r\n') + 4);
  assert.match(response, new RegExp(`\\r\\nContent-Length: ${bytes(body).length}\\r\\n`));
});

test('an origin is judged when a list is given, even an empty one', () => {
  const allowedOrigins = ['http://example.com'];
  assert.equal(verifyRequest(head(REQUEST), { allowedOrigins }).origin, 'http://example.com');
  const foreign = changed('Origin', 'http://evil.example');
  assert.throws(() => verifyRequest(foreign, { allowedOrigins }), { code: 'REQUEST_ORIGIN_REFUSED', statusCode: 403 });
  assert.throws(() => verifyRequest(without('Origin'), { allowedOrigins: [] }), { code: 'REQUEST_ORIGIN_REFUSED' });
});

test('client and server agree with each other', () => {
  const key = generateKey();
  const request = buildRequest({
    host: 'example.com:8080',
    target: '/chat?room=1',
    key,
    origin: 'https://example.com',
    subprotocols: ['chat.v2', 'chat'],
    extensions: 'permessage-deflate',
    headers: [['Cookie', 'a=1'], ['User-Agent', 'test']],
  });
  assert.match(text(request), /\r\nCookie: a=1\r\nUser-Agent: test\r\n\r\n$/);
  const verified = verifyRequest(request);
  assert.deepEqual(verified.subprotocols, ['chat.v2', 'chat']);
  assert.equal(verified.target, '/chat?room=1');
  const response = buildResponse({ key: verified.key, subprotocol: 'chat', extensions: 'permessage-deflate' });
  const offered = { key, subprotocols: ['chat.v2', 'chat'], extensions: 'permessage-deflate' };
  assert.deepEqual(verifyResponse(response, offered), {
    subprotocol: 'chat',
    extensions: [{ name: 'permessage-deflate', parameters: [] }],
  });
  assert.throws(() => verifyResponse(response, { key, extensions: 'permessage-deflate' }), {
    code: 'RESPONSE_PROTOCOL_NOT_OFFERED',
  });
  assert.throws(() => verifyResponse(response, { ...offered, extensions: undefined }), {
    code: 'RESPONSE_EXTENSION_NOT_OFFERED',
  });
  assert.throws(() => verifyResponse(response, { ...offered, key: generateKey() }), { code: 'RESPONSE_ACCEPT_WRONG' });
  assert.throws(() => verifyResponse('HTTP/1.1 200 OK\r\n\r\n', offered), { code: 'RESPONSE_NOT_101', range: [9, 12] });
});

test('the target is / unless given', () => {
  assert.match(text(buildRequest({ host: 'a', key: KEY })), /^GET \/ HTTP\/1\.1\r\n/);
});

test('what cannot stand in a head is refused', () => {
  const request = { host: 'a', key: KEY };
  const cases = [
    [{ host: 'a b' }, 'BUILD_HOST_INVALID'],
    [{ target: 'chat' }, 'BUILD_TARGET_INVALID'],
    [{ origin: 'a b' }, 'BUILD_ORIGIN_INVALID'],
    [{ subprotocols: ['a', 'a'] }, 'BUILD_SUBPROTOCOL_DUPLICATE'],
    [{ subprotocols: ['a b'] }, 'BUILD_SUBPROTOCOL_INVALID'],
    [{ extensions: ';' }, 'BUILD_EXTENSIONS_INVALID'],
    [{ headers: [['X', 'a\r\nSet-Cookie: b']] }, 'BUILD_FIELD_VALUE_INVALID'],
    [{ headers: [['Upgrade', 'h2c']] }, 'BUILD_FIELD_RESERVED'],
    [{ key: 'x' }, 'REQUEST_KEY_INVALID'],
  ];
  for (const [change, code] of cases) {
    assert.throws(() => buildRequest({ ...request, ...change }), { code }, code);
  }
  assert.throws(() => buildResponse({ key: KEY, headers: [['', '']] }), { code: 'BUILD_FIELD_NAME_INVALID' });
});

test('a head in any two pieces, and byte by byte, is read with what follows it', () => {
  const whole = bytes(`${head(REQUEST)}frames`);
  const length = whole.length - 'frames'.length;
  for (let split = 0; split <= whole.length; split++) {
    const reader = new HeadReader();
    let found = reader.receive(whole.subarray(0, split));
    assert.equal(found !== null, split >= length);
    const rest = found ? [found.rest] : [];
    found ??= reader.receive(whole.subarray(split));
    if (rest.length === 0) rest.push(found.rest);
    else rest.push(whole.subarray(split));
    assert.equal(text(found.head), head(REQUEST));
    assert.equal(rest.map(text).join(''), 'frames');
    reader.free();
  }
  const reader = new HeadReader();
  const found = Array.from(whole.subarray(0, length), (byte) => reader.receive(Uint8Array.of(byte)));
  assert.equal(found.filter(Boolean).length, 1);
  assert.equal(found.at(-1).rest.length, 0);
});

test('a head over the limit is refused with 431, one at the limit is taken', () => {
  const whole = bytes(head(REQUEST));
  assert.ok(new HeadReader({ maxLength: whole.length }).receive(whole));
  const error = catching(() => new HeadReader({ maxLength: whole.length - 1 }).receive(whole));
  assert.equal(error.code, 'HEAD_TOO_LONG');
  assert.match(text(buildErrorResponse(error)), /^HTTP\/1\.1 431 /);
  const endless = new HeadReader();
  assert.throws(() => endless.receive(new Uint8Array(200_000).fill(65)), { code: 'HEAD_TOO_LONG' });
});

function catching(action) {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
