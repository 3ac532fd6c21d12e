/** A recording as callers give it, judged and laid out for the module: bytes, and numbers that say which are what. */

import { flag, list, number, oneOf, optionalBytesOrText, options, type Bytes } from '../arguments.ts';
import { joined, utf8 } from '../bytes.ts';

/** One of the two ends of a connection. */
export type End = 'client' | 'server';

/** How an end ended the TCP connection: in order, or by a reset. */
export type Ended = 'fin' | 'rst';

/** Bytes that were recorded; a string stands for its UTF-8. */
export type Recorded = Bytes | DataView | string;

/**
 * The bytes of one connection, as far as they are known. What is left out, or `null`, was not recorded: the frames alone
 * can be judged, or the handshake alone.
 */
export interface Recording {
  /** The client's handshake. Bytes behind its head are the beginning of `fromClient`. */
  request?: Recorded | null;
  /** What the server answered. Bytes behind its head are the beginning of `fromServer`. */
  response?: Recorded | null;
  /** What the server sent after its answer. */
  fromServer?: Recorded | null;
  /** What the client sent after its handshake. */
  fromClient?: Recorded | null;
  /**
   * How the server ended the TCP connection after the last of these bytes; `null` when that is not known. The browsers'
   * verdicts then tell what comes when it ends it some seconds later.
   */
  ended?: Ended | null;
  /**
   * Everything in its order and with its time, where that matters: it takes the place of `fromServer` and `fromClient`.
   * It may begin with the heads; if it does not, `request` and `response` are taken to have crossed before it.
   */
  timeline?: readonly Moment[] | null;
}

/** Something that an end did: it sent bytes, or it ended the connection. */
export type Moment = {
  /** When, in milliseconds since the connection was made; fractions count to the microsecond. */
  at: number;
  /** Who did it. */
  from: End;
} & ({ bytes: Recorded } | { ended: Ended } | { fin: true } | { rst: true });

/** What crosses to the module. */
export interface Layout {
  bytes: Uint8Array;
  words: Uint32Array;
}

/** The most bytes that a call takes, over all its arguments. */
const LIMIT = 64 * 1024 * 1024;

/** The latest moment, in milliseconds: in microseconds it is still a whole number. */
const LATEST = 2 ** 53 / 1000;

/** The numbers that the module knows these by. */
const ABSENT = 0xffff_ffff;
const ENDED = { fin: 1, rst: 2 } as const;
const FROM = { client: 0, server: 1 } as const;

const PARTS = ['request', 'response', 'fromServer', 'fromClient'] as const;

/** A moment whose arguments are judged: bytes, or how it ended. */
interface Judged {
  at: number;
  from: End;
  what: Uint8Array | Ended;
}

/** Judges a recording and lays out its streams, or its timeline where it has one. */
export function layOut(recording: Recording): Layout & { kind: 'streams' | 'timeline' } {
  const given = options('diagnose’s argument', recording);
  const names = [...PARTS, 'ended', 'timeline'];
  if (!names.some((name) => name in given)) {
    throw new TypeError(`diagnose’s argument holds nothing that was recorded: none of ${names.join(', ')}`);
  }
  const budget = new Budget('diagnose');
  const parts = PARTS.map((name) => budget.take(name, given[name]));
  const ended = given.ended === undefined || given.ended === null ? null : oneOf('ended', given.ended, ['fin', 'rst']);
  if (given.timeline === undefined || given.timeline === null) {
    const lengths = parts.map((part) => part?.length ?? ABSENT);
    return { kind: 'streams', bytes: joined(parts), words: Uint32Array.of(ended === null ? 0 : ENDED[ended], ...lengths) };
  }
  const [request, response] = parts;
  const moments = list('timeline', given.timeline).map((value, place) => moment(`timeline[${place}]`, value, budget));
  inOrder(moments);
  ending(moments, ended);
  heads(moments, request ?? null, response ?? null);
  return { kind: 'timeline', ...layOutMoments(moments) };
}

/** What is left of the limit on the bytes that one call takes. */
export class Budget {
  readonly #caller: string;
  #left = LIMIT;

  constructor(caller: string) {
    this.#caller = caller;
  }

  /** The bytes of an argument; `null` where there are none. */
  take(name: string, value: unknown): Uint8Array | null {
    const found = optionalBytesOrText(name, value);
    if (found === null) {
      return null;
    }
    // A text has at least as many bytes as it has units, so that one which is far too long is not even encoded.
    this.#pay(name, found.length);
    const bytes = utf8(found);
    this.#pay(name, bytes.length - found.length);
    return bytes;
  }

  #pay(name: string, length: number): void {
    this.#left -= length;
    if (this.#left < 0) {
      throw new RangeError(`${this.#caller} takes at most ${LIMIT} bytes in all, and with ${name} there are more`);
    }
  }
}

function moment(name: string, value: unknown, budget: Budget): Judged {
  const given = options(name, value as Record<string, unknown>);
  const at = number(`${name}.at`, given.at, 0, LATEST);
  const from = oneOf(`${name}.from`, given.from, ['client', 'server']);
  const bytes = budget.take(`${name}.bytes`, given.bytes);
  const ended = given.ended === undefined || given.ended === null ? null : oneOf(`${name}.ended`, given.ended, ['fin', 'rst']);
  const flags = (['fin', 'rst'] as const).filter((end) => flag(`${name}.${end}`, given[end], false));
  const [what, ...more] = [bytes, ended, ...flags].filter((found) => found !== null);
  if (what === undefined || more.length > 0) {
    const found = what === undefined ? 'neither' : 'more';
    throw new TypeError(`${name} must hold either bytes, or ended: 'fin' or 'rst', but holds ${found}`);
  }
  return { at, from, what };
}

function inOrder(moments: readonly Judged[]): void {
  for (const [place, { at }] of moments.entries()) {
    const before = moments[place - 1]?.at ?? 0;
    if (at < before) {
      throw new RangeError(`timeline[${place}].at is ${at}, before timeline[${place - 1}].at, which is ${before}: sort them`);
    }
  }
}

/** How the server ended the connection may stand beside the timeline instead of in it. */
function ending(moments: Judged[], ended: Ended | null): void {
  const told = moments.findLast(({ from, what }) => from === 'server' && typeof what === 'string');
  if (ended === null || told?.what === ended) {
    return;
  }
  if (told !== undefined) {
    throw new TypeError(`ended is '${ended}', but in the timeline the server ends the connection by '${String(told.what)}'`);
  }
  moments.push({ at: moments.at(-1)?.at ?? 0, from: 'server', what: ended });
}

/** Heads that stand beside the timeline come before it, unless it begins with them. */
function heads(moments: Judged[], request: Uint8Array | null, response: Uint8Array | null): void {
  if (response !== null && !beginsWith(moments, 'server', response)) {
    moments.unshift({ at: 0, from: 'server', what: response });
  }
  if (request !== null && !beginsWith(moments, 'client', request)) {
    moments.unshift({ at: 0, from: 'client', what: request });
  }
}

/** Whether what an end sends begins with these bytes. */
function beginsWith(moments: readonly Judged[], end: End, bytes: Uint8Array): boolean {
  let matched = 0;
  for (const { from, what } of moments) {
    if (from === end && typeof what !== 'string') {
      const length = Math.min(what.length, bytes.length - matched);
      const sent = what.subarray(0, length);
      if (!sent.every((byte, place) => byte === bytes[matched + place])) {
        return false;
      }
      matched += length;
    }
  }
  return matched === bytes.length;
}

function layOutMoments(moments: readonly Judged[]): Layout {
  const words = moments.flatMap(({ at, from, what }) => {
    const microseconds = Math.round(at * 1000);
    const [end, length] = typeof what === 'string' ? [ENDED[what], 0] : [0, what.length];
    return [microseconds % 2 ** 32, Math.floor(microseconds / 2 ** 32), FROM[from], end, length];
  });
  const bytes = joined(moments.map(({ what }) => (typeof what === 'string' ? null : what)));
  return { bytes, words: Uint32Array.from(words) };
}
