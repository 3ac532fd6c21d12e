// Times the npm package beside its peers: `cargo xtask bench npm`.

import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { allContestants } from './src/contestants/index.mjs';
import { Entrant } from './src/entrant.mjs';
import { takesPart } from './src/jobs.mjs';
import { describe, facts } from './src/machine.mjs';
import { UsageError, parse, wantedContestants, wantedRows } from './src/options.mjs';
import { race } from './src/race.mjs';
import { LEGEND, report, summary, values } from './src/report.mjs';
import { ROWS } from './src/rows.mjs';

try {
  await run(parse(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof UsageError ? `error: ${error.message}` : error);
  process.exitCode = 1;
}

async function run(options) {
  const rows = wantedRows(ROWS, options);
  const contestants = present(wantedContestants(await allContestants(), options));
  // A peer that is wrong in the last row should not be found after the first have been timed.
  const omissions = await verify(rows, contestants);
  if (options.verify) return;
  if (options.json !== undefined) writeFileSync(options.json, '');
  if (options.profile !== undefined) mkdirSync(options.profile, { recursive: true });
  const note = (value) => {
    if (options.json !== undefined) appendFileSync(options.json, `${JSON.stringify(value)}\n`);
  };
  note({ machine: facts(contestants), rounds: options.rounds, clock: options.clock });
  const clock = options.clock === 'wall' ? 'clock' : 'processors’ time';
  console.log(`${describe(contestants)}${options.rounds} rounds, by the ${clock}.\n${LEGEND}\n`);
  const all = [];
  for (const table of tables(rows)) {
    const timed = [];
    for (const row of table) {
      const entrants = contestants.filter((contestant) => takesPart(contestant, row));
      if (entrants.length === 0) continue;
      const outcomes = await time(row, entrants, options);
      const known = outcomes.map((outcome) => ({ ...outcome, omission: omissions.get(outcome.contestant).get(row) }));
      timed.push({ row, outcomes: known });
      values(timed.at(-1)).forEach(note);
    }
    if (timed.length > 0) console.log(report(timed));
    all.push(...timed);
  }
  console.log(summary(all));
}

/** Those who can take part here; the others are named. */
function present(contestants) {
  return contestants.filter((contestant) => {
    const reason = contestant.absent?.() ?? null;
    if (reason !== null) console.log(`left out: ${contestant.name}: ${reason}`);
    return reason === null;
  });
}

/** Sees whether everyone does what it says in every row, and gives what each leaves out in which. */
async function verify(rows, contestants) {
  let verified = 0;
  const omissionsOf = async (contestant) => {
    const omissions = new Map();
    const entrant = await Entrant.start(contestant);
    try {
      for (const row of rows.filter((row) => takesPart(contestant, row))) {
        const omission = await entrant.verify(row);
        if (omission !== null && contestant.standing === 'ours') {
          throw new Error(`${contestant.name}: ${row.name}: ${omission.words}`);
        }
        omissions.set(row, omission);
        verified++;
      }
    } finally {
      await entrant.end();
    }
    return [contestant, omissions];
  };
  // Nothing is timed yet, so that all may work at once.
  const found = new Map(await Promise.all(contestants.map(omissionsOf)));
  if (verified === 0) throw new UsageError('none of these contestants takes part in any of these rows');
  console.log(`verified: ${verified} times a contestant does what it says, in ${rows.length} rows\n`);
  return found;
}

/** Times a row, everyone in a process that has done nothing else. */
async function time(row, contestants, { rounds, clock, profile: folder }) {
  const entrants = [];
  try {
    for (const contestant of contestants) {
      const name = `${row.name}-${contestant.name}.cpuprofile`.replaceAll(/[/ ,]+/g, '-');
      entrants.push(await Entrant.start(contestant, { clock, profile: folder && { folder, name } }));
      await entrants.at(-1).prepare(row);
    }
    const times = await race(entrants, rounds);
    return entrants.map(({ contestant }, place) => ({ contestant, times: times[place] }));
  } finally {
    await Promise.all(entrants.map((entrant) => entrant.end()));
  }
}

/** Rows that stand in the same table. */
function tables(rows) {
  return [...new Set(rows.map(({ table }) => table))].map((name) => rows.filter(({ table }) => table === name));
}
