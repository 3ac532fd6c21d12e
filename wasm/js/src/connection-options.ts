/** What a connection is told, and what it tells. */

import { integer, oneOf, options } from './arguments.ts';
import type { Ws101Error } from './errors.ts';
import { connecting, type Connect, type ExtensionOptions } from './extension.ts';
import { delivery, type BytesDelivery } from './resources.ts';

/** How a connection behaves; all of it has a default. */
export interface ConnectionOptions extends ExtensionOptions {
  /** The longest frame that is taken, in bytes: 0 to 2^53 - 1; 16 MiB unless given. */
  maxFrame?: number;
  /** The longest message that is taken, all its fragments together, in bytes: 0 to 2^53 - 1; 16 MiB unless given. */
  maxMessage?: number;
  /** How many bytes may wait to be written: 1 to 2^31; 1 MiB unless given. One frame may go beyond it. */
  maxOutgoing?: number;
  /** Whether messages come whole, or in parts as they arrive, which takes no memory; `'messages'` unless given. */
  delivery?: 'messages' | 'parts';
  /** Where their bytes lie; `'copy'` unless given. */
  bytes?: BytesDelivery;
  /** Who answers pings (§5.5.2); `'automatic'` unless given. */
  pongs?: 'automatic' | 'by-caller';
  /** Who answers the other end's Close (§5.5.1); `'automatic'` unless given. */
  closes?: 'automatic' | 'by-caller';
  /** After how long a silence a ping is sent, and how much longer the silence may last, in milliseconds; see {@link Connection.tick}. */
  keepAlive?: { interval: number; patience: number };
  /** How long the other end may take to answer our Close, in milliseconds; 5000 unless given. See {@link Connection.tick}. */
  closeTimeout?: number;
}

/** What came in. */
export type ConnectionEvent =
  /** A text message. */
  | { type: 'text'; data: string }
  /** A message of bytes. */
  | { type: 'binary'; data: Uint8Array }
  /** The next part of a message, of text perhaps cut within a character, where `delivery` is `'parts'`. */
  | { type: 'text-part' | 'binary-part'; data: Uint8Array; first: boolean; last: boolean }
  /** A ping, which was answered unless `pongs` is `'by-caller'`; or a pong. */
  | { type: 'ping' | 'pong'; data: Uint8Array }
  /** The other end's Close, which was answered unless `closes` is `'by-caller'`; without a code where it had no body. */
  | { type: 'close'; code: number | null; reason: string }
  /** The other end broke a rule. The Close that says so waits to be written, and nothing more is read. */
  | { type: 'violation'; error: Ws101Error };

/** Where a connection is: as in `State` of the Rust crate, and §7.1. */
export type ConnectionState = 'open' | 'close-sent' | 'close-received' | 'closed' | 'failed' | 'lost' | 'timed-out';

/** What is to be done with the transport, once what is outgoing is written (§7.1.1). */
export type TransportAction = 'continue' | 'await-close' | 'close';

const MAX = 16 * 1024 * 1024;
const MAX_OUTGOING = 1024 * 1024;
const CLOSE_TIMEOUT = 5000;

/** Options as the module takes them. */
export interface Settings {
  numbers: readonly number[];
  flags: number;
  parts: boolean;
  bytes: BytesDelivery;
  connect: Connect;
}

/** Judges options, and gives those that were left out their values. */
export function settings(o: ConnectionOptions | undefined): Settings {
  const given = options('the connection’s options', o);
  const parts = oneOf('delivery', given.delivery, ['messages', 'parts'], 'messages') === 'parts';
  const pongs = oneOf('pongs', given.pongs, ['automatic', 'by-caller'], 'automatic');
  const closes = oneOf('closes', given.closes, ['automatic', 'by-caller'], 'automatic');
  const alive = given.keepAlive === undefined ? undefined : options('keepAlive', given.keepAlive);
  const numbers = [
    limit('maxFrame', given.maxFrame, MAX, 0, Number.MAX_SAFE_INTEGER),
    limit('maxMessage', given.maxMessage, MAX, 0, Number.MAX_SAFE_INTEGER),
    limit('maxOutgoing', given.maxOutgoing, MAX_OUTGOING, 1, 2 ** 31),
    alive === undefined ? 0 : integer('keepAlive.interval', alive.interval, 1, Number.MAX_SAFE_INTEGER),
    alive === undefined ? 0 : integer('keepAlive.patience', alive.patience, 1, Number.MAX_SAFE_INTEGER),
    limit('closeTimeout', given.closeTimeout, CLOSE_TIMEOUT, 0, Number.MAX_SAFE_INTEGER),
  ];
  const flags =
    (parts ? 1 : 0) | (pongs === 'automatic' ? 0 : 2) | (closes === 'automatic' ? 0 : 4) | (alive === undefined ? 0 : 8);
  return { numbers, flags, parts, bytes: delivery(given.bytes), connect: connecting(given) };
}

function limit(name: string, value: number | undefined, fallback: number, least: number, most: number): number {
  return value === Infinity ? most : integer(name, value === undefined ? fallback : value, least, most);
}
