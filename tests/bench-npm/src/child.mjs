// One contestant in a process of its own: what the others load, allocate and make of the engine's guesses does not touch
// it. It is started with the contestant’s file and name and the clock, and answers one command at a time.

import { contestantOf } from './contestants/index.mjs';
import { JOBS } from './jobs.mjs';
import { measureBy, repeated } from './pass.mjs';
import { rowOf } from './rows.mjs';

/** How long a contestant is warmed up before it is timed, in milliseconds. */
const WARM_UP = 200;

const [, , file, name, clock] = process.argv;
const contestant = await contestantOf(file, name);
measureBy(clock);
let pass;

const COMMANDS = {
  /** Sees whether it does what it says in a row. */
  async verify(name) {
    const row = rowOf(name);
    return { omission: await JOBS[row.job].verify(contestant, row) };
  },

  /** Gets ready to be timed in a row. */
  async prepare(name) {
    const row = rowOf(name);
    pass = await JOBS[row.job].prepare(contestant, row);
    await repeated(pass, WARM_UP);
    return {};
  },

  /** Works for so many milliseconds, and says how many nanoseconds each operation took. */
  async turn(milliseconds) {
    // Others had the processor's caches meanwhile.
    await pass();
    const { time, operations } = await repeated(pass, milliseconds);
    return { nanoseconds: (time * 1e6) / operations };
  },
};

process.on('message', async ({ command, argument }) => {
  try {
    process.send(await COMMANDS[command](argument));
  } catch (error) {
    process.send({ error: error instanceof Error ? error.message : String(error) });
  }
});
process.on('disconnect', () => process.exit());
process.send({});
