// The examples in the doctor's types, as they stand.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import * as ws101 from 'ws101';
import * as doctor from 'ws101/doctor';

const manifest = createRequire(import.meta.url).resolve('ws101/package.json');

test('every export has an example, and every example runs', async () => {
  const types = await readFile(new URL('dist/doctor.d.ts', `file://${manifest}`), 'utf8');
  const examples = [...types.matchAll(/```js\n([\s\S]+?)```/g)].map(([, code]) => code.replace(/^ *\* ?/gm, ''));
  for (const name of Object.keys(doctor)) {
    assert.ok(examples.some((code) => new RegExp(`\\b${name}\\b`).test(code)), `${name} has no example`);
  }
  const scope = { ...ws101, ...doctor, console: { log() {} } };
  for (const code of examples) {
    assert.doesNotThrow(() => new Function(...Object.keys(scope), `'use strict';\n${code}`)(...Object.values(scope)), code);
  }
});
