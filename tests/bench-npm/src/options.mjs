// What the command line asks for.

import { parseArgs } from 'node:util';

export const USAGE = `cargo xtask bench npm [WORD…] [--only WORD]… [--rounds N] [--processor] [--json FILE]
                       [--profile FOLDER] [--verify]

  WORD              only rows whose names hold every WORD: decode, binary, 'one frame', '1 KiB', fresh, handshake, …
  --only WORD       only contestants whose names hold one of the WORDs; ours and both of ws are needed for the targets
  --rounds N        time every contestant N times in each row (31 unless named)
  --processor       count the processors’ time instead of the clock’s: for a machine that does other work too
  --json FILE       write every number to FILE too, as lines of JSON
  --profile FOLDER  write what each contestant spends its time on to FOLDER, as .cpuprofile files; slower
  --verify          time nothing: see that every contestant does what it says`;

const OPTIONS = {
  only: { type: 'string', multiple: true, default: [] },
  rounds: { type: 'string', default: '31' },
  processor: { type: 'boolean', default: false },
  json: { type: 'string' },
  profile: { type: 'string' },
  verify: { type: 'boolean', default: false },
};

/** An argument that is wrong: the message says which, and how the program is called. */
export class UsageError extends Error {
  constructor(message) {
    super(`${message}\n\n${USAGE}`);
  }
}

/** Reads the arguments after the program's name. Throws a {@link UsageError}. */
export function parse(args) {
  let parsed;
  try {
    parsed = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error.message);
  }
  const { values, positionals } = parsed;
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new UsageError(`--rounds needs a whole number from 1 on, and \`${values.rounds}\` is none`);
  }
  const lower = (words) => words.map((word) => word.toLowerCase());
  return { ...values, clock: values.processor ? 'processor' : 'wall', rounds, words: lower(positionals), only: lower(values.only) };
}

/** The rows whose names hold all words. Throws a {@link UsageError} where there is none. */
export function wantedRows(rows, { words }) {
  const wanted = rows.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)));
  if (wanted.length === 0) {
    throw new UsageError(`\`${words.join(' ')}\` is in the name of no row: each word must be in it`);
  }
  return wanted;
}

/** The contestants whose names hold one of the words. Throws a {@link UsageError} where there is none. */
export function wantedContestants(contestants, { only }) {
  const wants = ({ name }) => only.length === 0 || only.some((word) => name.toLowerCase().includes(word));
  const wanted = contestants.filter(wants);
  if (wanted.length === 0) {
    const names = contestants.map(({ name }) => name).join(', ');
    throw new UsageError(`--only ${only.join(', ')}: no contestant is called so; there are ${names}`);
  }
  return wanted;
}
