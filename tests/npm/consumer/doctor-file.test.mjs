// Recordings from files: each form arrives as what `diagnose` takes, and what cannot be read is an error that says why.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diagnose, explainMessage, readRecordings } from 'ws101/doctor';

const REQUEST = 'GET /chat HTTP/1.1\r\nHost: localhost\r\n\r\n';
const base64 = (text) => Buffer.from(text).toString('base64');
const TAPPED = [
  '{"ws101":"recording","version":1,"url":"ws://127.0.0.1:3000/","by":"somebody"}',
  '{"connection":1,"at":0,"began":"2026-11-21T08:15:31.250Z"}',
  `{"connection":1,"at":136,"from":"client","bytes":"${base64(REQUEST)}"}`,
  '{"connection":2,"at":5,"from":"server","ended":"rst"}',
  '{"connection":1,"at":1209,"from":"server","ended":"fin"}',
  '{"connection":1,"at":1300,"note":"a word"}',
  '{"end":"stopped"}',
].join('\n');

test('a recording of the tap gives the timeline of each connection', () => {
  const { form, connections, messages } = readRecordings(TAPPED);
  assert.equal(form, 'recording');
  assert.deepEqual(messages, []);
  assert.deepEqual(connections.map(({ number }) => number), [1, 2]);
  const [first, second] = connections;
  const bytes = new Uint8Array(Buffer.from(REQUEST));
  assert.deepEqual(first.recording, {
    timeline: [{ at: 0.136, from: 'client', bytes }, { at: 1.209, from: 'server', ended: 'fin' }],
  });
  assert.deepEqual(second.recording, { timeline: [{ at: 0.005, from: 'server', ended: 'rst' }] });
  assert.deepEqual(first.notes, ['a word']);
  assert.ok(first.gaps.some(({ gap, sentence }) => gap === 'RECORDING_STOPPED' && sentence.length > 10), `${first.gaps}`);
  for (const { recording } of connections) assert.ok(diagnose(recording).browsers.firefox);
});

test('what was pasted gives its parts, and null for what is not there', () => {
  const { form, connections } = readRecordings('HTTP/1.1 200 OK\nContent-Type: text/html\n');
  assert.equal(form, 'text');
  const [{ recording, gaps, url }] = connections;
  assert.deepEqual({ ...recording, response: null }, { request: null, response: null, fromServer: new Uint8Array(0), fromClient: new Uint8Array(0), ended: null });
  assert.equal(Buffer.from(recording.response).toString(), 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n');
  assert.ok(gaps.some(({ gap }) => gap === 'CLIENT_NOT_RECORDED'));
  assert.equal(url, null);
  assert.ok(diagnose(recording).findings);

  const noted = readRecordings('81 05 48 65 6c 6c 6f');
  assert.deepEqual([noted.form, noted.connections[0].recording.fromServer], ['digits', Uint8Array.of(0x81, 5, 0x48, 0x65, 0x6c, 0x6c, 0x6f)]);
  const raw = readRecordings(Uint8Array.of(0x81, 0x85, 1, 2, 3, 4, 5, 6, 7, 8, 9));
  assert.deepEqual([raw.form, raw.connections[0].recording.fromClient.length], ['raw', 11]);
});

test('the bytes of each line are told, where a file has lines', () => {
  const linesOf = (file) => {
    const { form, connections } = readRecordings(file);
    return [form, ...connections.map(({ lines }) => lines.map(({ part, at, line }) => [part, at, line]))];
  };
  assert.deepEqual(linesOf(TAPPED), ['recording', [['request', 0, 3]], []]);
  assert.deepEqual(linesOf('HTTP/1.1 200 OK\nContent-Type: text/html\n'), ['text', [['response', 0, 1], ['response', 17, 2]]]);
  assert.deepEqual(linesOf('81 05 48 65\n\n6c 6c 6f'), ['digits', [['fromServer', 0, 1], ['fromServer', 4, 3]]]);
  assert.deepEqual(linesOf('00000000: 8105 4865  ..He\n00000004: 6c6c 6f    llo\n'), ['digits', [['fromServer', 0, 1], ['fromServer', 4, 2]]]);
  const verbose = ['* Trying 127.0.0.1:9001...', '> GET /chat HTTP/1.1', '> Host: localhost', '> ', '< HTTP/1.1 200 OK', '< '];
  assert.deepEqual(linesOf(verbose.join('\n')), ['curl', [['request', 0, 2], ['request', 20, 3], ['request', 37, 4], ['response', 0, 5], ['response', 17, 6]]]);
  assert.deepEqual(linesOf(Uint8Array.of(0x81, 0)), ['raw', []]);
});

test('lines of a log give the messages in it', () => {
  const line = "WebSocket connection to 'ws://localhost/' failed: Invalid frame header";
  const { form, connections, messages } = readRecordings(`something else\n${line}\n`);
  assert.deepEqual([form, connections, messages], ['log', [], [{ text: line, line: 2 }]]);
  assert.ok(explainMessage(messages[0].text).length > 0);
});

test('what cannot be read is a SyntaxError that says what, where, and what to do', () => {
  assert.throws(() => readRecordings(''), { name: 'SyntaxError', line: null, column: null });
  assert.throws(() => readRecordings(Uint8Array.of(0xd4, 0xc3, 0xb2, 0xa1, 2, 0)), { name: 'SyntaxError', message: /pcap.*tshark/ });
  assert.throws(() => readRecordings(TAPPED.replace('"at":1209', '"at":')), (error) => {
    assert.ok(error instanceof SyntaxError);
    return error.line === 5 && error.column > 10 && /^line 5, column /.test(error.message);
  });
  for (const wrong of [undefined, null, 7, {}, []]) {
    assert.throws(() => readRecordings(wrong), { name: 'TypeError', message: /^file \(bytes or a string\) must be/ });
  }
  assert.throws(() => readRecordings(new Uint8Array(64 * 1024 * 1024 + 1)), { name: 'RangeError', message: /^readRecordings takes at most/ });
  assert.equal(readRecordings(TAPPED).connections.length, 2);
});
