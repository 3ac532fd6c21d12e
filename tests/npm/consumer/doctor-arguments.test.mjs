// What the doctor is given: every form of bytes and moments that it takes, and a clear error for every other.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diagnose, explainMessage, recogniseCode } from 'ws101/doctor';

const HI = Uint8Array.of(0x81, 2, 0x68, 0x69);
const LIMIT = 64 * 1024 * 1024;
const PARTS = ['request', 'response', 'fromServer', 'fromClient'];

test('arguments of a wrong type get a TypeError that names them, and the next call works', () => {
  const good = diagnose({ fromServer: HI });
  for (const wrong of [7, NaN, true, {}, [], Symbol('s'), () => 0, new Float64Array(2), new Blob([])]) {
    for (const part of PARTS) {
      assert.throws(() => diagnose({ [part]: wrong }), { name: 'TypeError', message: new RegExp(`^${part} `) });
    }
    assert.throws(() => diagnose({ ended: wrong }), { name: 'TypeError', message: /^ended must be 'fin' or 'rst', but is / });
    for (const call of [explainMessage, recogniseCode]) {
      assert.throws(() => call(wrong), { name: 'TypeError', message: /^text must be a string/ });
    }
    assert.deepEqual(diagnose({ fromServer: HI }), good);
  }
  for (const wrong of [null, 7, 'GET', undefined]) {
    assert.throws(() => diagnose(wrong), { name: 'TypeError', message: /^diagnose’s argument / });
  }
  assert.throws(() => diagnose({ ended: 'FIN' }), { name: 'TypeError', message: /but is "FIN"$/ });
});

test('an argument that holds no part at all is a mistake in its names', () => {
  for (const wrong of [{}, { fromserver: HI }, { messages: [] }]) {
    assert.throws(() => diagnose(wrong), { name: 'TypeError', message: /none of request, response, fromServer/ });
  }
});

test('what was not recorded may be left out, undefined or null', () => {
  const nothing = diagnose({ ended: null });
  for (const empty of [undefined, null]) {
    const recording = { request: empty, response: empty, fromServer: empty, fromClient: empty, ended: empty, timeline: empty };
    assert.deepEqual(diagnose(recording), nothing);
  }
});

test('a timeline is an array of moments, each of them whole, in their order', () => {
  for (const wrong of [7, 'fin', {}, HI]) {
    assert.throws(() => diagnose({ timeline: wrong }), { name: 'TypeError', message: /^timeline must be an array/ });
  }
  const good = { at: 1, from: 'server', bytes: HI };
  for (const [wrong, message] of [
    [null, /^timeline\[1\] must be an object/],
    [undefined, /^timeline\[1\]\.at must be a number, but is undefined/],
    [{ ...good, at: '1' }, /^timeline\[1\]\.at must be a number/],
    [{ ...good, from: 'Server' }, /^timeline\[1\]\.from must be 'client' or 'server', but is "Server"/],
    [{ ...good, bytes: 7 }, /^timeline\[1\]\.bytes /],
    [{ at: 1, from: 'server' }, /^timeline\[1\] must hold either bytes, or ended: 'fin' or 'rst', but holds neither/],
    [{ ...good, bytes: null, fin: false }, /but holds neither/],
    [{ ...good, ended: 'fin' }, /but holds more/],
    [{ at: 1, from: 'server', fin: true, rst: true }, /but holds more/],
    [{ at: 1, from: 'server', ended: 'reset' }, /^timeline\[1\]\.ended must be 'fin' or 'rst', but is "reset"/],
    [{ at: 1, from: 'server', fin: 1 }, /^timeline\[1\]\.fin must be true or false/],
  ]) {
    assert.throws(() => diagnose({ timeline: [good, wrong] }), { name: 'TypeError', message });
  }
  for (const at of [-1, NaN, Infinity, 2 ** 53]) {
    assert.throws(() => diagnose({ timeline: [{ ...good, at }] }), { name: 'RangeError', message: /^timeline\[0\]\.at must be/ });
  }
  assert.throws(() => diagnose({ timeline: [good, { ...good, at: 0.5 }] }), {
    name: 'RangeError',
    message: 'timeline[1].at is 0.5, before timeline[0].at, which is 1: sort them',
  });
  assert.throws(() => diagnose({ ended: 'rst', timeline: [{ at: 0, from: 'server', ended: 'fin' }] }), {
    name: 'TypeError',
    message: "ended is 'rst', but in the timeline the server ends the connection by 'fin'",
  });
});

test('shared and detached memory is refused in words', () => {
  const detached = new Uint8Array(8);
  const view = new DataView(detached.buffer);
  structuredClone(detached.buffer, { transfer: [detached.buffer] });
  const shared = new SharedArrayBuffer(8);
  for (const [bytes, message] of [
    [new Uint8Array(shared), /SharedArrayBuffer/],
    [new DataView(shared), /SharedArrayBuffer/],
    [detached, /detached/],
    [detached.buffer, /detached/],
    [view, /detached/],
  ]) {
    assert.throws(() => diagnose({ request: bytes }), { name: 'TypeError', message });
    assert.throws(() => diagnose({ timeline: [{ at: 0, from: 'client', bytes }] }), { name: 'TypeError', message });
  }
});

test('more than 64 MiB over all parts, or a long log or program, is too much', () => {
  const half = new Uint8Array(LIMIT / 2);
  const tooMany = { name: 'RangeError', message: /at most 67108864 bytes in all, and with fromClient there are more/ };
  assert.throws(() => diagnose({ request: half, fromServer: half, fromClient: 'x' }), tooMany);
  assert.throws(() => diagnose({ fromClient: new Uint8Array(LIMIT + 1) }), tooMany);
  // Fewer units than bytes.
  assert.throws(() => diagnose({ fromClient: '你'.repeat(LIMIT / 2) }), tooMany);
  const moments = Array.from({ length: 3 }, (_, at) => ({ at, from: 'server', bytes: half }));
  assert.throws(() => diagnose({ timeline: moments }), { name: 'RangeError', message: /with timeline\[2\]\.bytes there are more/ });
  for (const [call, limit] of [[explainMessage, 2 ** 20], [recogniseCode, 2 ** 18]]) {
    assert.deepEqual(call(' '.repeat(limit)), []);
    for (const long of [' '.repeat(limit + 1), 'é'.repeat(limit / 2 + 1)]) {
      assert.throws(() => call(long), { name: 'RangeError', message: new RegExp(`at most ${limit} bytes`) });
    }
    assert.deepEqual(call(''), []);
  }
});
