import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UsageError, parse, wantedContestants, wantedRows } from '../src/options.mjs';
import { race } from '../src/race.mjs';
import { report, summary, values } from '../src/report.mjs';
import { ROWS, bytes, rowOf } from '../src/rows.mjs';
import { number, table } from '../src/table.mjs';
import { targets } from '../src/targets.mjs';

const OWNED = { name: 'ws101 Connection, copies', standing: 'ours', packages: [], bytes: 'owned' };
const VIEW = { name: 'ws101 Connection, views', standing: 'ours', packages: [], bytes: 'view' };
const WS = { name: 'ws', standing: 'peer', packages: [] };
const WITH_ADDON = { name: 'ws + bufferutil', standing: 'peer', packages: [] };

function timed(name, times) {
  const outcomes = times.map(([contestant, time, omission = null]) => ({ contestant, omission, times: [time, time] }));
  return { row: rowOf(name), outcomes };
}

test('a target is met from its number on, by who counts for it', () => {
  const row = 'decode/binary/chunks of 64 KiB/fresh/16 B';
  const judged = (owned) =>
    values(timed(row, [[WS, 90], [OWNED, owned], [VIEW, 1]])).filter(({ met }) => met !== undefined);
  assert.deepEqual(judged(10).map(({ contestant, met }) => [contestant, met]), [[OWNED.name, true]]);
  assert.equal(judged(10.1)[0].met, false);
});

test('views count at large messages beside the addon', () => {
  const row = timed('decode/binary/chunks of 64 KiB/reused/1 MiB', [[WITH_ADDON, 10], [OWNED, 20], [VIEW, 10]]);
  assert.match(summary([row]), /ws \+ bufferutil +≥ 1 +1\.00 \(1\.00\) +met +Connection, views/);
});

test('the targets are those of binary messages that are read', () => {
  const found = (name) => targets(rowOf(name)).map(({ beside, atLeast }) => [beside, atLeast]);
  assert.deepEqual(found('decode/binary/chunks of 64 KiB/fresh/1 KiB'), [['ws', 15], ['ws + bufferutil', 3]]);
  assert.deepEqual(found('decode/binary/one frame a chunk/fresh/125 B'), [['ws', 1], ['ws + bufferutil', 1]]);
  assert.deepEqual(found('decode/binary/one frame a chunk/fresh/1 KiB'), []);
  assert.deepEqual(found('decode/ascii/chunks of 64 KiB/fresh/1 KiB'), []);
  assert.deepEqual(found('handshake/server'), []);
});

test('a table shows times, ratios with their spread, verdicts and what was left out', () => {
  const undici = { name: 'undici', standing: 'peer', packages: [] };
  const row = timed('decode/binary/chunks of 64 KiB/fresh/16 B', [
    [WS, 100], [undici, 50, { words: 'is a client', anotherJob: true }], [OWNED, 20],
  ]);
  const text = report([row]);
  assert.match(text, /^ws +100 \(100\)$/m);
  assert.match(text, /^undici +50\.0\* \(50\.0\)$/m);
  assert.match(text, /^ +ws101 Connection, copies +5\.00 \(5\.00, 5\.00–5\.00\)$/m);
  assert.match(text, /^ +target +≥ 9: missed by Connection, copies$/m);
  assert.match(text, /^\* not the same job: undici is a client \(16 B\)$/m);
});

test('columns stand below each other, and numbers have the digits that count', () => {
  assert.equal(table([['name', 'a', 'long'], ['węzeł', '123', '4'], []]), 'name     a  long\nwęzeł  123     4\n\n');
  assert.deepEqual([0.5, 9.994, 9.996, 99.94, 99.96, 1234.5].map(number), ['0.50', '9.99', '10.0', '99.9', '100', '1,235']);
  assert.deepEqual([16, 1024, 1460, 65_536, 1 << 20].map(bytes), ['16 B', '1 KiB', '1460 B', '64 KiB', '1 MiB']);
});

test('everyone is timed once a round', async () => {
  const turns = [];
  const entrant = (name) => ({ turn: async () => turns.push(name) });
  const times = await race([entrant('a'), entrant('b'), entrant('c')], 5);
  assert.deepEqual(times.map((of) => of.length), [5, 5, 5]);
  for (let round = 0; round < 5; round++) {
    assert.deepEqual(turns.slice(round * 3, round * 3 + 3).sort(), ['a', 'b', 'c']);
  }
});

test('options have defaults, words choose rows, and --only chooses contestants', () => {
  const options = parse(['Decode', 'one frame', '--only', 'WS', '--rounds=9', '--processor']);
  assert.deepEqual([options.rounds, options.clock, options.verify, options.json], [9, 'processor', false, undefined]);
  assert.ok(wantedRows(ROWS, options).every(({ job, cut }) => job === 'decode' && cut === 'one frame a chunk'));
  assert.deepEqual(wantedContestants([WS, { name: 'undici' }], options), [WS]);
  assert.deepEqual([parse([]).rounds, parse([]).clock, wantedRows(ROWS, parse([])).length], [31, 'wall', ROWS.length]);
});

test('what is wrong with the arguments is named', () => {
  for (const [args, words] of [[['--fast'], /--fast/], [['--rounds', '0'], /`0` is none/], [['--rounds', 'x'], /`x`/]]) {
    assert.throws(() => parse(args), (error) => error instanceof UsageError && words.test(error.message));
  }
  assert.throws(() => wantedRows(ROWS, parse(['no', 'such'])), /`no such` is in the name of no row/);
  assert.throws(() => wantedContestants([WS], parse(['--only', 'wss'])), /no contestant is called so; there are ws/);
});
