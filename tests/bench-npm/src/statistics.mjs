// What many measurements of one thing say.

/** The shortest time: what the work costs where nothing else disturbs. Infinite without times. */
export function minimum(times) {
  return times.reduce((least, time) => Math.min(least, time), Infinity);
}

/** The number in the middle, or the mean of the two there. Infinite without numbers. */
export function median(numbers) {
  return quantile(numbers, 0.5);
}

/** The number below which a share of the others lies, from 0 to 1; between two numbers, a mean of them. */
export function quantile(numbers, share) {
  if (numbers.length === 0) return Infinity;
  const sorted = Float64Array.from(numbers).sort();
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const above = Math.ceil(place);
  return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
}

/**
 * How many times as fast one is as another.
 *
 * @typedef {object} Speed
 * @property {number} byMinimum By the shortest times of each.
 * @property {number} byRounds The median of what each round says by itself. What else the machine did, it did to both.
 * @property {number} low A quarter of the rounds says less than this.
 * @property {number} high A quarter of the rounds says more than this.
 */

/**
 * The speed of who took the times `ours`, beside who took the times `theirs` in the same rounds.
 *
 * @returns {Speed}
 */
export function speed(ours, theirs) {
  const rounds = ours.map((time, round) => theirs[round] / time);
  return {
    byMinimum: minimum(theirs) / minimum(ours),
    byRounds: median(rounds),
    low: quantile(rounds, 0.25),
    high: quantile(rounds, 0.75),
  };
}
