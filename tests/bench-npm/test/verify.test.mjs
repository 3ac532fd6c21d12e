// That verifying finds what is wrong: contestants that do their jobs badly.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allContestants, label } from '../src/contestants/index.mjs';
import { JOBS, takesPart } from '../src/jobs.mjs';
import { PlainDecoder } from '../src/plain/decoder.mjs';
import { PlainEncoder } from '../src/plain/encoder.mjs';
import { ROWS, rowOf } from '../src/rows.mjs';

const BINARY = rowOf('decode/binary/chunks of 64 KiB/fresh/125 B');
const TEXT = rowOf('decode/ascii/one frame a chunk/fresh/16 B');
const MASKED = rowOf('encode/masked/one a write/125 B');
const UNMASKED = rowOf('encode/unmasked/64 a write/16 B');

/** The plain decoder, with something between it and the inbox. */
function decoding(change, facts = {}) {
  const decode = ({ deliver }) => {
    const changed = change(deliver);
    const decoder = new PlainDecoder({ onBinary: changed, onText: changed });
    return (chunk) => decoder.receive(chunk);
  };
  return { name: 'tried', standing: 'peer', packages: [], decode, ...facts };
}

function encoding(masked, message) {
  const encode = (put) => {
    const encoder = new PlainEncoder({ masked });
    return { message: (payload) => message(put, encoder, payload), flush() {} };
  };
  return { name: 'tried', standing: 'peer', packages: [], encodeMasked: encode, encodeUnmasked: encode };
}

test('who delivers what was sent leaves nothing out', () => {
  const honest = decoding((deliver) => deliver);
  assert.equal(JOBS.decode.verify(honest, BINARY), null);
  assert.equal(JOBS.decode.verify(honest, TEXT), null);
  const { time, operations } = JOBS.decode.prepare(honest, TEXT)();
  assert.ok(time > 0 && operations === 4096);
});

test('a message that is missing, doubled, changed or of another kind is found', () => {
  let number = 0;
  const cases = [
    [BINARY, (deliver) => (data) => number++ % 100 !== 7 && deliver(data), /gave \d+ of 4096/],
    [BINARY, (deliver) => (data) => { deliver(data); if (number++ % 100 === 7) deliver(data); }, /gave \d+ of 4096/],
    [BINARY, (deliver) => (data) => { data[124] ^= 1; deliver(data); }, /message 0 of 4096 is not/],
    [BINARY, (deliver) => (data) => deliver(data.toString('latin1')), /message 0 of 4096 is not/],
    [TEXT, (deliver) => (text) => deliver(Buffer.from(text)), /message 0 of 4096 is not/],
    [TEXT, (deliver) => (text) => deliver(text.toUpperCase()), /message 0 of 4096 is not/],
  ];
  for (const [row, change, message] of cases) assert.throws(() => JOBS.decode.verify(decoding(change), row), message);
});

test('a message that is missing is found while timing, too', () => {
  let number = 0;
  const pass = JOBS.decode.prepare(decoding((deliver) => (data) => number++ !== 5 && deliver(data)), TEXT);
  assert.throws(pass, /gave 4095 of 4096/);
});

test('who takes a text that is not UTF-8 does another job', () => {
  const careless = {
    name: 'tried',
    standing: 'peer',
    packages: [],
    decode: ({ deliver }) => {
      const decoder = new PlainDecoder({ onBinary: (data) => deliver(data.toString()), onText: deliver });
      return (chunk) => {
        chunk[0] = 0x82; // to the decoder every text is bytes
        decoder.receive(chunk);
      };
    },
  };
  assert.deepEqual(JOBS.decode.verify(careless, TEXT), { words: 'takes a text that is not UTF-8', anotherJob: true });
});

test('who writes what was to be written leaves nothing out', () => {
  for (const [row, masked] of [[MASKED, true], [UNMASKED, false]]) {
    const honest = encoding(masked, (put, encoder, payload) => put(encoder.binary(payload)));
    assert.equal(JOBS.encode.verify(honest, row), null);
    assert.equal(JOBS.encode.prepare(honest, row)().operations, 1024);
  }
});

test('frames that are missing, changed, unmasked or masked with one key are found, and a payload that was changed', () => {
  let key;
  const sameKey = (put, encoder, payload) => {
    const frame = encoder.binary(payload);
    key ??= Buffer.from(frame.subarray(2, 6));
    for (let at = 6; at < frame.length; at++) frame[at] = payload[at - 6] ^ key[(at - 6) & 3];
    key.copy(frame, 2);
    put(frame);
  };
  let number = 0;
  const cases = [
    [true, (put, encoder, payload) => number++ === 9 || put(encoder.binary(payload)), /wrote 1023 of 1024/],
    [true, (put, encoder, payload) => put(encoder.binary(Buffer.from(payload).fill(0, 124))), /frame \d+ of 1024 is not/],
    [false, (put, encoder, payload) => put(encoder.binary(payload)), /frame 0 of 1024 is not/],
    [true, sameKey, /masking-keys are the same/],
    [true, (put, encoder, payload) => { put(encoder.binary(payload)); payload[3] ^= 1; }, /message 0, which is the caller’s/],
  ];
  for (const [masked, message, words] of cases) {
    assert.throws(() => JOBS.encode.verify(encoding(masked, message), MASKED), words);
  }
});

test('a server that takes any request, and a client that takes any response, do another job', async () => {
  const contestants = await allContestants();
  const ours = contestants.find(({ name }) => name === 'ws101');
  assert.equal(await JOBS.serve.verify(ours), null);
  assert.equal(await JOBS.open.verify(ours), null);
  const server = ours.serve();
  const good = server.connection(Buffer.from((await import('../src/heads.mjs')).REQUEST));
  const response = server.answer(good);
  const lax = { standing: 'peer', serve: () => ({ connection: (request) => request, answer: () => response }) };
  const { words, anotherJob } = await JOBS.serve.verify(lax);
  assert.ok(anotherJob && words.includes('takes POST') && words.includes('takes version 8'), words);
  const trusting = { standing: 'peer', open: () => (respond) => void respond(Buffer.from('Sec-WebSocket-Key: AA==\r\n')) };
  const omission = await JOBS.open.verify(trusting);
  assert.ok(omission.words.includes('takes another key’s accept'), omission.words);
});

test('a wrong accept key is found', () => {
  assert.throws(() => JOBS.accept.verify({ accept: () => 'x' }), /accept key is x/);
});

test('names are unique, every package has a version, and each job has somebody of ours and a peer', async () => {
  const contestants = await allContestants();
  assert.equal(new Set(contestants.map(({ name }) => name)).size, contestants.length);
  for (const contestant of contestants) assert.match(label(contestant), contestant.packages.length > 0 ? /\d+\.\d+\.\d+/ : /./);
  for (const row of ROWS) {
    const standings = contestants.filter((one) => takesPart(one, row)).map(({ standing }) => standing);
    assert.ok(standings.includes('ours') && standings.includes('peer'), row.name);
  }
});

test('names of rows are unique, and no table is torn', () => {
  assert.equal(new Set(ROWS.map(({ name }) => name)).size, ROWS.length);
  const tables = ROWS.map(({ table }) => table).filter((table, at, all) => table !== all[at - 1]);
  assert.equal(new Set(tables).size, tables.length);
});
