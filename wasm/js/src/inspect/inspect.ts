/** What each bit of a head or of frames means. */

import { fieldKinds, fieldTexts, type FieldKind } from '../../generated/inspect/fields.ts';
import { bytes as bytesOf, options } from '../arguments.ts';
import type { Role } from '../decoder.ts';
import { ruleError, type Ws101Error } from '../errors.ts';
import { call } from './engine.ts';

export { fieldTexts, type FieldKind };

/** A labelled range of bits. */
export interface InspectedField {
  /** What it is; {@link fieldTexts} has its name and a sentence. */
  kind: FieldKind;
  /** 0 for a frame or a line, 1 for its parts, 2 for theirs. */
  depth: number;
  /** The first bit, counted from the first byte's highest. */
  start: number;
  /** The bit after the last one. */
  end: number;
  /** The number that the bits stand for, unmasked, where they stand for one. */
  value: bigint | null;
  /** Whether all of it is there. */
  complete: boolean;
}

/** What was found in some bytes. */
export interface Inspection {
  /** Depth first: a field comes before those inside it. */
  fields: InspectedField[];
  /** Every rule that is broken, in order. */
  problems: Ws101Error[];
  /** Bytes that the head, or the whole frames, take. */
  consumed: number;
}

/** How bytes are to be read. */
export interface InspectOptions {
  /** Frames one after another, malformed ones too; a request head; or a response head. */
  as: 'frames' | 'request' | 'response';
  /** For frames: which end we are, who receive them; without it, both masked and unmasked ones are taken. */
  role?: Role;
}

/** Places are counted in bits and cross as 32-bit numbers. */
const MAX_LENGTH = 2 ** 28;

/** Words of a field and of a problem. */
const FIELD = 5;
const PROBLEM = 3;

/**
 * Labels the bits of frames or of a head, and tells what is wrong with them. Malformed bytes are labelled as far as they
 * reach; nothing that a peer can send makes it throw. At most 256 MiB at a time.
 *
 * @example
 * ```js
 * const { fields } = inspect(Uint8Array.of(0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f), { as: 'frames' });
 * fields.find((field) => field.kind === 'opcode'); // bits 4 to 8, value 1n
 * ```
 */
export function inspect(bytes: Uint8Array | ArrayBuffer, o: InspectOptions): Inspection {
  const given = bytesOf('bytes', bytes);
  const { as, role } = options('inspect’s second argument', o);
  if (given.length > MAX_LENGTH) {
    throw new RangeError(`inspect takes at most ${MAX_LENGTH} bytes, but got ${given.length}`);
  }
  if (role !== undefined && role !== 'client' && role !== 'server') {
    throw new TypeError(`role must be 'client' or 'server': which end we are`);
  }
  const roleNumber = role === undefined ? 2 : role === 'server' ? 1 : 0;
  const { words } = call(given, (exchange) => {
    switch (as) {
      case 'frames':
        return exchange.inspect_frames(roleNumber);
      case 'request':
        return exchange.inspect_request();
      case 'response':
        return exchange.inspect_response();
      default:
        throw new TypeError(`as must be 'frames', 'request' or 'response'`);
    }
  });
  const [consumed = 0, count = 0] = words;
  const fields = rows(words, 2, 2 + count * FIELD, FIELD, field);
  const problems = rows(words, 2 + count * FIELD, words.length, PROBLEM, ([verdict, start, end]) =>
    ruleError(verdict! - 1, [start!, end!]),
  );
  return { fields, problems, consumed };
}

function rows<T>(words: Uint32Array, start: number, end: number, length: number, read: (row: Uint32Array) => T): T[] {
  const found: T[] = [];
  for (let at = start; at < end; at += length) {
    found.push(read(words.subarray(at, at + length)));
  }
  return found;
}

function field([bits, start, end, low, high]: Uint32Array): InspectedField {
  const value = BigInt(low!) | (BigInt(high!) << 32n);
  return {
    kind: fieldKinds[bits! & 0xff]!,
    depth: (bits! >>> 8) & 0xff,
    start: start!,
    end: end!,
    value: (bits! & (1 << 17)) === 0 ? null : value,
    complete: (bits! & (1 << 16)) !== 0,
  };
}
