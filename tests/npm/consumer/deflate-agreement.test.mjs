// What both ends say of permessage-deflate in the opening handshake (RFC 7692 §7), and the entry beside the others.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import * as plain from 'ws101';
import * as ws101 from 'ws101/deflate';
import { pair } from './streams-pair.mjs';

const { Connection, acceptDeflate, agreeDeflate, buildRequest, buildResponse, offerDeflate, verifyRequest, verifyResponse } = ws101;
const key = 'dGhlIHNhbXBsZSBub25jZQ==';
/** A list of extensions as `verifyRequest` reads it. */
const read = (extensions) => verifyRequest(buildRequest({ host: 'a', key, extensions })).extensions;
const DEFAULT = { serverNoContextTakeover: false, clientNoContextTakeover: false, serverMaxWindowBits: 15, clientMaxWindowBits: 15 };

test('offers are written with the parameters that are given', () => {
  assert.equal(offerDeflate(), 'permessage-deflate');
  assert.equal(offerDeflate({}), 'permessage-deflate');
  assert.equal(offerDeflate({ clientMaxWindowBits: true }), 'permessage-deflate; client_max_window_bits');
  assert.equal(
    offerDeflate({ serverNoContextTakeover: true, clientNoContextTakeover: true, serverMaxWindowBits: 8, clientMaxWindowBits: 15 }),
    'permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=8; client_max_window_bits=15',
  );
  assert.equal(
    offerDeflate({ serverMaxWindowBits: 10 }, { serverMaxWindowBits: 12 }, { serverNoContextTakeover: false }, {}),
    'permessage-deflate; server_max_window_bits=10, permessage-deflate; server_max_window_bits=12, permessage-deflate, permessage-deflate',
  );
});

test('a server takes the first offer that is valid, and says what it wants', () => {
  const cases = [
    ['permessage-deflate', {}, 'permessage-deflate', {}],
    ['permessage-deflate; client_max_window_bits', {}, 'permessage-deflate', {}],
    ['permessage-deflate; client_max_window_bits', { clientMaxWindowBits: 9 }, 'permessage-deflate; client_max_window_bits=9', { clientMaxWindowBits: 9 }],
    ['permessage-deflate', { clientMaxWindowBits: 9 }, 'permessage-deflate', {}],
    ['permessage-deflate', { serverNoContextTakeover: true, clientNoContextTakeover: true }, 'permessage-deflate; server_no_context_takeover; client_no_context_takeover', { serverNoContextTakeover: true, clientNoContextTakeover: true }],
    ['permessage-deflate; server_max_window_bits=10, permessage-deflate', { serverMaxWindowBits: 12 }, 'permessage-deflate; server_max_window_bits=10', { serverMaxWindowBits: 10 }],
    ['other; x="1", permessage-deflate; server_max_window_bits="9"', {}, 'permessage-deflate; server_max_window_bits=9', { serverMaxWindowBits: 9 }],
    ['permessage-deflate; server_max_window_bits=16, permessage-deflate; server_no_context_takeover', {}, 'permessage-deflate; server_no_context_takeover', { serverNoContextTakeover: true }],
  ];
  for (const [offered, wanted, response, agreed] of cases) {
    assert.deepEqual(acceptDeflate(read(offered), wanted), { response, ...DEFAULT, ...agreed }, offered);
  }
  for (const offered of ['other', 'permessage-deflate; unknown', 'permessage-deflate; server_max_window_bits=07', 'permessage-deflate; server_max_window_bits']) {
    assert.equal(acceptDeflate(read(offered)), null, offered);
  }
  assert.equal(acceptDeflate(verifyRequest(buildRequest({ host: 'a', key })).extensions), null);
});

test('a client judges the answer by what it offered', () => {
  const agree = (offer, answer) => agreeDeflate(offer, read(answer));
  assert.deepEqual(agree(offerDeflate(), 'permessage-deflate'), DEFAULT);
  assert.deepEqual(agree(offerDeflate(), 'permessage-deflate; server_max_window_bits=9'), { ...DEFAULT, serverMaxWindowBits: 9 });
  assert.deepEqual(agree(offerDeflate({ clientMaxWindowBits: 10 }), 'permessage-deflate'), { ...DEFAULT, clientMaxWindowBits: 10 });
  assert.deepEqual(agree(offerDeflate({ clientNoContextTakeover: true }), 'permessage-deflate'), { ...DEFAULT, clientNoContextTakeover: true });
  assert.deepEqual(agree(offerDeflate({ serverMaxWindowBits: 10 }, {}), 'permessage-deflate'), DEFAULT);
  assert.equal(agree(offerDeflate(), 'other'), null);
  assert.equal(agreeDeflate(offerDeflate(), []), null);
  const rules = {
    RESPONSE_DEFLATE_DUPLICATE: [{}, 'permessage-deflate, permessage-deflate'],
    RESPONSE_DEFLATE_PARAMETER_UNKNOWN: [{}, 'permessage-deflate; level=9'],
    RESPONSE_DEFLATE_PARAMETER_DUPLICATE: [{}, 'permessage-deflate; server_no_context_takeover; server_no_context_takeover'],
    RESPONSE_DEFLATE_PARAMETER_VALUE: [{}, 'permessage-deflate; server_max_window_bits=7'],
    RESPONSE_DEFLATE_SERVER_TAKEOVER: [{ serverNoContextTakeover: true }, 'permessage-deflate'],
    RESPONSE_DEFLATE_SERVER_BITS: [{ serverMaxWindowBits: 9 }, 'permessage-deflate; server_max_window_bits=10'],
    RESPONSE_DEFLATE_CLIENT_BITS: [{ clientMaxWindowBits: 9 }, 'permessage-deflate; client_max_window_bits=10'],
    RESPONSE_DEFLATE_CLIENT_BITS_NOT_OFFERED: [{}, 'permessage-deflate; client_max_window_bits=10'],
  };
  for (const [code, [offer, answer]] of Object.entries(rules)) {
    assert.throws(() => agree(offerDeflate(offer), answer), { name: 'Ws101Error', code, section: /^RFC 7692 §7/ });
  }
  assert.throws(() => agree('other', 'permessage-deflate'), { code: 'RESPONSE_EXTENSION_NOT_OFFERED' });
});

test('from the request to a message that both ends agreed to compress', () => {
  const offer = offerDeflate({ serverMaxWindowBits: 9, clientMaxWindowBits: true });
  const request = verifyRequest(buildRequest({ host: 'a', key, extensions: offer }));
  const accepted = acceptDeflate(request.extensions, { clientNoContextTakeover: true, clientMaxWindowBits: 8 });
  const head = buildResponse({ key: request.key, extensions: accepted.response });
  const agreed = agreeDeflate(offer, verifyResponse(head, { key, extensions: offer }).extensions);
  const { response, ...agreement } = accepted;
  assert.match(response, /server_max_window_bits=9; client_max_window_bits=8$/);
  assert.deepEqual(agreed, agreement);
  const [client, server] = [Connection.client({ deflate: agreed }), Connection.server({ deflate: accepted })];
  client.sendText('to and fro '.repeat(100));
  const sent = client.takeOutgoing();
  assert.ok(sent.length < 100, `${sent.length} bytes`);
  for (const { data } of server.receive(sent)) server.sendText(data);
  assert.deepEqual(Array.from(client.receive(server.takeOutgoing()), ({ data }) => data), ['to and fro '.repeat(100)]);
});

test('streams negotiate where they are told to', async () => {
  const cases = [
    [{ deflate: { clientMaxWindowBits: true } }, { deflate: { clientMaxWindowBits: 10, level: 1 } }, ['permessage-deflate']],
    [{ deflate: {} }, {}, []],
    [{}, { deflate: {} }, []],
  ];
  for (const [asking, answering, names] of cases) {
    const [one, other] = pair();
    let crossed = 0;
    const counted = new TransformStream({ transform(chunk, to) { crossed += chunk.length; to.enqueue(chunk); } });
    const there = { readable: one.readable, writable: counted.writable };
    counted.readable.pipeTo(one.writable).catch(() => {});
    const [client, server] = await Promise.all([
      ws101.connectStream(there, { host: 'a', ...asking }),
      ws101.acceptStream(other, answering),
    ]);
    assert.deepEqual(client.response.extensions.map(({ name }) => name), names);
    assert.deepEqual(names.length === 0 ? [] : client.response.extensions[0].parameters, names.length === 0 ? [] : [{ name: 'client_max_window_bits', value: '10' }]);
    crossed = 0;
    const message = 'over and over '.repeat(1000);
    const writing = client.writable.getWriter();
    const reading = server.readable.getReader();
    await Promise.all([writing.write(message), reading.read().then(({ value }) => assert.equal(value, message))]);
    assert.equal(crossed < 1000, names.length > 0, `${crossed} bytes`);
    reading.releaseLock();
    await Promise.all([writing.close(), server.readable.cancel(), client.readable.cancel()]);
  }
  const [one, other] = pair();
  const refused = ws101.connectStream(one, { host: 'a', deflate: { serverMaxWindowBits: 9 } });
  other.writable.getWriter().write(buildResponse({ key: await keyOf(other), extensions: 'permessage-deflate' })).catch(() => {});
  await assert.rejects(refused, { code: 'RESPONSE_DEFLATE_SERVER_BITS' });
});

test('wrong arguments are named, and the next call works', () => {
  const named = (call, message) => assert.throws(call, (error) => (error instanceof TypeError || error instanceof RangeError) && message.test(error.message), String(call));
  for (const value of [null, 7, 'x', true, Symbol('s'), () => 0]) {
    if (typeof value !== 'function') named(() => offerDeflate(value), /offerDeflate’s argument 1/);
    named(() => acceptDeflate(value), /extensions/);
    named(() => acceptDeflate([value]), /extensions\[0\]/);
    named(() => acceptDeflate([{ name: 'a', parameters: [value] }]), /extensions\[0\]\.parameters\[0\]/);
    named(() => agreeDeflate('a', value), /extensions/);
    if (typeof value !== 'string') named(() => agreeDeflate(value, []), /offer/);
    if (value !== null && typeof value !== 'function') named(() => Connection.server({ deflate: value }), /deflate/);
  }
  named(() => acceptDeflate(), /extensions/);
  named(() => agreeDeflate('a'), /extensions/);
  named(() => offerDeflate({}, {}, {}, {}, {}), /one to four/);
  for (const bits of [7, 16, 8.5, NaN, '9', null, true]) {
    named(() => offerDeflate({ serverMaxWindowBits: bits }), /serverMaxWindowBits/);
    if (bits !== true) named(() => offerDeflate({ clientMaxWindowBits: bits }), /clientMaxWindowBits/);
    named(() => acceptDeflate([], { clientMaxWindowBits: bits }), /clientMaxWindowBits/);
    named(() => Connection.client({ deflate: { serverMaxWindowBits: bits } }), /serverMaxWindowBits/);
  }
  named(() => offerDeflate({ serverNoContextTakeover: 1 }), /serverNoContextTakeover/);
  named(() => Connection.server({ deflate: { level: 10 } }), /level/);
  named(() => Connection.server({ deflate: { level: null } }), /level/);
  named(() => Connection.server({ deflate: { threshold: -1 } }), /threshold/);
  named(() => Connection.server({ deflate: { noContextTakeover: 'no' } }), /noContextTakeover/);
  named(() => Connection.server({ deflate: { idleMemory: 'lost' } }), /idleMemory/);
  const strange = [{ name: 'a b', parameters: [] }];
  assert.throws(() => acceptDeflate(strange), { code: 'BUILD_EXTENSIONS_INVALID' });
  assert.throws(() => agreeDeflate('permessage-deflate;', read('permessage-deflate')), { code: 'BUILD_EXTENSIONS_INVALID' });
  assert.equal(offerDeflate(), 'permessage-deflate');
});

test('the entry has all that ws101 has, and what is its own; so it is for require', async () => {
  const own = ['acceptDeflate', 'agreeDeflate', 'offerDeflate'];
  assert.deepEqual(Object.keys(ws101).sort(), [...Object.keys(plain), ...own].sort());
  assert.ok(own.every((name) => !(name in plain)));
  assert.deepEqual(Object.keys(createRequire(import.meta.url)('ws101/deflate')).sort(), Object.keys(ws101).sort());
});

test('ws101 says where deflate is', async () => {
  const message = /"ws101\/deflate"/;
  assert.throws(() => plain.Connection.server({ deflate: {} }), { name: 'TypeError', message });
  assert.throws(() => plain.Connection.client({ deflate: DEFAULT }), { name: 'TypeError', message });
  assert.equal(plain.Connection.server({ deflate: null }).state, 'open');
  for (const open of [plain.connectStream, plain.acceptStream]) {
    await assert.rejects(open(pair()[0], { host: 'a', deflate: {} }), { name: 'TypeError', message });
  }
});

test('both entries work side by side, and their errors are known by their code', () => {
  assert.notEqual(plain.Connection, Connection);
  const message = 'side by side '.repeat(20);
  const compressing = Connection.client({ deflate: {} });
  const client = plain.Connection.client();
  compressing.sendText(message);
  client.sendText(message);
  const [compressed, sent] = [compressing.takeOutgoing(), client.takeOutgoing()];
  assert.deepEqual(Array.from(Connection.server({ deflate: {} }).receive(compressed.slice()), ({ data }) => data), [message]);
  assert.deepEqual(Array.from(plain.Connection.server().receive(sent), ({ data }) => data), [message]);
  const [{ error }] = plain.Connection.server().receive(compressed);
  assert.deepEqual([error.code, error.range], ['FRAME_RESERVED_BITS', [0, 1]]);
  for (const { verifyRequest, buildErrorResponse } of [plain, ws101]) {
    const refusal = (() => { try { verifyRequest('GET / HTTP/1.1\r\n\r\n'); } catch (error) { return error; } })();
    for (const entry of [plain, ws101]) assert.deepEqual(entry.buildErrorResponse(refusal), buildErrorResponse(refusal));
  }
});

/** Reads a request, and gives its key. */
async function keyOf({ readable }) {
  const reader = new ws101.HeadReader();
  for await (const chunk of readable) {
    const found = reader.receive(chunk);
    if (found !== null) return verifyRequest(found.head).key;
  }
  throw new Error('no request came');
}
