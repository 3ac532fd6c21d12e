// The entries of the package as `../entries.json` tells them, the one place that says which there are: a line an entry.
// `../consumer/entries.test.mjs` holds that table to the package's own `exports`.

import { readFileSync } from 'node:fs';

/**
 * An entry. One that starts by itself carries its module, and is had by `import`, by `require` and, as a file of its own,
 * in workerd; one that is started by `init` fetches its module, and is had by `import` alone.
 *
 * @typedef {object} Entry
 * @property {string} name what is imported
 * @property {string} wasm its module's file in the package's `dist`
 * @property {'by itself' | 'by init'} starts
 * @property {string[]} exercises what it is asked, by the names that `exercise/exercise.mjs` has for it
 * @property {string} attw the profile by which `attw` judges its types
 *
 * @typedef {'import' | 'require'} Form
 */

/** @type {readonly Entry[]} */
export const entries = JSON.parse(readFileSync(new URL('../entries.json', import.meta.url), 'utf8'));

/** @param {Entry} entry @param {Form} form */
export function has(entry, form) {
  return form === 'import' || entry.starts === 'by itself';
}
