// The memory of the doctor's module: given back after each call, and begun anew after a trap. A copy of the package of
// its own is watched while it makes its instances.
import assert from 'node:assert/strict';
import { test } from 'node:test';

// (module (func (export "trap") unreachable))
const TRAP = Uint8Array.of(
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 8, 1, 4, 116, 114, 97, 112, 0, 0, 10, 5, 1, 3, 0, 0, 11,
);
const { trap } = new WebAssembly.Instance(new WebAssembly.Module(TRAP)).exports;

const { Instance } = WebAssembly;
const instances = [];
WebAssembly.Instance = class {
  constructor(module, imports) {
    const { exports } = new Instance(module, imports);
    // The exports of an instance cannot be changed: the glue gets a copy, in which the tests may.
    this.exports = { ...exports };
    instances.push(this.exports);
  }
};
const { diagnose, explainMessage, readRecordings, recogniseCode } = await import('ws101/doctor');

const RECORDING = {
  request: 'GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n\r\n',
  response: 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n',
  fromServer: Uint8Array.of(0x81, 2, 0x68, 0x69, 0xc1, 0x82, 1, 2, 3, 4, 0x69, 0x6b, 0x7b, 0x22),
  fromClient: Uint8Array.of(0x81, 2, 0x68, 0x69),
  ended: 'fin',
};

test('ten thousand calls take no more memory than ten', () => {
  const calls = () => {
    diagnose(RECORDING);
    diagnose({ timeline: [{ at: 0, from: 'client', bytes: RECORDING.request }, { at: 1, from: 'server', ended: 'rst' }] });
    explainMessage("WebSocket connection to 'ws://localhost/' failed: Invalid frame header");
    recogniseCode('if ($length = 126) { $masks = substr($buffer, 4, 4); }');
    readRecordings(RECORDING.response);
  };
  for (let round = 0; round < 2; round++) calls();
  const held = instances.at(-1).memory.buffer.byteLength;
  // Five each.
  for (let round = 0; round < 2000; round++) calls();
  assert.equal(instances.at(-1).memory.buffer.byteLength, held);
  assert.equal(instances.length, 1);
});

test('what one large recording took is given back', () => {
  const small = diagnose(RECORDING);
  const before = instances.length;
  const large = new Uint8Array(16 * 1024 * 1024);
  large.set([0x82, 127, 0, 0, 0, 0, 0, 0xff, 0xff, 0xf6]);
  diagnose({ fromServer: large });
  assert.ok(instances[before - 1].memory.buffer.byteLength > large.length);
  assert.equal(instances.length, before + 1);
  assert.ok(instances.at(-1).memory.buffer.byteLength < large.length);
  assert.deepEqual(diagnose(RECORDING), small);
});

test('a trap ends one call, in words, and the next begins anew', () => {
  const good = diagnose(RECORDING);
  const running = instances.at(-1);
  for (const [name, call] of [
    ['diagnose_streams', () => diagnose(RECORDING)],
    ['diagnose_timeline', () => diagnose({ timeline: [] })],
    ['explain_message', () => explainMessage('x')],
    ['recognise_code', () => recogniseCode('x')],
    ['read_file', () => readRecordings('x')],
    ['__wbindgen_malloc', () => diagnose(RECORDING)],
  ]) {
    Object.assign(instances.at(-1), { [name]: trap });
    assert.throws(call, (error) => {
      assert.match(error.message, /^ws101\/doctor stopped at this call: .* The next call starts it anew$/);
      return error.cause instanceof WebAssembly.RuntimeError;
    });
    assert.deepEqual(diagnose(RECORDING), good, name);
  }
  assert.notEqual(instances.at(-1), running);
});

test('where no new instance can be had, the call says so, and a later one works', () => {
  const good = diagnose(RECORDING);
  Object.assign(instances.at(-1), { diagnose_streams: trap });
  assert.throws(() => diagnose(RECORDING), /stopped at this call/);
  const { Instance: watched } = WebAssembly;
  WebAssembly.Instance = class {
    constructor() {
      throw new RangeError('no room for another memory');
    }
  };
  assert.throws(() => diagnose(RECORDING), /no room for another memory/);
  WebAssembly.Instance = watched;
  assert.deepEqual(diagnose(RECORDING), good);
});
