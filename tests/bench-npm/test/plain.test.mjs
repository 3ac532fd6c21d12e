// The plain decoder and encoder: a contestant should be beaten at its best, and do the same job.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PlainDecoder } from '../src/plain/decoder.mjs';
import { PlainEncoder } from '../src/plain/encoder.mjs';
import { readFrames, wireOf } from '../src/wire.mjs';

function read(pieces) {
  const messages = [];
  const decoder = new PlainDecoder({
    onBinary: (data) => messages.push(Buffer.from(data).toString('hex')),
    onText: (text) => messages.push(text),
  });
  for (const piece of pieces) decoder.receive(Buffer.from(piece));
  return messages;
}

/** A masked frame from its first byte and its payload. */
function frame(first, text) {
  const payload = Buffer.from(text);
  const key = [0x37, 0xfa, 0x21, 0x3d];
  return Buffer.from([first, 0x80 | payload.length, ...key, ...payload.map((byte, at) => byte ^ key[at & 3])]);
}

const hex = (text) => Buffer.from(text).toString('hex');

test('messages are read whole, at every split and byte by byte', () => {
  const frames = [
    frame(0x81, 'Hello'), frame(0x01, 'Zaż'), frame(0x89, 'ping'), frame(0x80, 'ółć'), frame(0x82, ''),
    wireOf({ content: 'binary', size: 200, atMost: 2 }).bytes,
  ];
  const wire = Buffer.concat(frames);
  const expected = ['Hello', 'Zażółć', '', ...wireOf({ content: 'binary', size: 200, atMost: 2 }).payloads.map(hex)];
  assert.deepEqual(read([wire]), expected);
  for (let at = 1; at < wire.length; at++) assert.deepEqual(read([wire.subarray(0, at), wire.subarray(at)]), expected);
  assert.deepEqual(read([...wire].map((byte) => [byte])), expected);
});

test('long payloads are unmasked from any offset', () => {
  for (const size of [48, 1024, 65_536]) {
    const wire = wireOf({ content: 'binary', size, atMost: 4 });
    for (const offset of [0, 1, 2, 3]) {
      const memory = Buffer.concat([Buffer.alloc(offset), wire.bytes]);
      const messages = [];
      new PlainDecoder({ onBinary: (data) => messages.push(Buffer.from(data)) }).receive(memory.subarray(offset));
      assert.deepEqual(messages, wire.payloads);
    }
  }
});

test('what breaks a rule is refused', () => {
  const broken = {
    'not masked': [0x82, 0x00],
    'reserved bit': frame(0xc2, ''),
    'control frame': frame(0x09, 'x'),
    'out of order': frame(0x80, 'x'),
    'shortest form': [0x82, 0xfe, 0, 125, 0, 0, 0, 0],
    'too long': [0x82, 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
    'not UTF-8': frame(0x81, Buffer.from([0xff])),
  };
  for (const [words, bytes] of Object.entries(broken)) assert.throws(() => read([bytes]), new RegExp(words));
  assert.throws(() => read([frame(0x01, 'a'), frame(0x81, 'b')]), /out of order/);
});

test('frames are written in their shortest form, masked or not, and the payload is kept', () => {
  for (const masked of [true, false]) {
    const encoder = new PlainEncoder({ masked });
    for (const size of [0, 1, 47, 48, 125, 126, 65_535, 65_536]) {
      const payload = Buffer.from(Array.from({ length: size }, (_, at) => at));
      const copy = Buffer.from(payload);
      const [{ first, ...found }] = readFrames(Buffer.from(encoder.binary(payload)));
      assert.deepEqual([first, found.masked, found.payload.equals(copy), payload.equals(copy)], [0x82, masked, true, true]);
    }
  }
});
