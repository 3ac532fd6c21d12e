// Timing contestants beside each other.

/** How long a contestant works in a round, in milliseconds. */
const TURN = 15;

/**
 * How a contestant did in a row.
 *
 * @typedef {object} Outcome
 * @property {import('./contestants/index.mjs').Contestant} contestant
 * @property {{ words: string, anotherJob: boolean } | null} omission What it leaves out.
 * @property {number[]} times Nanoseconds for each operation, round after round.
 */

/**
 * Times all entrants of a row in turn, round after round, so that whatever else the machine does falls on all of them.
 * The order changes from round to round, so that none always follows the same.
 *
 * @returns {Promise<number[][]>} The times of each.
 */
export async function race(entrants, rounds, random = Math.random) {
  const times = entrants.map(() => []);
  const order = entrants.map((_, place) => place);
  for (let round = 0; round < rounds; round++) {
    shuffle(order, random);
    for (const place of order) times[place].push(await entrants[place].turn(TURN));
  }
  return times;
}

function shuffle(list, random) {
  for (let end = list.length - 1; end > 0; end--) {
    const other = Math.floor(random() * (end + 1));
    [list[end], list[other]] = [list[other], list[end]];
  }
}
