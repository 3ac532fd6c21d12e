// What the doctor is given arrives as it is, in every form; and what it says has the form that its types promise.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import vm from 'node:vm';
import { buildRequest, buildResponse } from 'ws101';
import { causes, diagnose, explainMessage, recogniseCode, rules } from 'ws101/doctor';

const text = (bytes) => new TextDecoder().decode(bytes);
const key = 'dGhlIHNhbXBsZSBub25jZQ==';
const request = text(buildRequest({ host: 'localhost', key }));
const response = text(buildResponse({ key }));
const CLOSE = Uint8Array.of(0x88, 2, 3, 0xe8);

/** A recording of each part alone that breaks a rule, and where. Not one byte of it is ASCII without need. */
const BROKEN = {
  request: ['GET /é HTTP/1.1\r\nHost: a\r\n\r\n', 'REQUEST_TARGET_INVALID', 4, 7],
  response: ['HTTP/1.1 200 Größe\r\n\r\n', 'RESPONSE_NOT_101', 9, 12],
  fromServer: ['ééé wrote this', 'UNFRAMED_DATA', 0, 17],
  fromClient: ['\u0001\u0002hi', 'FRAME_UNMASKED', 1, 2],
};

test('a part is the same as a string, as bytes and as any view of them', () => {
  for (const [part, [string, rule, start, end]] of Object.entries(BROKEN)) {
    const buffer = Buffer.from(`--${string}--`);
    const view = [buffer.buffer, buffer.byteOffset + 2, buffer.length - 4];
    const bytes = new Uint8Array(...view).slice();
    const expected = diagnose({ [part]: string });
    assert.ok(
      expected.findings.some((finding) => {
        const { where } = finding;
        return finding.rule === rule && where.part === part && where.start === start && where.end === end;
      }),
      `${part}: ${JSON.stringify(expected.findings)}`,
    );
    for (const same of [bytes, bytes.buffer, new Uint8Array(...view), new DataView(...view), Buffer.from(string)]) {
      assert.deepEqual(diagnose({ [part]: same }), expected, part);
    }
    const foreign = vm.runInNewContext('Uint8Array.from(bytes)', { bytes: [...bytes] });
    assert.deepEqual(diagnose({ [part]: foreign }), expected, part);
    assert.deepEqual(bytes, new Uint8Array(Buffer.from(string)), 'what was given is not changed');
  }
});

test('every part is judged at once, and each finding names its own', () => {
  const recording = Object.fromEntries(Object.entries(BROKEN).map(([part, [string]]) => [part, string]));
  const parts = new Set(diagnose(recording).findings.map(({ where }) => where.part));
  assert.ok(parts.has('request') && parts.has('response'), [...parts].join());
  const open = diagnose({ request, response, fromServer: recording.fromServer, fromClient: recording.fromClient });
  assert.deepEqual([...new Set(open.findings.map(({ where }) => where.part))].sort(), ['fromClient', 'fromServer']);
});

test('a head that was not recorded is no head that was empty', () => {
  const rulesOf = (recording) => diagnose(recording).findings.map(({ rule }) => rule);
  assert.deepEqual(rulesOf({ request, response: '', ended: 'fin' }), ['RESPONSE_MISSING']);
  for (const response of [undefined, null]) assert.deepEqual(rulesOf({ request, response }), []);
});

test('how the server ended the connection decides what Chromium says', () => {
  const message = (ended) => diagnose({ request, response: '', ended }).browsers.chromium.message;
  assert.equal(message('fin'), 'Connection closed before receiving a handshake response');
  assert.equal(message('rst'), 'Error during WebSocket handshake: net::ERR_CONNECTION_RESET');
});

test('streams and a timeline of the same bytes give the same findings', () => {
  for (const fromServer of ['{"hello":"world"}', Uint8Array.of(0x81, 0x82, 1, 2, 3, 4, 0x69, 0x6b), Uint8Array.of(0x83, 0)]) {
    const streams = diagnose({ request, response, fromServer, ended: 'fin' });
    const timeline = [
      { at: 0, from: 'client', bytes: request },
      { at: 1, from: 'server', bytes: response },
      { at: 61, from: 'server', bytes: fromServer },
      { at: 121, from: 'server', ended: 'fin' },
    ];
    const { findings } = diagnose({ timeline });
    assert.ok(findings.length > 0);
    assert.deepEqual(findings, streams.findings);
  }
});

test('a timeline is the same in each of its forms', () => {
  const heads = [{ at: 0, from: 'client', bytes: request }, { at: 0, from: 'server', bytes: Buffer.from(response) }];
  const close = { at: 60, from: 'server', bytes: CLOSE };
  const end = { at: 60.1, from: 'server' };
  const expected = diagnose({ timeline: [...heads, close, { ...end, ended: 'fin' }] });
  assert.equal(expected.browsers.chromium.opens, true);
  for (const same of [
    { timeline: [...heads, close, { ...end, fin: true }] },
    { timeline: [...heads, close, { ...end, fin: true, rst: false, bytes: undefined, ended: null }] },
    { timeline: [...heads, close, { ...end, ended: 'fin' }], ended: 'fin' },
    { timeline: [...heads, close, { ...end, ended: 'fin' }], request, response, fromServer: 'of no account' },
    { timeline: [close, { ...end, ended: 'fin' }], request, response },
    { timeline: [heads[1], close, { ...end, ended: 'fin' }], request: Buffer.from(request), response },
  ]) {
    assert.deepEqual(diagnose(same), expected);
  }
  const reset = diagnose({ request, response, timeline: [close, { at: 60, from: 'server', rst: true }] });
  assert.deepEqual(reset, diagnose({ request, response, timeline: [close], ended: 'rst' }));
  assert.notDeepEqual(reset, diagnose({ request, response, timeline: [close], ended: 'fin' }));
});

test('times are milliseconds, and fractions of them count', () => {
  const firefox = (milliseconds) => {
    const end = { at: 60 + milliseconds, from: 'server', ended: 'fin' };
    return diagnose({ request, response, timeline: [{ at: 60, from: 'server', bytes: CLOSE }, end] }).browsers.firefox;
  };
  // A Close that FIN follows at once is no clean one to Firefox.
  assert.deepEqual(firefox(0.1).closeEvent, { code: 1000, wasClean: false, reason: '' });
  assert.deepEqual(firefox(100).closeEvent, { code: 1000, wasClean: true, reason: '' });
  // Past 2^32 microseconds, too.
  const late = (at) => ({ request, response, timeline: [{ at: 1e9 + 60, from: 'server', bytes: CLOSE }, { at, from: 'server', ended: 'fin' }] });
  assert.equal(diagnose(late(1e9 + 60.1)).browsers.firefox.closeEvent.wasClean, false);
  assert.equal(diagnose(late(1e9 + 160)).browsers.firefox.closeEvent.wasClean, true);
});

test('a diagnosis has the form of its types', () => {
  const { findings, browsers, heads, ...more } = diagnose({ request, response, fromServer: Uint8Array.of(0x83, 0), ended: 'fin' });
  assert.deepEqual(more, {});
  assert.deepEqual(heads, { request: request.length, response: response.length });
  const finding = ['causes', 'expected', 'fault', 'fix', 'found', 'rule', 'section', 'sentence', 'severity', 'where'];
  for (const found of findings) {
    assert.deepEqual(Object.keys(found).sort(), finding);
    assert.deepEqual(Object.keys(found.where).sort(), ['end', 'part', 'start']);
    assert.ok(['error', 'warning', 'note'].includes(found.severity) && ['client', 'server', 'between'].includes(found.fault));
    const { sentence, fix, section } = rules.find(({ code }) => code === found.rule);
    assert.deepEqual([found.sentence, found.fix, found.section], [sentence, fix, section]);
    for (const cause of found.causes) assert.deepEqual(cause, causes.find((known) => known.cause === cause.cause));
  }
  assert.equal(findings[0].rule, 'FRAME_RESERVED_OPCODE');
  const { chromium, firefox, ...others } = browsers;
  assert.deepEqual(others, {});
  const end = { code: 1006, wasClean: false, reason: '' };
  assert.deepEqual(chromium, {
    opens: true,
    message: 'Unrecognized frame opcode: 3',
    events: ['open proto="" ext=""', 'error', 'close code=1006 clean=false reason=""'],
    closeEvent: end,
    closeSent: { code: 1002, reason: 'Unknown opcode' },
  });
  assert.deepEqual(Object.keys(firefox).sort(), Object.keys(chromium).sort());
  assert.deepEqual([firefox.opens, firefox.closeEvent, firefox.closeSent], [true, end, null]);
  assert.match(firefox.message, /^The connection to .* was interrupted while the page was loading\.$/);
});

test('what is wrong again and again is listed twenty times and counted', () => {
  const fromServer = new Uint8Array(3000).map((_, at) => [0x81, 0x01, 0xff][at % 3]);
  const { findings } = diagnose({ fromServer });
  assert.deepEqual(findings.map(({ rule, more }) => [rule, more]), [
    ...Array(19).fill(['MESSAGE_INVALID_UTF8', undefined]),
    ['MESSAGE_INVALID_UTF8', 980],
  ]);
});

test('a line of a console leads to its causes, the likeliest first', () => {
  const known = new Set(rules.map(({ code }) => code));
  const explanations = explainMessage("[Error] WebSocket connection to 'ws://localhost/é' failed: Invalid frame header");
  assert.ok(explanations.length > 1);
  const keys = ['case', 'cause', 'evidence', 'fault', 'fix', 'next', 'rule', 'section', 'sentence', 'source'];
  for (const found of explanations) {
    assert.deepEqual(Object.keys(found).sort(), keys);
    assert.ok(found.rule === null || known.has(found.rule), found.rule);
    assert.equal(found.sentence, causes.find(({ cause }) => cause === found.cause).sentence);
  }
  assert.equal(explanations[0].cause, 'UNFRAMED_BYTES');
  assert.deepEqual(explainMessage('all is well'), []);
  assert.deepEqual(explainMessage('\ud800 a lone surrogate is no character'), []);
});

test('a line of code is found where editors say it is', () => {
  const found = recogniseCode('$é = "𝄞"; // two units of UTF-16\n$𝄞 = 1; if ($length = 126) { }');
  const { line, start, endLine, end, ...rest } = found.find(({ cause }) => cause === 'LENGTH_ASSIGNED');
  assert.deepEqual([line, start, endLine, end], [2, 9, 2, 27]);
  assert.equal(rest.found, 'if ($length = 126)');
  const keys = ['cause', 'consequence', 'fault', 'fix', 'found', 'rule', 'section', 'sentence', 'severity'];
  assert.deepEqual(Object.keys(rest).sort(), keys);
  assert.deepEqual(recogniseCode('nothing of ours'), []);
});

test('rules and causes are listed once each, whole', () => {
  const codes = rules.map(({ code }) => code);
  assert.ok(rules.length > 150 && causes.length > 200);
  assert.equal(new Set(codes).size, codes.length);
  for (const rule of rules) {
    assert.deepEqual(Object.keys(rule).sort(), ['code', 'fix', 'section', 'sentence', 'severity']);
    assert.ok(Object.values(rule).every((word) => typeof word === 'string' && word.length > 3), rule.code);
  }
  assert.equal(new Set(causes.map(({ cause }) => cause)).size, causes.length);
  assert.ok(causes.every(({ cause, sentence }) => /^[A-Z0-9_]+$/.test(cause) && sentence.endsWith('.')));
});

test('the module and its copy for require say the same', () => {
  const copy = createRequire(import.meta.url)('ws101/doctor');
  const recording = { request, response, fromServer: 'hello', ended: 'rst' };
  assert.deepEqual(copy.diagnose(recording), diagnose(recording));
  assert.deepEqual(copy.rules, rules);
});
