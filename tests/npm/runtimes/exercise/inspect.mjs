// What each bit means, and what is wrong with it.

import { bytes, hex, utf8 } from './checks.mjs';

/** @param {any} entry @param {import('./checks.mjs').Checks} checks */
export function inspect({ inspect: look, fieldTexts }, checks) {
  const masked = look(bytes('81 85 37fa213d 7f9f4d5158'), { as: 'frames', role: 'server' });
  checks.same('nothing is wrong with the masked text of §5.7', [masked.problems, masked.consumed], [[], 11]);
  const places = new Map(masked.fields.map((/** @type {any} */ field) => [field.kind, [field.start, field.end, field.value]]));
  checks.same('its opcode', places.get('opcode'), [4, 8, 1n]);
  checks.same('its masking-key', places.get('masking-key')?.slice(0, 2), [16, 48]);
  checks.that('every field has words', masked.fields.every((/** @type {any} */ { kind }) => fieldTexts[kind].name && fieldTexts[kind].sentence));

  const broken = look(bytes('c3 80 00000000'), { as: 'frames', role: 'client' });
  checks.same('all that is wrong is told', broken.problems.map((/** @type {any} */ { code }) => code), [
    'FRAME_RESERVED_BITS', 'FRAME_RESERVED_OPCODE', 'FRAME_MASKED',
  ]);
  const { problems: [problem], fields } = look(utf8('GET / HTTP/1.0\r\nHost: a\r\n\r\n'), { as: 'request' });
  checks.same('a head says what is wrong', [problem.code, problem.range], ['REQUEST_HTTP_VERSION', [6, 14]]);
  checks.same('and what it is', fields[0].kind, 'request-line');
  noise(look, checks);
}

/** No bytes make it throw. @param {any} look @param {import('./checks.mjs').Checks} checks */
function noise(look, checks) {
  let state = 1;
  const next = () => (state = (state * 48_271) % 2_147_483_647);
  for (let round = 0; round < 60; round++) {
    const data = Uint8Array.from({ length: next() % 200 }, next);
    for (const as of ['frames', 'request', 'response']) {
      const { fields, consumed } = look(data, { as });
      const inside = fields.every((/** @type {any} */ { start, end }) => start < end && end <= data.length * 8);
      checks.that(`${hex(data)} as ${as}`, inside && consumed <= data.length);
    }
  }
}
