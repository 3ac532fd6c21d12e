/** What lies beneath a connection: two streams of bytes, such as a TCP connection has. */

/**
 * Bytes that come and go: a `Deno.Conn`, a socket of workerd's `connect()`, or in Node `Duplex.toWeb(socket)`. (Not of a
 * socket with `allowHalfOpen`, whose streams of this kind do not tell that the other end has closed its side.)
 */
export interface ByteTransport {
  /** What the other end sends. */
  readonly readable: ReadableStream<Uint8Array>;
  /** What is sent to it. Closing it closes at least our side of the transport. */
  readonly writable: WritableStream<Uint8Array>;
}

/**
 * What is thrown when no rule was broken, but the transport or the other end is gone. Recognise it by `code`.
 *
 * - `TRANSPORT_LOST`: the transport ended or broke before Close frames went both ways; `cause` is its own error.
 * - `PEER_SILENT`: the other end did not answer in time, a ping (`keepAlive`) or our Close (`closeTimeout`).
 * - `HANDSHAKE_TIMEOUT`: the opening handshake was not over in time.
 */
export interface TransportError extends Error {
  code: 'TRANSPORT_LOST' | 'PEER_SILENT' | 'HANDSHAKE_TIMEOUT';
  /** What such an end is called in place of a status code (§7.1.5), after the opening handshake: 1006. */
  statusCode?: number;
}

const SENTENCES = {
  TRANSPORT_LOST: 'The transport ended before the closing handshake was over (RFC 6455 §7.1.5).',
  PEER_SILENT: 'The other end was silent for too long, and the transport was closed (RFC 6455 §7.1.5).',
  HANDSHAKE_TIMEOUT: 'The opening handshake was not over in time, and the transport was closed.',
};

/** The error of this code; `cause` is what led to it, if anything did. */
export function transportError(code: TransportError['code'], cause?: unknown): TransportError {
  const error = new Error(SENTENCES[code], cause === undefined ? undefined : { cause });
  error.name = 'TransportError';
  return Object.assign(error, { code, ...(code === 'HANDSHAKE_TIMEOUT' ? {} : { statusCode: 1006 }) });
}

/** A transport, while it is ours alone. Its reads and writes end at once when it is aborted, whatever it does. */
export class Transport {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  #error: unknown;
  #isAborted = false;
  #stopRead: (() => void) | undefined;
  #stopWrite: (() => void) | undefined;

  /** Throws a `TypeError` where one of the streams is none, or is locked. */
  constructor(transport: ByteTransport) {
    const { readable, writable } = transport ?? {};
    if (typeof readable?.getReader !== 'function' || typeof writable?.getWriter !== 'function') {
      throw new TypeError('the transport must have `readable` and `writable`, streams of bytes (in Node: Duplex.toWeb(socket))');
    }
    this.#writer = writable.getWriter();
    try {
      this.#reader = readable.getReader();
    } catch (error) {
      this.#writer.releaseLock();
      throw error;
    }
    // Both are heard of by reading and writing.
    this.#reader.closed.catch(() => {});
    this.#writer.closed.catch(() => {});
    this.#writer.ready.catch(() => {});
  }

  /** Why it broke; `undefined` where it did not. */
  get error(): unknown {
    return this.#error;
  }

  /** The next chunk; `null` when there is none, because it ended or broke. */
  read(): Promise<Uint8Array | null> {
    if (this.#isAborted) {
      return Promise.resolve(null);
    }
    return new Promise((resolve) => {
      this.#stopRead = () => resolve(null);
      this.#reader.read().then(
        ({ done, value }) => resolve(done ? null : value),
        (error: unknown) => {
          this.#error ??= error;
          resolve(null);
        },
      );
    });
  }

  /** Writes, and waits until it is written; whether it was. */
  write(chunk: Uint8Array): Promise<boolean> {
    return this.#written(() => this.#writer.write(chunk));
  }

  /** Closes our side, and waits until it is closed. */
  async close(): Promise<void> {
    await this.#written(() => this.#writer.close());
  }

  /** Discards what comes until the other end closes its side. */
  async drain(): Promise<void> {
    while ((await this.read()) !== null) {
      // §1.4: "a peer discards any further data received"
    }
  }

  /** Closes our side and waits for the other end to close its own, `patience` milliseconds at most. */
  async end(patience: number): Promise<void> {
    const timer = setTimeout(() => this.abort(), patience);
    await this.close();
    await this.drain();
    clearTimeout(timer);
    this.release();
  }

  /** Ends both sides at once. */
  abort(reason?: unknown): void {
    this.#isAborted = true;
    this.#error ??= reason;
    // What is under way need not notice: a write waits for the other end to read, and an abort for that write.
    this.#reader.cancel(reason).catch(() => {});
    this.#writer.abort(reason).catch(() => {});
    this.#stopRead?.();
    this.#stopWrite?.();
  }

  /** Lets others use the streams. */
  release(): void {
    this.#reader.releaseLock();
    this.#writer.releaseLock();
  }

  #written(work: () => Promise<void>): Promise<boolean> {
    if (this.#isAborted) {
      return Promise.resolve(false);
    }
    return new Promise((resolve) => {
      this.#stopWrite = () => resolve(false);
      work().then(
        () => resolve(true),
        (error: unknown) => {
          this.#error ??= error;
          resolve(false);
        },
      );
    });
  }
}
