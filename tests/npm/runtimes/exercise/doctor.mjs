// The doctor: bytes, messages, programs and files in; findings out.

import { joined, utf8 } from './checks.mjs';

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const REQUEST = head(
  'GET / HTTP/1.1',
  'Host: localhost',
  'Upgrade: websocket',
  'Connection: Upgrade',
  `Sec-WebSocket-Key: ${KEY}`,
  'Sec-WebSocket-Version: 13',
);
const ACCEPT = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';
const HI = Uint8Array.of(0x81, 2, 0x68, 0x69);

/** @param {any} entry @param {import('./checks.mjs').Checks} checks */
export function doctor({ causes, diagnose, explainMessage, readRecordings, recogniseCode, rules }, checks) {
  checks.that('there are rules and causes', rules.length > 50 && causes.length > 50, [rules.length, causes.length]);

  const good = { request: REQUEST, response: responseWith(ACCEPT), fromServer: HI };
  const findingsOf = (/** @type {object} */ recording) => /** @type {any[]} */ (diagnose(recording).findings);
  const rulesOf = (/** @type {object} */ recording) => findingsOf(recording).map(({ rule }) => rule);
  const withoutFault = rulesOf(good);
  const errors = findingsOf(good).filter(({ severity }) => severity === 'error');
  checks.same('errors of a good handshake and frame', errors.map(({ rule }) => rule), []);

  const unframed = diagnose({ ...good, fromServer: '{"hello":"world"}', ended: 'fin' });
  const { severity, where, causes: [cause] } = unframed.findings.find((/** @type {any} */ { rule }) => rule === 'UNFRAMED_DATA');
  const found = [severity, where.part, cause.cause];
  checks.same('text where a frame should be', found, ['error', 'fromServer', 'UNFRAMED_JSON']);
  checks.same('what Chromium says of it', unframed.browsers.chromium.message, 'Invalid frame header');
  checks.that('what Firefox does', typeof unframed.browsers.firefox === 'object');
  const accepts = rulesOf({ ...good, response: responseWith('AAAAAAAAAAAAAAAAAAAAAAAAAAA=') });
  checks.that('a wrong accept value', accepts.some((/** @type {string} */ rule) => /ACCEPT/.test(rule)), accepts);
  const masked = rulesOf({ ...good, fromServer: Uint8Array.of(0x81, 0x80, 0, 0, 0, 0) });
  checks.that('a server that masks', masked.includes('FRAME_MASKED'), masked);

  const [likeliest] = explainMessage("WebSocket connection to 'ws://localhost/' failed: Invalid frame header");
  checks.same('a line of a console', [likeliest.cause, likeliest.case], ['UNFRAMED_BYTES', 'unframed-json']);
  checks.that('a program', recogniseCode('if ($length = 126) {\n').length > 0);
  const { form, connections } = readRecordings('81 05 48 65 6c 6c 6f');
  checks.same('digits', [form, connections[0].recording.fromServer], ['digits', Uint8Array.of(0x81, 5, 0x48, 0x65, 0x6c, 0x6c, 0x6f)]);

  checks.throws('a number for bytes', () => diagnose({ fromServer: 7 }), { name: 'TypeError', message: /^fromServer / });
  checks.throws('a third end', () => diagnose({ ...good, ended: 'close' }), { name: 'TypeError', message: /^ended must be/ });
  checks.throws('too long a program', () => recogniseCode('x'.repeat(2 ** 18 + 1)), { name: 'RangeError' });
  // So much makes the memory grow; the next call begins anew.
  const large = joined([Uint8Array.of(0x82, 0x7f, 0, 0, 0, 0, 0, 0x40, 0, 0), new Uint8Array(2 ** 22)]);
  checks.same('a large frame', rulesOf({ ...good, fromServer: large }), withoutFault);
  checks.same('the next call is as the first was', rulesOf({ ...good, request: utf8(REQUEST) }), withoutFault);
}

/** @param {string} accept */
function responseWith(accept) {
  return head('HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${accept}`);
}

/** @param {readonly string[]} lines */
function head(...lines) {
  return [...lines, '', ''].join('\r\n');
}
