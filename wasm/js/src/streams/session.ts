/** What drives a connection over a transport: it reads, hands over, writes, keeps the time, and ends everything. */

import type { Connection } from '../connection.ts';
import type { ConnectionEvent } from '../connection-options.ts';
import { errorOf } from '../errors.ts';
import { Clock } from './clock.ts';
import type { Outlet } from './outlet.ts';
import { transportError, type Transport } from './transport.ts';

/** A message: text as a string, else its bytes. */
export type Message = string | Uint8Array;

/** How a connection was closed: what the other end's Close said, which has no code where it had no body. */
export interface ConnectionEnd {
  code: number | null;
  reason: string;
}

/** What a session holds to. */
export interface SessionLimits {
  /** How many bytes of messages may wait behind those that are being written: fewer than the connection's queue takes. */
  outgoing: number;
  /** How long each part of an end may take, in milliseconds. */
  closeTimeout: number;
}

/** No character takes more bytes for each of its units. */
const BYTES_PER_UNIT = 3;

/** A connection at work, which leaves Closes to us: one is not answered while a message before it is worked on. */
export class Session {
  /** Called when nothing can be sent any more, though the connection is not over. */
  onWriteFailed: (error: unknown) => void = () => {};

  readonly #connection: Connection;
  readonly #transport: Transport;
  readonly #outlet: Outlet<Message>;
  readonly #limits: SessionLimits;
  readonly #clock = new Clock((now) => this.#tick(now));
  /** The write of the transport that is under way, and all writes until nothing waits. */
  #round: Promise<boolean> = Promise.resolve(true);
  #flushing: Promise<void> = Promise.resolve();
  #isWriting = false;
  /** The other end's Close; why there was none. */
  #end: ConnectionEnd | undefined;
  #error: unknown;
  /** Whether a message waits to be asked for, and how long it may. */
  #isHolding = false;
  #unread: ReturnType<typeof setTimeout> | undefined;
  /** How long the end may take. */
  #deadline: ReturnType<typeof setTimeout> | undefined;
  /** Whether nothing is read or written any more. */
  #isOver = false;

  constructor(connection: Connection, transport: Transport, outlet: Outlet<Message>, limits: SessionLimits) {
    this.#connection = connection;
    this.#transport = transport;
    this.#outlet = outlet;
    this.#limits = limits;
  }

  /** Reads to the end, and sees to it that everything else ends too. */
  async run(received: Uint8Array | undefined): Promise<ConnectionEnd> {
    this.#tick(this.#clock.now());
    try {
      await this.#read(received);
    } catch (error) {
      // What the transport gave is no bytes.
      this.#giveUp(error);
    }
    return this.#conclude();
  }

  /**
   * Sends a message; done when the transport has it, or it waits with few others. What would be too much waits here: while
   * the connection's queue is full nothing is read, and of two ends that do not read neither would write.
   */
  async send(message: Message): Promise<void> {
    const length = typeof message === 'string' ? message.length * BYTES_PER_UNIT : message?.byteLength;
    while (this.#isWriting && !this.#isOver && this.#connection.outgoingLength + length > this.#limits.outgoing) {
      await this.#round;
    }
    if (this.#isOver) {
      throw this.#error ?? errorOf('SEND_NOT_OPEN');
    }
    if (typeof message === 'string') {
      this.#connection.sendText(message);
    } else {
      this.#connection.sendBinary(message);
    }
    void this.#flush();
  }

  /** Begins the closing handshake, or answers the other end's Close; whether that was left to do. */
  close(code?: number, reason?: string): boolean {
    if (this.#isOver || !['open', 'close-received'].includes(this.#connection.state)) {
      return false;
    }
    this.#connection.close(code, reason);
    if (this.#connection.state === 'closed') {
      this.#outlet.end();
    }
    void this.#flush();
    this.#limitUnread();
    this.#tick(this.#clock.now());
    return true;
  }

  async #read(received: Uint8Array | undefined): Promise<void> {
    let chunk: Uint8Array | null | undefined = received;
    while (chunk !== null) {
      for (const event of this.#connection.receive(chunk)) {
        await this.#take(event);
        if (this.#isOver) {
          return;
        }
      }
      void this.#flush();
      this.#tick(this.#clock.now());
      if (!this.#reads) {
        return;
      }
      chunk = undefined;
      if (this.#connection.pending > 0) {
        // As much waits to be written as may.
        await this.#round;
      } else {
        chunk = await this.#transport.read();
      }
    }
    this.#connection.transportEnded();
  }

  async #take(event: ConnectionEvent): Promise<void> {
    if (event.type === 'text' || event.type === 'binary') {
      if (!this.#outlet.isAsked) {
        await this.#hold();
      }
      await this.#outlet.give(event.data);
    } else if (event.type === 'close') {
      this.#end = { code: event.code, reason: event.reason };
      await this.#answerClose(event.code);
    } else if (event.type === 'violation') {
      this.#error = event.error;
    }
  }

  /** Waits until a message is asked for. Meanwhile nothing is read, so that silence is not the other end's. */
  async #hold(): Promise<void> {
    void this.#flush();
    this.#clock.hold();
    this.#isHolding = true;
    this.#limitUnread();
    await this.#outlet.asked();
    this.#isHolding = false;
    clearTimeout(this.#unread);
    this.#clock.release();
  }

  /** After our own Close nobody has to read on: what is not asked for in time is dropped, but not without a word. */
  #limitUnread(): void {
    if (this.#isHolding && this.#connection.state !== 'open') {
      const error = new Error('a message that came after the Close was sent was not read in time: read on, or cancel `readable`');
      this.#unread = setTimeout(() => this.#outlet.fail(error), this.#limits.closeTimeout);
    }
  }

  /** Answers a Close when the application has asked for more than it got, or closes itself, or takes too long. */
  async #answerClose(code: number | null): Promise<void> {
    if (this.#connection.state === 'close-received' && this.#outlet.isBusy) {
      void this.#flush();
      const timer = setTimeout(() => this.#outlet.end(), this.#limits.closeTimeout);
      await this.#outlet.asked();
      clearTimeout(timer);
    }
    if (!this.#isOver && this.#connection.state === 'close-received') {
      // §5.5.1: "When sending a Close frame in response, the endpoint typically echos the status code it received."
      this.#connection.close(code ?? undefined);
    }
  }

  /** Writes what waits, and what comes to wait meanwhile. */
  #flush(): Promise<void> {
    if (!this.#isWriting) {
      this.#flushing = this.#write();
    }
    return this.#flushing;
  }

  async #write(): Promise<void> {
    this.#isWriting = true;
    try {
      while (!this.#isOver && this.#connection.outgoingLength > 0) {
        this.#round = this.#transport.write(this.#connection.takeOutgoing());
        if (!(await this.#round) && !this.#isOver) {
          // What the other end sent before it went, a Close perhaps, is still read.
          this.onWriteFailed(transportError('TRANSPORT_LOST', this.#transport.error));
          this.#limitEnd();
        }
      }
    } catch (error) {
      this.#giveUp(error);
    } finally {
      this.#isWriting = false;
    }
  }

  get #reads(): boolean {
    return ['open', 'close-sent'].includes(this.#connection.state);
  }

  #tick(now: number): void {
    if (this.#isOver || !this.#reads) {
      return;
    }
    const next = this.#connection.tick(now);
    if (this.#connection.state === 'timed-out') {
      this.#giveUp(transportError('PEER_SILENT'));
    } else {
      void this.#flush();
      this.#clock.ringAt(next);
    }
  }

  /** From now on it may take so long until all is over. */
  #limitEnd(): void {
    const giveUp = () => this.#giveUp(transportError('TRANSPORT_LOST', this.#transport.error));
    this.#deadline ??= setTimeout(giveUp, this.#limits.closeTimeout);
  }

  /** Ends everything that is under way. */
  #giveUp(error: unknown): void {
    if (!this.#isOver) {
      this.#isOver = true;
      this.#error ??= error;
      this.#transport.abort(error);
      this.#outlet.fail(error);
    }
  }

  /** Tells the reader, then ends the transport, then tells everybody. */
  async #conclude(): Promise<ConnectionEnd> {
    this.#clock.stop();
    const isClean = this.#connection.state === 'closed' && this.#end !== undefined;
    if (isClean) {
      this.#outlet.end();
    } else {
      this.#error ??= transportError('TRANSPORT_LOST', this.#transport.error);
      this.#outlet.fail(this.#error);
    }
    await this.#endTransport();
    this.#isOver = true;
    this.#connection.free();
    if (isClean) {
      return this.#end!;
    }
    throw this.#error;
  }

  /** §7.1.1: the server closes the transport first, but for an end that failed the connection. */
  async #endTransport(): Promise<void> {
    this.#limitEnd();
    await this.#flush();
    if (this.#connection.transportAction === 'await-close') {
      await this.#transport.drain();
    }
    await this.#transport.close();
    await this.#transport.drain();
    clearTimeout(this.#deadline);
    this.#transport.release();
  }
}
