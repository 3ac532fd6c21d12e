// The one program that every runtime, bundle and browser runs: what the package does, checked from outside.
//
// It needs nothing but the language and what browsers, Node, Deno, Bun and workerd all have, and draws no conclusion from
// where it runs, so that its number of checks is the same everywhere. What an entry is asked stands in `../entries.json`.

import { Checks } from './checks.mjs';
import { connection } from './connection.mjs';
import { deflate } from './deflate.mjs';
import { doctor } from './doctor.mjs';
import { frames } from './frames.mjs';
import { handshake } from './handshake.mjs';
import { inspect } from './inspect.mjs';
import { streams } from './streams.mjs';
import { together } from './together.mjs';

/** @type {Record<string, (entry: any, checks: Checks) => void | Promise<void>>} */
const EXERCISES = { handshake, frames, connection, streams, deflate, inspect, doctor };

/**
 * Has an entry do its exercises; of several, has them work together, since each has done its own alone.
 *
 * @param {readonly any[]} entries
 * @param {readonly string[]} names the exercises of the one
 * @returns the number of checks of each exercise
 */
export async function exercise(entries, names) {
  const [entry, ...more] = entries;
  if (more.length > 0) return [await counted('together', together, entries)];
  const counts = [];
  for (const name of names) counts.push(await counted(name, EXERCISES[name], entry));
  return counts;
}

/**
 * @template Subject
 * @param {string} name
 * @param {((subject: Subject, checks: Checks) => void | Promise<void>) | undefined} run
 * @param {Subject} subject
 */
async function counted(name, run, subject) {
  if (run === undefined) throw new Error(`there is no exercise ${name}`);
  const checks = new Checks();
  await run(subject, checks);
  if (checks.count === 0) throw new Error(`${name} checked nothing`);
  return checks.count;
}
