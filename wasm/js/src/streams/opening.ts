/** The opening handshake over a transport of the platform's streams (RFC 6455 §4), both sides. */

import { integer, options, texts } from '../arguments.ts';
import { errorOf, type Ws101Error } from '../errors.ts';
import { accepting, offering, type AcceptingOptions, type OfferingOptions } from '../extension.ts';
import {
  buildErrorResponse, buildRequest, buildResponse, generateKey, verifyRequest, verifyResponse,
  type HeaderList, type RequestOptions, type VerifiedRequest, type VerifiedResponse, type VerifyRequestOptions,
} from '../handshake.ts';
import { HeadReader } from '../head-reader.ts';
import { ConnectionStream, type ConnectionStreamOptions } from './connection.ts';
import { Transport, transportError, type ByteTransport } from './transport.ts';

/** What both sides of the opening handshake take. */
export interface OpeningOptions extends Omit<ConnectionStreamOptions, 'received' | 'deflate'> {
  /** The longest head that is taken, in bytes: 1 to 16 MiB, 16384 unless given. */
  maxHead?: number;
  /** How long the opening handshake may take, in milliseconds; 10000 unless given. */
  handshakeTimeout?: number;
  /** Ends the opening handshake when it is aborted; afterwards it has no effect. */
  signal?: AbortSignal;
}

/** What {@link acceptStream} takes. */
export interface AcceptStreamOptions extends OpeningOptions, AcceptingOptions, VerifyRequestOptions {
  /**
   * The subprotocols that are spoken, the preferred one first, of which the first that was offered is chosen; or what
   * chooses one of those offered. `null` is none; so is the list where none of it was offered.
   */
  subprotocols?: readonly string[] | ((request: VerifiedRequest) => string | null | Promise<string | null>);
  /** Further fields of the response, or what makes them. */
  headers?: HeaderList | ((request: VerifiedRequest) => HeaderList | Promise<HeaderList>);
}

/** What {@link connectStream} takes. */
export interface ConnectStreamOptions extends OpeningOptions, OfferingOptions, Omit<RequestOptions, 'key' | 'extensions'> {}

/** A connection that was accepted. */
export type AcceptedStream = ConnectionStream & {
  /** What was asked for. */
  readonly request: VerifiedRequest;
  /** The subprotocol in use. */
  readonly subprotocol: string | null;
};

/** A connection that was opened. */
export type ConnectedStream = ConnectionStream & {
  /** What was answered. */
  readonly response: VerifiedResponse;
  /** The subprotocol in use. */
  readonly subprotocol: string | null;
};

const MAX_HEAD = 16_384;
const HANDSHAKE_TIMEOUT = 10_000;
const CLOSE_TIMEOUT = 5000;

/**
 * Accepts a connection: reads a request, answers it, and gives the open connection. Bytes behind the head are its first.
 *
 * A request that breaks a rule is refused with the response for it, and the rule is thrown: a {@link Ws101Error}, as are
 * `HEAD_TOO_LONG`, and `HEAD_INCOMPLETE` where the transport ended before. {@link TransportError}s are `HANDSHAKE_TIMEOUT`
 * and `TRANSPORT_LOST`. What `subprotocols` and `headers` throw is thrown. The transport is closed then, in each case.
 *
 * @example
 * ```js
 * for await (const transport of Deno.listen({ port: 8080 })) {
 *   acceptStream(transport, { allowedOrigins: ['https://example.com'], subprotocols: ['chat'] })
 *     .then(({ readable, writable }) => readable.pipeTo(writable))
 *     .catch((error) => console.error(error.message));
 * }
 * ```
 */
export async function acceptStream(transport: ByteTransport, o?: AcceptStreamOptions): Promise<AcceptedStream> {
  const { subprotocols, headers, allowedOrigins, deflate, ...given } = options('acceptStream’s second argument', o);
  const accept = accepting({ deflate });
  const choose = typeof subprotocols === 'function' ? subprotocols : preferred(texts('subprotocols', subprotocols));
  return opened(transport, given, async (pipe, nextHead) => {
    let request: VerifiedRequest;
    let found: Found;
    try {
      found = await nextHead();
      request = verifyRequest(found.head, allowedOrigins === undefined ? {} : { allowedOrigins });
    } catch (error) {
      await refuse(pipe, error as Ws101Error, given.closeTimeout);
      throw error;
    }
    const subprotocol = (await choose(request)) ?? null;
    const fields = (typeof headers === 'function' ? await headers(request) : headers) ?? [];
    const { agreed, ...extensions } = accept(request.extensions);
    const chosen = { ...extensions, ...(subprotocol === null ? {} : { subprotocol }) };
    await write(pipe, buildResponse({ key: request.key, headers: fields, ...chosen }));
    return (behaviour) => {
      const stream = ConnectionStream.server(transport, { ...behaviour, ...agreed, received: found.rest });
      return Object.assign(stream, { request, subprotocol });
    };
  });
}

/**
 * Opens a connection: sends a request, judges the answer, and gives the open connection. Bytes behind the head are its
 * first. Interim responses (100 to 199, but 101) are passed over.
 *
 * Throws the rule that the response breaks, such as `RESPONSE_NOT_101`, and else as {@link acceptStream} does; the
 * transport is closed then.
 *
 * @example
 * ```js
 * const transport = await Deno.connect({ hostname: 'example.com', port: 80 });
 * const stream = await connectStream(transport, { host: 'example.com', target: '/chat', subprotocols: ['chat'] });
 * for await (const message of stream.readable) console.log(stream.subprotocol, message);
 * ```
 */
export async function connectStream(transport: ByteTransport, o: ConnectStreamOptions): Promise<ConnectedStream> {
  const { host, target, origin, subprotocols, headers, deflate, ...given } = options('connectStream’s second argument', o);
  const { agree, ...extensions } = offering({ deflate });
  return opened(transport, given, async (pipe, nextHead) => {
    const key = generateKey();
    await write(pipe, buildRequest({ host, target, origin, subprotocols, headers, key, ...extensions } as RequestOptions));
    let { head, rest } = await nextHead();
    for (;;) {
      try {
        const offered = { ...extensions, ...(subprotocols === undefined ? {} : { subprotocols }) };
        const response = verifyResponse(head, { key, ...offered });
        const agreed = agree(response.extensions);
        return (behaviour) => {
          const stream = ConnectionStream.client(transport, { ...behaviour, ...agreed, received: rest });
          return Object.assign(stream, { response, subprotocol: response.subprotocol });
        };
      } catch (error) {
        if ((error as Ws101Error).code !== 'RESPONSE_INTERIM') {
          throw error;
        }
        ({ head, rest } = await nextHead(rest));
      }
    }
  });
}

/**
 * Does an opening handshake within its time, with the transport for itself; then makes the connection of what that gave.
 * Where it fails, the transport is closed.
 */
async function opened<T>(
  transport: ByteTransport,
  { maxHead = MAX_HEAD, handshakeTimeout = HANDSHAKE_TIMEOUT, signal, ...behaviour }: OpeningOptions,
  handshake: (pipe: Transport, nextHead: (first?: Uint8Array) => Promise<Found>) => Promise<(behaviour: ConnectionStreamOptions) => T>,
): Promise<T> {
  integer('maxHead', maxHead, 1, 2 ** 24);
  integer('handshakeTimeout', handshakeTimeout, 0, 2 ** 31 - 1);
  const pipe = new Transport(transport);
  let giveUp = (_: unknown): void => {};
  const givenUp = new Promise<never>((_, reject) => (giveUp = reject));
  const aborted = (): void => giveUp(signal?.reason);
  const timer = setTimeout(() => giveUp(transportError('HANDSHAKE_TIMEOUT')), handshakeTimeout);
  signal?.addEventListener('abort', aborted);
  try {
    signal?.throwIfAborted();
    const open = await Promise.race([handshake(pipe, (first) => head(pipe, maxHead, first)), givenUp]);
    pipe.release();
    return open(behaviour);
  } catch (error) {
    pipe.abort(error);
    pipe.release();
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', aborted);
  }
}

interface Found {
  head: Uint8Array;
  rest: Uint8Array;
}

/** The next head, of bytes that came already and those that come. */
async function head(pipe: Transport, maxLength: number, first?: Uint8Array): Promise<Found> {
  const reader = new HeadReader({ maxLength });
  try {
    for (let chunk = first ?? (await pipe.read()); chunk !== null; chunk = await pipe.read()) {
      const found = reader.receive(chunk);
      if (found !== null) {
        return found;
      }
    }
  } finally {
    reader.free();
  }
  throw pipe.error === undefined ? errorOf('HEAD_INCOMPLETE') : transportError('TRANSPORT_LOST', pipe.error);
}

async function write(pipe: Transport, head: Uint8Array): Promise<void> {
  if (!(await pipe.write(head))) {
    throw transportError('TRANSPORT_LOST', pipe.error);
  }
}

/** Answers a request that breaks a rule, and closes the transport. */
async function refuse(pipe: Transport, error: Ws101Error, patience = CLOSE_TIMEOUT): Promise<void> {
  let response: Uint8Array;
  try {
    response = buildErrorResponse(error);
  } catch {
    // It is about something else.
    return;
  }
  await pipe.write(response);
  await pipe.end(patience);
}

/** Chooses the first of a list that was offered. */
function preferred(list: readonly string[]): (request: VerifiedRequest) => string | null {
  return ({ subprotocols }) => list.find((name) => subprotocols.includes(name)) ?? null;
}
