/** Random bytes, drawn from the platform many at a time, each handed out once. */

/** A call of the platform's generator costs as much as encoding several frames, so it fills this many bytes at once. */
const POOL_LENGTH = 4096;

// Made on first use: some runtimes forbid randomness while a module loads.
let pool = new Uint8Array(0);
let used = 0;

/** `length` bytes (at most 4096) that nobody was given before. */
export function random(length: number): Uint8Array {
  if (used + length > pool.length) {
    pool = crypto.getRandomValues(new Uint8Array(POOL_LENGTH));
    used = 0;
  }
  used += length;
  const bytes = pool.slice(used - length, used);
  // What was handed out is secret; a later reader of this memory has no business with it.
  pool.fill(0, used - length, used);
  return bytes;
}

let words = new Uint32Array(0);
let usedWords = 0;

/** A masking-key that nobody was given before, as a word. */
export function randomWord(): number {
  if (usedWords === words.length) {
    words = crypto.getRandomValues(new Uint32Array(POOL_LENGTH / 4));
    usedWords = 0;
  }
  const word = words[usedWords]!;
  words[usedWords] = 0;
  usedWords += 1;
  return word;
}
