// The heads of opening handshakes: valid ones, and such as must be refused.

/** What a browser sends: 542 bytes. */
export const REQUEST = [
  'GET /rooms/5?lang=en HTTP/1.1',
  'Host: chat.example.com',
  'Connection: Upgrade',
  'Pragma: no-cache',
  'Cache-Control: no-cache',
  'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  'Upgrade: websocket',
  'Origin: https://www.example.com',
  'Sec-WebSocket-Version: 13',
  'Accept-Encoding: gzip, deflate, br, zstd',
  'Accept-Language: en-US,en;q=0.9',
  'Cookie: session=0123456789ab; dark',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits',
  '\r\n',
].join('\r\n');

/** What a server answers; `{accept}` stands for what belongs to the key. */
const RESPONSE = [
  'HTTP/1.1 101 Switching Protocols',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Accept: {accept}',
  '\r\n',
].join('\r\n');

/** Requests by name: whether they are valid (RFC 6455 §4.2.1), and their text. */
export const REQUESTS = [
  valid('a browser’s request', REQUEST),
  valid('`Connection: keep-alive, Upgrade`', changed(REQUEST, 'Connection: Upgrade', 'Connection: keep-alive, Upgrade')),
  valid('`Upgrade: WebSocket`', changed(REQUEST, 'Upgrade: websocket', 'Upgrade: WebSocket')),
  invalid('POST', changed(REQUEST, 'GET ', 'POST ')),
  invalid('HTTP/1.0', changed(REQUEST, 'HTTP/1.1', 'HTTP/1.0')),
  invalid('no Host', changed(REQUEST, 'Host: chat.example.com\r\n', '')),
  invalid('`Connection: close`', changed(REQUEST, 'Connection: Upgrade', 'Connection: close')),
  invalid('`Upgrade: h2c`', changed(REQUEST, 'Upgrade: websocket', 'Upgrade: h2c')),
  invalid('no version', changed(REQUEST, 'Sec-WebSocket-Version: 13\r\n', '')),
  invalid('version 8', changed(REQUEST, 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Version: 8')),
  invalid('no key', changed(REQUEST, 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n', '')),
  invalid('a key of 4 bytes', changed(REQUEST, 'dGhlIHNhbXBsZSBub25jZQ==', 'AAAAAA==')),
  invalid('a key that is not base64', changed(REQUEST, 'dGhlIHNhbXBsZSBub25jZQ==', '!!!!!!!!!!!!!!!!!!!!!!==')),
];

/** Responses by name: whether they are valid (RFC 6455 §4.1), and their text; the first is the usual one. */
export const RESPONSES = [
  valid('a server’s response', RESPONSE),
  valid('`Upgrade: WebSocket`', changed(RESPONSE, 'Upgrade: websocket', 'Upgrade: WebSocket')),
  invalid('status 200', changed(RESPONSE, '101 Switching Protocols', '200 OK')),
  invalid('another key’s accept', changed(RESPONSE, '{accept}', 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=')),
  invalid('no accept', changed(RESPONSE, 'Sec-WebSocket-Accept: {accept}\r\n', '')),
  invalid('no Upgrade', changed(RESPONSE, 'Upgrade: websocket\r\n', '')),
  invalid('no Connection', changed(RESPONSE, 'Connection: Upgrade\r\n', '')),
  invalid('a subprotocol that was not offered', changed(RESPONSE, '\r\n\r\n', '\r\nSec-WebSocket-Protocol: chat\r\n\r\n')),
];

function valid(name, text) {
  return { name, valid: true, text };
}

function invalid(name, text) {
  return { name, valid: false, text };
}

function changed(text, from, to) {
  return text.replace(from, to);
}
