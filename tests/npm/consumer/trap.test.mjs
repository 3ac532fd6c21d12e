// A defect in the module would end in a trap. One is brought about here, in a copy of the package of its own: that call
// fails, later calls of this copy say why, and another copy does not notice.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';

// (module (func (export "trap") unreachable))
const TRAP = Uint8Array.of(
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 8, 1, 4, 116, 114, 97, 112, 0, 0, 10, 5, 1, 3, 0, 0, 11,
);

test('a trap ends its copy, in words, and no other', async () => {
  const { trap } = new WebAssembly.Instance(new WebAssembly.Module(TRAP)).exports;
  const { Instance } = WebAssembly;
  WebAssembly.Instance = class {
    constructor(module, imports) {
      const instance = new Instance(module, imports);
      this.exports = { ...instance.exports, accept_key: trap };
    }
  };
  const broken = await import('ws101');
  WebAssembly.Instance = Instance;

  const key = broken.generateKey();
  const decoder = new broken.FrameDecoder({ role: 'client' });
  assert.throws(() => broken.acceptKey(key), WebAssembly.RuntimeError);
  for (const later of [() => broken.generateKey(), () => decoder.decode(Uint8Array.of(0x81, 0)), () => broken.acceptKey(key)]) {
    assert.throws(later, (error) => /stopped at an earlier call/.test(error.message) && error.cause instanceof WebAssembly.RuntimeError);
  }
  const whole = createRequire(import.meta.url)('ws101');
  assert.equal(whole.acceptKey(key).length, 28);
});
