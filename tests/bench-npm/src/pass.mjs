// Doing a row's work and saying how long it took.

/**
 * The work of a row, once.
 *
 * @typedef {() => Spent | Promise<Spent>} Pass
 * @typedef {{ time: number, operations: number }} Spent Milliseconds, and for how many messages, keys or requests.
 */

/** What tells the time, in milliseconds: the clock on the wall, or what the system says of this process’s processors. */
const CLOCKS = {
  wall: () => performance.now(),
  processor() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
};

let now = CLOCKS.wall;

/** Chooses the clock. @param {'wall' | 'processor'} clock */
export function measureBy(clock) {
  now = CLOCKS[clock];
}

/** The milliseconds that some work takes. */
export function timed(work) {
  const begin = now();
  work();
  return now() - begin;
}

/** The same for work of which a part may be asynchronous. */
export async function timedAsync(work) {
  const begin = now();
  await work();
  return now() - begin;
}

/** Repeats passes until they took so many milliseconds; at least one. @param {Pass} pass @returns {Promise<Spent>} */
export async function repeated(pass, milliseconds) {
  const spent = { time: 0, operations: 0 };
  do {
    const { time, operations } = await pass();
    spent.time += time;
    spent.operations += operations;
  } while (spent.time < milliseconds);
  return spent;
}
