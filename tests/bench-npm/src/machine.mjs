// What of the machine matters to the numbers.

import os from 'node:os';
import { version } from './contestants/index.mjs';

/** The facts, by name. @param {import('./contestants/index.mjs').Contestant[]} contestants */
export function facts(contestants) {
  const packages = [...new Set(contestants.flatMap((contestant) => contestant.packages))];
  return {
    node: process.versions.node,
    v8: process.versions.v8,
    system: `${os.type()} ${os.release()}, ${os.arch()}`,
    processor: os.cpus()[0]?.model.trim() ?? 'unknown',
    processors: os.availableParallelism(),
    packages: Object.fromEntries(packages.map((name) => [name, version(name)])),
  };
}

/** The facts, as lines of text. */
export function describe(contestants) {
  const { node, v8, system, processor, processors, packages } = facts(contestants);
  const versions = Object.entries(packages).map(([name, version]) => `${name} ${version}`);
  return `Node ${node} (V8 ${v8}) on ${system}; ${processors} processors: ${processor}\n${versions.join(', ')}\n`;
}
