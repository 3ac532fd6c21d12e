import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acceptKey, buildRequest, buildResponse, encodeFrame, errorTexts, forgeFrame } from 'ws101';
import { explainAcceptKey, fieldTexts, inspect } from 'ws101/inspect';

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const bytes = (string) => new TextEncoder().encode(string);
const text = (bytes) => new TextDecoder().decode(bytes);

test('every bit of a masked frame of §5.7 is named', () => {
  const frame = encodeFrame({ opcode: 1, payload: 'Hello', maskingKey: Uint8Array.of(0x37, 0xfa, 0x21, 0x3d) });
  const { fields, problems, consumed } = inspect(frame, { as: 'frames', role: 'server' });
  assert.deepEqual(
    fields.map(({ kind, depth, start, end, value }) => [kind, depth, start, end, value]),
    [
      ['frame', 0, 0, 88, null],
      ['fin', 1, 0, 1, 1n],
      ['rsv1', 1, 1, 2, 0n],
      ['rsv2', 1, 2, 3, 0n],
      ['rsv3', 1, 3, 4, 0n],
      ['opcode', 1, 4, 8, 1n],
      ['mask', 1, 8, 9, 1n],
      ['payload-length', 1, 9, 16, 5n],
      ['masking-key', 1, 16, 48, null],
      ['payload-data', 1, 48, 88, null],
    ],
  );
  assert.ok(fields.every((field) => field.complete));
  assert.deepEqual([problems, consumed], [[], 11]);
});

test('malformed and cut frames are labelled, and every problem is told', () => {
  const forged = forgeFrame({ opcode: 11, rsv2: true, lengthForm: 64, declaredLength: 2n ** 63n });
  const { fields, problems, consumed } = inspect(forged, { as: 'frames' });
  const length = fields.find((field) => field.kind === 'extended-payload-length');
  assert.equal(length.value, 2n ** 63n);
  assert.equal(fields[0].complete, false);
  assert.equal(problems[0].code, 'FRAME_RESERVED_BITS');
  assert.deepEqual(problems[0].range, [0, 1]);
  assert.equal(consumed, 0);
});

test('the masking rule is that of the role', () => {
  const frame = encodeFrame({ opcode: 1, payload: 'Hello' });
  const codes = (role) => inspect(frame, { as: 'frames', role }).problems.map((problem) => problem.code);
  assert.deepEqual([codes('client'), codes('server'), codes(undefined)], [[], ['FRAME_UNMASKED'], []]);
});

test('heads are covered without a gap by their innermost fields', () => {
  const request = buildRequest({ host: 'example.com', key: KEY, subprotocols: ['chat'] });
  const response = buildResponse({ key: KEY, subprotocol: 'chat' });
  for (const [head, as, first] of [[request, 'request', 'request-line'], [response, 'response', 'status-line']]) {
    const { fields, problems, consumed } = inspect(head, { as });
    assert.deepEqual([problems, consumed, fields[0].kind], [[], head.length, first]);
    const inner = fields.filter((field, at) => !(fields[at + 1]?.depth > field.depth));
    let end = 0;
    for (const field of inner) {
      assert.equal(field.start, end, `${as}: ${field.kind}`);
      end = field.end;
    }
    assert.equal(end, head.length * 8);
  }
});

test('a head says what is wrong with it; a response without its request is judged as far as it goes', () => {
  const { problems } = inspect(bytes('GET / HTTP/1.0\r\nHost: a\r\n\r\n'), { as: 'request' });
  assert.deepEqual([problems[0].code, problems[0].range], ['REQUEST_HTTP_VERSION', [6, 14]]);
  const refusal = inspect(bytes('HTTP/1.1 404 Not Found\r\n\r\n'), { as: 'response' });
  assert.equal(refusal.problems[0].code, 'RESPONSE_NOT_101');
  assert.equal(refusal.fields.find((field) => field.kind === 'status-code').value, 404n);
});

test('no bytes at all make it throw', () => {
  let state = 1;
  const next = () => (state = (state * 48271) % 2147483647);
  for (let round = 0; round < 500; round++) {
    const noise = Uint8Array.from({ length: next() % 200 }, () => next());
    for (const as of ['frames', 'request', 'response']) {
      const { fields, consumed } = inspect(noise, { as });
      assert.ok(consumed <= noise.length);
      for (const { start, end } of fields) assert.ok(start < end && end <= noise.length * 8);
    }
  }
});

test('every step to an accept value, in the bytes of §1.3', () => {
  const steps = explainAcceptKey(KEY);
  assert.equal(text(steps.nonce), 'the sample nonce');
  assert.equal(text(steps.concatenated), `${KEY}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`);
  assert.equal(steps.guid, '258EAFA5-E914-47DA-95CA-C5AB0DC85B11');
  assert.equal(Buffer.from(steps.digest).toString('hex'), 'b37a4f2cc0624f1690f64606cf385945b2bec4ea');
  assert.equal(steps.accept, acceptKey(KEY));
  assert.equal(steps.problem, null);
});

test('a text that is no key is explained too, and says what is wrong with it', () => {
  const steps = explainAcceptKey('你好');
  assert.equal(steps.nonce, null);
  assert.equal(steps.problem.code, 'REQUEST_KEY_INVALID');
  assert.deepEqual(steps.problem.range, [0, 6]);
  assert.equal(steps.digest.length, 20);
});

test('there are words for every field and every rule', () => {
  for (const words of Object.values(fieldTexts)) assert.ok(words.name && words.sentence && words.section);
  assert.ok(Object.keys(errorTexts).length > 60);
  for (const [code, words] of Object.entries(errorTexts)) {
    assert.match(code, /^[A-Z0-9_]+$/);
    assert.ok(words.sentence.endsWith('.') && words.fix.length > 0 && words.section.length > 0, code);
  }
});
