// Several copies and entries of the package in one program: each has a memory of its own, and what one wrote or threw the
// others take.

import { text, thrownBy } from './checks.mjs';

/** @param {readonly any[]} entries @param {import('./checks.mjs').Checks} checks */
export function together(entries, checks) {
  checks.same('no entry is another', new Set(entries).size, entries.length);
  const codecs = entries.filter(({ encodeFrame }) => encodeFrame !== undefined);
  for (const one of codecs) {
    for (const other of codecs) across(one, other, checks);
  }
  const frames = codecs.map(({ encodeFrame }) => encodeFrame({ opcode: 1, payload: 'Hello' }));
  for (const { diagnose } of entries.filter((entry) => entry.diagnose !== undefined)) {
    for (const fromServer of [...frames, 'hello']) {
      const errors = diagnose({ fromServer }).findings.some((/** @type {any} */ { severity }) => severity === 'error');
      checks.same('what a codec writes the doctor finds sound', errors, fromServer === 'hello');
    }
  }
}

/** @param {any} one @param {any} other @param {import('./checks.mjs').Checks} checks */
function across(one, other, checks) {
  const decoder = new other.FrameDecoder({ role: 'server' });
  const wire = one.encodeFrame({ opcode: 1, payload: 'Hello', maskingKey: 'random' });
  const [part] = [...decoder.decode(wire)];
  checks.same('one writes, the other reads', text(part.payload), 'Hello');
  const key = one.generateKey();
  const { subprotocol } = one.verifyResponse(other.buildResponse({ key }), { key });
  checks.same('one asks, the other answers', subprotocol, null);
  const error = thrownBy(() => one.verifyRequest('GET / HTTP/1.1\r\n\r\n'));
  checks.that('one refuses, the other says so', text(other.buildErrorResponse(error)).startsWith('HTTP/1.1 400 '), error);
}
