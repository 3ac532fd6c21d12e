/** A connection over a transport of the platform's streams (RFC 6455 §5 to §7). */

import { bytes, options } from '../arguments.ts';
import { Connection } from '../connection.ts';
import type { ConnectionOptions } from '../connection-options.ts';
import type { Role } from '../decoder.ts';
import { errorOf, type Ws101Error } from '../errors.ts';
import { Outlet } from './outlet.ts';
import { Session, type ConnectionEnd, type Message } from './session.ts';
import { Transport, type ByteTransport, type TransportError } from './transport.ts';

/** How a connection over streams behaves: as a {@link Connection} whose messages come whole. */
export interface ConnectionStreamOptions extends Omit<ConnectionOptions, 'delivery' | 'bytes' | 'pongs' | 'closes'> {
  /** Bytes that came behind the head of the opening handshake; {@link HeadReader} calls them `rest`. */
  received?: Uint8Array | ArrayBuffer;
}

/** So many bytes of messages may wait behind those that are being written. */
const ENOUGH = 65_536;
const CLOSE_TIMEOUT = 5000;
const NORMAL_CLOSURE = 1000;
const INTERNAL_ERROR = 1011;

/**
 * A connection after its opening handshake, with its transport: messages in and messages out, as streams. Pings are
 * answered, silence is noticed (`keepAlive`), and the closing handshake and the end of the transport are seen to, neither
 * of which takes longer than `closeTimeout`. {@link acceptStream} and {@link connectStream} do the opening handshake.
 *
 * Nothing is read beyond a message that nobody has asked for, and nothing is written faster than the other end reads.
 * So read {@link readable} to its end, or cancel it: a Close behind an unread message is not seen.
 *
 * @example
 * ```js
 * const stream = ConnectionStream.server(transport, { received: rest });
 * await stream.readable.pipeTo(stream.writable); // an echo
 * const { code, reason } = await stream.closed;
 * ```
 */
export class ConnectionStream {
  /**
   * The messages that come. It ends with the other end's Close, and fails as {@link closed} does. The Close is answered
   * when more is asked for than came, so that what the last message led to can still be sent.
   *
   * Cancelling it begins the closing handshake: with 1000, or with 1011 where a reason is given. What still comes is
   * dropped.
   */
  readonly readable: ReadableStream<Message>;
  /**
   * Takes messages to be sent. A write is done when its message was handed to the transport, or waits there with few
   * others. It fails with `SEND_NOT_OPEN` after a Close; one of what is no message fails with a `TypeError`, and ends the
   * connection with 1011.
   *
   * Closing it begins the closing handshake with 1000 and waits for its end, as far as messages that still come are read.
   * Aborting it does so with 1011 and waits for nothing.
   */
  readonly writable: WritableStream<Message>;
  /**
   * What the other end's Close said, when the transport is closed. It fails with a {@link Ws101Error} where the other end
   * broke a rule, and with a {@link TransportError} where it or the transport was gone. Nobody has to listen to it.
   */
  readonly closed: Promise<ConnectionEnd>;
  /** Which end we are. */
  readonly role: Role;
  readonly #session: Session;
  readonly #outlet: Outlet<Message>;

  /** The end that accepted the connection. Throws a `TypeError` or `RangeError` that names the option. */
  static server(transport: ByteTransport, o?: ConnectionStreamOptions): ConnectionStream {
    return new ConnectionStream('server', transport, o);
  }

  /** The end that opened it. Throws as {@link ConnectionStream.server} does. */
  static client(transport: ByteTransport, o?: ConnectionStreamOptions): ConnectionStream {
    return new ConnectionStream('client', transport, o);
  }

  private constructor(role: Role, transport: ByteTransport, o: ConnectionStreamOptions | undefined) {
    const { received, ...given } = options('the connection’s options', o);
    const first = received === undefined ? undefined : bytes('received', received);
    const connection = Connection[role]({ ...given, delivery: 'messages', bytes: 'copy', pongs: 'automatic', closes: 'by-caller' });
    this.role = role;
    this.#outlet = new Outlet((reason) => this.#session.close(reason === undefined ? NORMAL_CLOSURE : INTERNAL_ERROR));
    this.#session = new Session(connection, new Transport(transport), this.#outlet, {
      outgoing: Math.min((given.maxOutgoing ?? Infinity) / 2, ENOUGH),
      closeTimeout: given.closeTimeout ?? CLOSE_TIMEOUT,
    });
    this.readable = this.#outlet.stream;
    this.closed = this.#session.run(first);
    this.closed.catch(() => {});
    this.writable = this.#writable();
  }

  /**
   * Begins the closing handshake, or answers the other end's Close, and gives {@link closed}; without a code the Close has
   * no body. {@link readable} ends here, and what still comes is dropped. Await what was written before: a write that has
   * not begun fails. Where the connection is closing already, nothing is sent.
   *
   * Throws `ENCODE_STATUS_NOT_ALLOWED`, `ENCODE_REASON_TOO_LONG` and `ENCODE_REASON_WITHOUT_STATUS`.
   */
  close(code?: number, reason?: string): Promise<ConnectionEnd> {
    this.#session.close(code, reason);
    this.#outlet.end();
    return this.closed;
  }

  #writable(): WritableStream<Message> {
    let sink: WritableStreamDefaultController;
    let takes = true;
    const close = (code: number): void => {
      takes = false;
      this.#session.close(code);
    };
    const fail = (error: unknown): void => {
      if (takes) {
        sink.error(error);
      }
    };
    this.#session.onWriteFailed = fail;
    // Who pipes our messages back closes `writable` when `readable` has ended, and is not to be told that this is wrong.
    this.closed.then(
      () => setTimeout(() => fail(errorOf('SEND_NOT_OPEN'))),
      fail,
    );
    return new WritableStream<Message>({
      start: (controller) => {
        sink = controller;
        // An abort waits for the write under way, which may wait for the other end.
        controller.signal.addEventListener('abort', () => close(INTERNAL_ERROR));
      },
      write: async (message) => {
        try {
          await this.#session.send(message);
        } catch (error) {
          close(INTERNAL_ERROR);
          throw error;
        }
      },
      close: async () => {
        close(NORMAL_CLOSURE);
        await this.closed;
      },
    });
  }
}
