// Loads every entry of the built package in this Node, by `import` and by `require`, and has each answer a key.
// Arguments: the major version that this Node must have, and the package's folder.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [major, folder] = process.argv.slice(2);
assert.equal(process.versions.node.split('.')[0], major, 'this is another Node');

const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const require = createRequire(import.meta.url);
let loaded = 0;
for (const [entry, target] of Object.entries(exports)) {
  for (const [condition, load] of [
    ['default', (path) => import(pathToFileURL(path))],
    ['require', (path) => require(path)],
  ]) {
    const path = target[condition]?.default ?? (condition === 'default' ? target.default : undefined);
    if (path === undefined) continue; // a file, or an entry without this form
    const loadedEntry = await load(join(folder, path));
    if (typeof loadedEntry.default === 'function') await loadedEntry.default(bytes(exports['./wasm']));
    work(entry, loadedEntry);
    loaded += 1;
  }
}
assert.ok(loaded > 0, 'no entry was loaded');
console.log(`Node ${process.version} loaded ${loaded} forms of entries`);

/** The module of the entry that has to be given it. */
function bytes(path) {
  return readFileSync(join(folder, path));
}

function work(entry, { acceptKey, diagnose, explainAcceptKey }) {
  if (acceptKey) assert.equal(acceptKey('dGhlIHNhbXBsZSBub25jZQ=='), 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=', entry);
  else if (diagnose) assert.ok(diagnose({ fromServer: Uint8Array.of(0xff) }).findings.length > 0, entry);
  else assert.ok(explainAcceptKey('dGhlIHNhbXBsZSBub25jZQ=='), entry);
}
