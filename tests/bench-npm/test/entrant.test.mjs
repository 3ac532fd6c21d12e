// Contestants at work in processes of their own.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allContestants } from '../src/contestants/index.mjs';
import { Entrant } from '../src/entrant.mjs';
import { rowOf } from '../src/rows.mjs';

const contestant = async (name) => (await allContestants()).find((one) => one.name === name);
const ROW = rowOf('decode/binary/chunks of 64 KiB/fresh/1 KiB');

test('a contestant works for a while, and says how long an operation took', async () => {
  for (const clock of ['wall', 'processor']) {
    const entrant = await Entrant.start(await contestant('plain JavaScript'), { clock });
    await entrant.prepare(ROW);
    const time = await entrant.turn(1);
    assert.ok(time > 0 && Number.isFinite(time), `${clock}: ${time}`);
    await entrant.end();
  }
});

test('ws without its addon does not load it, and ws with it does', async () => {
  const plain = await contestant('ws');
  const wrong = await Entrant.start({ ...plain, environment: { WS_NO_BUFFER_UTIL: '' } });
  await assert.rejects(wrong.verify(ROW), /ws: verify .*: bufferutil was loaded/);
  await wrong.end();
  const withAddon = await contestant('ws + bufferutil');
  const other = await Entrant.start({ ...withAddon, environment: { WS_NO_BUFFER_UTIL: '1' } });
  await assert.rejects(other.verify(ROW), /ws \+ bufferutil: verify .*: bufferutil was not loaded/);
  await other.end();
});

test('a process that cannot start is named', async () => {
  await assert.rejects(Entrant.start({ name: 'gone', file: 'gone.mjs' }), /^Error: gone: its start: its process ended/);
});
