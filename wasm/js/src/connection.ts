/** A connection after its opening handshake (RFC 6455 §5 to §7). */

import type { Connection as Module, Table } from '../generated/ws101_wasm.js';
import { bytes, bytesOrText, flag, integer, oneOf, options, text } from './arguments.ts';
import { settings, type ConnectionEvent, type ConnectionOptions, type ConnectionState, type TransportAction } from './connection-options.ts';
import type { Role } from './decoder.ts';
import { running, stopped } from './engine.ts';
import { copied } from './pool.ts';
import { randomWord } from './random.ts';
import { SLICE, dispose, type BytesDelivery } from './resources.ts';
import {
  MORE, REPORT, TAKEN, claim, copyOut, disclaim, look, owns, putNumbers, putPayload, refuse, textAt, violation, type Views,
} from './table.ts';

const STATES = ['open', 'close-sent', 'close-received', 'closed', 'failed', 'lost', 'timed-out'] as const;
const ACTIONS = ['continue', 'await-close', 'close'] as const;

const EMPTY = new Uint8Array(0);
const NONE: ConnectionEvent[] = [];

/** Words of a row. */
const ROW = 4;

/** Bits of a row's first word beside the opcode, and what stands in the opcode's place where a rule was broken. */
const FIRST = 1 << 8;
const LAST = 1 << 9;
const ASCII = 1 << 10;
const OPCODE = 0x0f;
const TEXT = 1;
const BINARY = 2;
const CLOSE = 8;
const PING = 9;
const PONG = 10;
const FIN = 0x80;

/**
 * A connection after its opening handshake, without the transport. Its methods are of four kinds:
 *
 * 1. what the network delivers: {@link receive}, {@link transportEnded};
 * 2. what the application wants: {@link sendText}, {@link sendBinary}, {@link sendFragment}, {@link ping}, {@link pong},
 *    {@link close};
 * 3. what the caller must now do: write {@link takeOutgoing}, obey {@link transportAction}, call {@link tick} in time;
 * 4. getters.
 *
 * Pongs, the answer to a Close, and the Close that names a broken rule are queued without being asked for.
 *
 * @example
 * ```js
 * const connection = Connection.server();
 * socket.on('data', (chunk) => {
 *   for (const event of connection.receive(chunk)) {
 *     if (event.type === 'text') connection.sendText(event.data);
 *     if (event.type === 'binary') connection.sendBinary(event.data);
 *   }
 *   socket.write(connection.takeOutgoing());
 *   if (connection.transportAction === 'close') socket.end();
 * });
 * ```
 */
export class Connection {
  #module: Module | undefined;
  readonly #role: Role;
  readonly #bytes: BytesDelivery;
  readonly #parts: boolean;
  readonly #events: Events;
  /** The chunks that are not read to their end, the first of them first. */
  #chunks: Uint8Array[] = [];
  /** What of the first chunk lies in the table, and how far it is read. */
  #loaded = 0;
  #read = 0;
  #end = 0;
  /** The rows of the last call, and how many of them were told; where they begin in the chunk. */
  #rows = 0;
  #told = 0;
  #start = 0;
  /** Where their payloads lie for the caller, once they do: a buffer, and how far its places are from the table's. */
  #delivered: Uint8Array = EMPTY;
  #buffer: ArrayBufferLike = EMPTY.buffer;
  #shift = 0;
  #more = false;
  /** Events that were told together, and how many of them an iteration has come to. */
  #ready: ConnectionEvent[] = NONE;
  #given = 0;
  /** Whether as much waits to be written as may. */
  #full = false;

  /** The end that accepted the connection. Throws a `TypeError` or `RangeError` that names the option. */
  static server(o?: ConnectionOptions): Connection {
    return new Connection('server', o);
  }

  /** The end that opened it: every frame is masked with new random bytes. Throws as {@link Connection.server} does. */
  static client(o?: ConnectionOptions): Connection {
    return new Connection('client', o);
  }

  private constructor(role: Role, o: ConnectionOptions | undefined) {
    oneOf('role', role, ['client', 'server']);
    const { numbers, flags, parts, bytes: delivery, connect } = settings(o);
    this.#role = role;
    this.#parts = parts;
    this.#bytes = delivery;
    this.#events = new Events(() => this.#next());
    try {
      const table = claim(this);
      putNumbers(numbers);
      this.#module = connect(table, role === 'server' ? 1 : 0, flags);
    } catch (error) {
      stopped(error);
    }
    disclaim(this);
  }

  /**
   * Takes a chunk of any length, and gives the events in it, in order, as they are asked for: what an event leads to (a
   * pong, the answer to a Close, a failure) has not happened before the iteration is there. The chunk is the connection's
   * until all was read.
   *
   * What an iteration leaves unread is not lost: the next `receive`, with a chunk or without, begins with it. An iteration also
   * ends while as much waits to be written as `maxOutgoing`; then {@link pending} is not 0: write, and call `receive()`.
   *
   * A broken rule is an event, and the last one; later chunks are dropped.
   *
   * @example
   * ```js
   * for (const event of connection.receive(chunk)) console.log(event.type);
   * ```
   */
  receive(chunk?: Uint8Array | ArrayBuffer): IterableIterator<ConnectionEvent> {
    this.#alive();
    if (chunk !== undefined) {
      const given = bytes('chunk', chunk);
      if (given.length > 0) {
        this.#chunks.push(given);
      }
    }
    return this.#events;
  }

  /** The transport gives no more bytes: its end came, or it broke. */
  transportEnded(): void {
    const module = this.#alive();
    this.#call(() => module.transport_ended());
  }

  /**
   * Queues a text message. What a string has of halves of surrogate pairs is sent as U+FFFD, as browsers do.
   *
   * Throws `SEND_NOT_OPEN` after a Close, `SEND_QUEUE_FULL`, and `ENCODE_MESSAGE_UNFINISHED` while fragments are under way.
   */
  sendText(data: string): void {
    this.#send(FIN | TEXT, text('data', data));
  }

  /** Queues a message of bytes. Throws as {@link sendText} does. */
  sendBinary(data: Uint8Array | ArrayBuffer): void {
    this.#send(FIN | BINARY, bytes('data', data));
  }

  /**
   * Queues the next fragment of a message (§5.4): `opcode` 1 or 2 for the first, 0 for the others, with `fin` for the last.
   * Text may be cut within a character. Pings and pongs may stand between them.
   *
   * Throws as {@link sendText} does, and `ENCODE_UNEXPECTED_CONTINUATION` and `ENCODE_INVALID_UTF8`.
   *
   * @example
   * ```js
   * connection.sendFragment({ opcode: opcodes.text, payload: 'Hel', fin: false });
   * connection.sendFragment({ opcode: opcodes.continuation, payload: 'lo' });
   * ```
   */
  sendFragment(o: { opcode: number; payload?: Uint8Array | ArrayBuffer | string; fin?: boolean }): void {
    const { opcode, payload = '', fin } = options('sendFragment’s argument', o);
    const first = integer('opcode', opcode, 0, BINARY) | (flag('fin', fin, true) ? FIN : 0);
    this.#send(first, bytesOrText('payload', payload));
  }

  /** Queues a ping of at most 125 bytes (§5.5.2). Throws as {@link sendText} does, and `ENCODE_CONTROL_TOO_LONG`. */
  ping(data: Uint8Array | ArrayBuffer | string = ''): void {
    this.#send(FIN | PING, bytesOrText('data', data));
  }

  /** Queues a pong of at most 125 bytes (§5.5.3). Throws as {@link ping} does. */
  pong(data: Uint8Array | ArrayBuffer | string = ''): void {
    this.#send(FIN | PONG, bytesOrText('data', data));
  }

  /**
   * Begins the closing handshake, or answers the other end's Close; without a code the Close has no body. Nothing can be
   * sent after it. The reason takes at most 123 bytes as UTF-8.
   *
   * Throws `SEND_NOT_OPEN`, `ENCODE_STATUS_NOT_ALLOWED`, `ENCODE_REASON_TOO_LONG`, `ENCODE_REASON_WITHOUT_STATUS`.
   */
  close(code?: number, reason = ''): void {
    const module = this.#alive();
    const status = code === undefined ? 0 : integer('code', code, 1, 65_535);
    const words = text('reason', reason);
    this.#call(() => refuse(running().table.close(module, status, putPayload(words), this.#key())));
  }

  /** All bytes that wait to be written, the caller's to keep; they count as written. Empty when there are none. */
  takeOutgoing(): Uint8Array {
    const module = this.#alive();
    this.#full = false;
    return this.#call(() => copyOut(running().table.take_outgoing(module)));
  }

  /** How many bytes wait to be written. */
  get outgoingLength(): number {
    return this.#alive().outgoing_length();
  }

  /**
   * What is to be done with the transport: `'continue'`; `'await-close'`: wait for the server to close it, a few seconds at most;
   * `'close'`: close it. While bytes wait to be written it is `'continue'`.
   */
  get transportAction(): TransportAction {
    return ACTIONS[this.#alive().status() >> 8]!;
  }

  /** Where the connection is. */
  get state(): ConnectionState {
    return STATES[this.#alive().status() & 0xff]!;
  }

  /** Which end we are. */
  get role(): Role {
    return this.#role;
  }

  /** About how many bytes were given to {@link receive} that an iteration has not come to yet: 0 when there are none. */
  get pending(): number {
    const unread = this.#chunks.reduce((sum, chunk) => sum + chunk.length, 0) - this.#read;
    return unread + (this.#rows - this.#told) + (this.#ready.length - this.#given);
  }

  /**
   * Tells the time, in milliseconds of any clock that does not go back (`performance.now()`), and gives the time at which
   * to call again if nothing happens before; `null` where it waits for nothing.
   *
   * Call it after each drain and at the time it gave: what is due then happens, a ping of `keepAlive`, or the end of a
   * connection whose other end is silent for too long (`'timed-out'`).
   */
  tick(now: number): number | null {
    const module = this.#alive();
    if (typeof now !== 'number' || !(now >= 0 && now <= Number.MAX_SAFE_INTEGER)) {
      throw new RangeError(`now must be a time in milliseconds from 0 to 2^53 - 1, but is ${String(now)}`);
    }
    const next = this.#call(() => module.tick(Math.floor(now), this.#key()));
    return next < 0 ? null : next;
  }

  /** Frees the memory that is only kept for what may come next, of a connection that is quiet. */
  shrink(): void {
    const module = this.#alive();
    this.#call(() => module.shrink());
  }

  /** Gives its memory back at once, rather than when it is collected. */
  free(): void {
    disclaim(this);
    this.#module?.free();
    this.#module = undefined;
    this.#chunks = [];
    this.#ready = NONE;
    this.#given = 0;
    this.#rows = this.#told = 0;
  }

  /** Lets `using` free it. */
  declare [Symbol.dispose]: () => void;

  static {
    dispose(this);
  }

  /** @internal */
  spill(): void {
    // Views of what others will overwrite are no use.
    this.#tellAll('copy');
  }

  #next(): ConnectionEvent | undefined {
    this.#alive();
    if (this.#full) {
      return undefined;
    }
    if (this.#given < this.#ready.length) {
      return this.#ready[this.#given++];
    }
    if (this.#told === this.#rows && !this.#fill()) {
      // A connection that is quiet holds no chunk.
      this.#ready = NONE;
      this.#given = 0;
      this.#delivered = EMPTY;
      this.#buffer = EMPTY.buffer;
      return undefined;
    }
    // One by one: a view must be made when it is asked for, since what was done with the one before may have made the
    // memory grow; and what is made long before that costs the collector more than all the rest.
    const event = this.#tell(this.#told, this.#bytes);
    this.#told += 1;
    return event;
  }

  /** Has the module read on until there is something to tell; whether there is. */
  #fill(): boolean {
    const module = this.#alive();
    while (this.#advance()) {
      try {
        const table = this.#load();
        this.#start = this.#read;
        this.#told = 0;
        this.#delivered = EMPTY;
        this.#rows = table.receive(module, this.#read - this.#loaded, this.#end - this.#loaded, this.#key());
      } catch (error) {
        stopped(error);
      }
      const { words } = look();
      this.#read = this.#loaded + words[TAKEN]!;
      this.#more = this.#rows > 0 && words[MORE] !== 0;
      if (this.#rows > 0) {
        return true;
      }
      if (this.#read < this.#end) {
        // As much waits to be written as may.
        return false;
      }
    }
    disclaim(this);
    return false;
  }

  /** Lets the chunk go that is read; whether there is something to ask the module for. */
  #advance(): boolean {
    const chunk = this.#chunks[0];
    if (chunk === undefined || this.#more) {
      return this.#more;
    }
    present(chunk);
    if (this.#read === chunk.length) {
      this.#chunks.shift();
      this.#read = this.#loaded = this.#end = 0;
    }
    return this.#chunks.length > 0;
  }

  /** Sees to it that the next of the chunk lies in the table. */
  #load(): Table {
    const isThere = owns(this);
    const table = claim(this);
    const chunk = this.#chunks[0];
    if (chunk !== undefined && (!isThere || (this.#read === this.#end && this.#end < chunk.length))) {
      present(chunk);
      this.#loaded = this.#read;
      this.#end = Math.min(chunk.length, this.#read + SLICE);
      const { heap, bytesAt } = look();
      heap.set(this.#end === chunk.length && this.#read === 0 ? chunk : chunk.subarray(this.#read, this.#end), bytesAt);
    }
    return table;
  }

  /** All rows that were not told, as events. */
  #tellAll(bytes: BytesDelivery): void {
    const events = this.#given < this.#ready.length ? this.#ready.slice(this.#given) : [];
    for (let row = this.#told; row < this.#rows; row++) {
      events.push(this.#tell(row, bytes));
    }
    this.#told = this.#rows;
    this.#ready = events;
    this.#given = 0;
  }

  /** A row as an event. What most of them are stands here by itself: short enough to be compiled into the caller's loop. */
  #tell(row: number, bytes: BytesDelivery): ConnectionEvent {
    const views = look();
    const { words } = views;
    const at = REPORT + row * ROW;
    const opcode = words[at]! & OPCODE;
    if (opcode !== BINARY || this.#parts) {
      return this.#tellOther(views, at, bytes);
    }
    return { type: 'binary', data: this.#payload(views, words[at + 1]!, words[at + 2]!, bytes) };
  }

  #tellOther(views: Views, at: number, bytes: BytesDelivery): ConnectionEvent {
    const { words } = views;
    const bits = words[at]!;
    const address = words[at + 1]!;
    const length = words[at + 2]!;
    const opcode = bits & OPCODE;
    if (opcode === TEXT && !this.#parts) {
      return { type: 'text', data: textAt(views, address, address + length, (bits & ASCII) !== 0) };
    }
    if (opcode === CLOSE) {
      const code = words[at + 3]!;
      return { type: 'close', code: code === 0 ? null : code, reason: textAt(views, address, address + length, false) };
    }
    if (opcode > PONG) {
      return { type: 'violation', error: violation()! };
    }
    const data = this.#payload(views, address, length, bytes);
    if (opcode === PING || opcode === PONG) {
      return { type: opcode === PING ? 'ping' : 'pong', data };
    }
    const type = opcode === TEXT ? 'text-part' : 'binary-part';
    return { type, data, first: (bits & FIRST) !== 0, last: (bits & LAST) !== 0 };
  }

  /** The bytes at an address, where they are wanted. */
  #payload(views: Views, address: number, length: number, bytes: BytesDelivery): Uint8Array {
    const { heap, memory, bytesAt } = views;
    if (bytes === 'view') {
      // Half of what `subarray` takes.
      return new Uint8Array(memory, address, length);
    }
    const isElsewhere = address < bytesAt || address >= bytesAt + SLICE;
    if (isElsewhere || (bytes === 'copy' && this.#rows === 1)) {
      return copied(heap, address, address + length);
    }
    // What somebody transferred has no length either.
    if (this.#delivered.length === 0) {
      this.#deliver(views, bytes);
    }
    return new Uint8Array(this.#buffer, address + this.#shift, length);
  }

  /** Puts all payloads of the last call where they are wanted. */
  #deliver({ heap, bytesAt }: Views, bytes: BytesDelivery): void {
    const shift = bytesAt - this.#loaded;
    const [from, to] = [this.#start + shift, this.#read + shift];
    if (bytes === 'copy') {
      this.#delivered = copied(heap, from, to);
      this.#shift = this.#delivered.byteOffset - from;
    } else {
      this.#delivered = present(this.#chunks[0]!);
      this.#delivered.set(heap.subarray(from, to), this.#start);
      this.#shift = this.#delivered.byteOffset - shift;
    }
    this.#buffer = this.#delivered.buffer;
  }

  #send(first: number, payload: Uint8Array | string): void {
    const module = this.#alive();
    this.#call(() => {
      refuse(running().table.send(module, first, putPayload(payload), this.#key()));
      this.#full = look().words[MORE] !== 0;
    });
  }

  /** The masking-key of the frame that a call may queue. */
  #key(): number {
    return this.#role === 'client' ? randomWord() : 0;
  }

  #call<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      return stopped(error);
    }
  }

  #alive(): Module {
    if (this.#module === undefined) {
      throw new TypeError('this Connection was freed: make a new one');
    }
    return this.#module;
  }
}

/** A chunk, which had bytes when it was given. */
function present(chunk: Uint8Array): Uint8Array {
  if (chunk.length === 0) {
    throw new TypeError('the chunk was transferred elsewhere before all of it was read: finish the iteration first');
  }
  return chunk;
}

/** What `receive` gives: all calls of it for a connection are one stream. */
class Events implements IterableIterator<ConnectionEvent> {
  readonly #pull: () => ConnectionEvent | undefined;

  constructor(pull: () => ConnectionEvent | undefined) {
    this.#pull = pull;
  }

  next(): IteratorResult<ConnectionEvent, undefined> {
    const value = this.#pull();
    return value === undefined ? { done: true, value } : { done: false, value };
  }

  [Symbol.iterator](): this {
    return this;
  }
}
