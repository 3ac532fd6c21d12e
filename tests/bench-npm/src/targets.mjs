// What the project wants of itself in a row, and whether a run shows it. A target that is missed fails nothing.

/** Beside whom. */
export const WITHOUT_ADDON = 'ws';
export const WITH_ADDON = 'ws + bufferutil';

/** Times as fast, for messages of 16 B, 125 B, 1 KiB, 64 KiB and 1 MiB; payloads are the caller's to keep. */
const OWNED_IN_LARGE_CHUNKS = {
  [WITHOUT_ADDON]: { 16: 9, 125: 7, 1024: 15, 65536: 14, 1048576: 15 },
  [WITH_ADDON]: { 16: 8.5, 125: 4.5, 1024: 3 },
};

/** The same where views count too: nothing that copies keeps up with an addon that unmasks in place. */
const ANY_IN_LARGE_CHUNKS = { [WITH_ADDON]: { 65536: 1, 1048576: 1 } };

/** A frame as small as this is small. */
const SMALL = 125;

/**
 * A target.
 *
 * @typedef {object} Target
 * @property {string} beside The contestant's name.
 * @property {number} atLeast How many times as fast ours is to be.
 * @property {'owned' | 'any'} bytes Whether who hands out views counts.
 */

/** The targets of a row: binary messages that are read. @returns {Target[]} */
export function targets({ job, content, size, cut }) {
  if (job !== 'decode' || content !== 'binary') return [];
  if (cut === 'one frame a chunk') {
    const beside = size <= SMALL ? [WITHOUT_ADDON, WITH_ADDON] : [];
    return beside.map((name) => ({ beside: name, atLeast: 1, bytes: 'owned' }));
  }
  return [...listed(OWNED_IN_LARGE_CHUNKS, size, 'owned'), ...listed(ANY_IN_LARGE_CHUNKS, size, 'any')];
}

function listed(factors, size, bytes) {
  const named = Object.entries(factors).filter(([, sizes]) => sizes[size] !== undefined);
  return named.map(([beside, sizes]) => ({ beside, atLeast: sizes[size], bytes }));
}

/** Whether a contestant of ours counts for a target. */
export function counts(target, contestant) {
  return target.bytes === 'any' || contestant.bytes === 'owned';
}

/** Whether it is met, by what the rounds say. @param {import('./statistics.mjs').Speed} speed */
export function isMet(target, speed) {
  return speed.byRounds >= target.atLeast;
}
