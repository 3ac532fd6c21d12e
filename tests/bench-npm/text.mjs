// How a runtime makes a string of bytes that are known to be UTF-8: every way that it has, timed side by side. It needs
// nothing else, so that each runtime can run it: node text.mjs, deno run text.mjs, bun text.mjs. `textAt` of
// `wasm/js/src/table.ts` chooses by what this shows.
import { Buffer } from 'node:buffer';

const START = 128;
const ROUNDS = 25;
const BYTES_A_ROUND = 2 ** 21;

const memory = new Uint8Array(2 ** 20);
const buffer = Buffer.from(memory.buffer);
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const WAYS = {
  TextDecoder: (end) => decoder.decode(memory.subarray(START, end)),
  utf8Slice: (end) => buffer.utf8Slice(START, end),
  latin1Slice: (end) => buffer.latin1Slice(START, end),
};

const TEXTS = [
  { kind: 'ASCII', sample: 'hello world, ', ways: ['TextDecoder', 'utf8Slice', 'latin1Slice'] },
  { kind: 'multilingual', sample: '你好 wörld ', ways: ['TextDecoder', 'utf8Slice'] },
];

/** Nanoseconds for one string: the shortest of all rounds, in which the ways take turns. */
function race(ways, end) {
  const times = Math.ceil(BYTES_A_ROUND / (end - START) / 4);
  const shortest = ways.map(() => Infinity);
  for (let round = 0; round < ROUNDS; round++) {
    ways.forEach((way, place) => {
      const begin = performance.now();
      for (let count = 0; count < times; count++) WAYS[way](end);
      shortest[place] = Math.min(shortest[place], ((performance.now() - begin) / times) * 1e6);
    });
  }
  return shortest;
}

for (const { kind, sample, ways } of TEXTS) {
  for (const least of [24, 125, 500, 2000, 65_000]) {
    const bytes = new TextEncoder().encode(sample);
    const text = sample.repeat(Math.ceil(least / bytes.length));
    const end = START + new TextEncoder().encodeInto(text, memory.subarray(START)).written;
    for (const way of ways) {
      if (WAYS[way](end) !== text) throw new Error(`${way} reads ${kind} wrongly`);
    }
    const [first, ...others] = race(ways, end);
    const ratios = others.map((time, place) => `${ways[place + 1]} ${(first / time).toFixed(2)}`);
    console.log(`${kind}, ${end - START} B: TextDecoder ${first.toFixed(0)} ns; times as fast: ${ratios.join(', ')}`);
  }
}
