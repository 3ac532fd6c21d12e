/** The opening handshake (RFC 6455 §4), both sides. */

import { refusals } from '../generated/tables.ts';
import { bytesOrText, options, optionalText, pairs, text, texts } from './arguments.ts';
import { utf8 } from './bytes.ts';
import { call, callWithTexts, type Results } from './engine.ts';
import type { Ws101Error } from './errors.ts';
import { random } from './random.ts';

/** Further fields of a head: names and values. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

/** What a client asks for. */
export interface RequestOptions {
  /** `name` or `name:port`, as in the URL. */
  host: string;
  /** Path and query, from `/` on, percent-encoded; `/` when it is left out. */
  target?: string;
  /** From {@link generateKey}; fresh for each connection. */
  key: string;
  /** `scheme://host`, as browsers send it; no field when it is left out. */
  origin?: string;
  /** The subprotocols to offer, the preferred one first. */
  subprotocols?: readonly string[];
  /** The extensions to offer, written as the field's value (§9.1). */
  extensions?: string;
  /** Further fields: cookies, authorization, user agent. */
  headers?: HeaderList;
}

/** What a server answers. */
export interface ResponseOptions {
  /** The key of the request. */
  key: string;
  /** The subprotocol in use, one of those offered; no field when it is left out. */
  subprotocol?: string;
  /** The extensions in use, written as the field's value; no field when it is left out. */
  extensions?: string;
  /** Further fields. */
  headers?: HeaderList;
}

/** What a request must be, beyond the RFC's own rules. */
export interface VerifyRequestOptions {
  /** The origins that may connect, in any case of letters; every origin and none may when it is left out. */
  allowedOrigins?: readonly string[];
}

/** What a client sent, for the answer to be judged. */
export interface VerifyResponseOptions {
  /** The key that was sent. */
  key: string;
  /** The subprotocols that were offered. */
  subprotocols?: readonly string[];
  /** The extensions that were offered, as the field's value. */
  extensions?: string;
}

/** A parameter of an extension; `value` is `null` where none was given. */
export interface ExtensionParameter {
  name: string;
  value: string | null;
}

/** An extension with its parameters, in order (§9.1). */
export interface Extension {
  name: string;
  parameters: ExtensionParameter[];
}

/** A request that breaks no rule. */
export interface VerifiedRequest {
  target: string;
  host: string;
  origin: string | null;
  key: string;
  subprotocols: string[];
  extensions: Extension[];
}

/** A response that breaks no rule. */
export interface VerifiedResponse {
  subprotocol: string | null;
  extensions: Extension[];
}

/**
 * A new value for `Sec-WebSocket-Key`: 16 random bytes in base64, 24 characters (RFC 6455 §4.1).
 *
 * @example
 * ```js
 * generateKey().length; // 24
 * ```
 */
export function generateKey(): string {
  return call(random(16), (exchange) => exchange.key_from_nonce()).string();
}

/**
 * The value of `Sec-WebSocket-Accept` that answers a key (RFC 6455 §4.2.2).
 *
 * Throws `REQUEST_KEY_INVALID` when the key is not the base64 form of 16 bytes.
 *
 * @example
 * ```js
 * acceptKey('dGhlIHNhbXBsZSBub25jZQ=='); // 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=' (§1.3)
 * ```
 */
export function acceptKey(key: string): string {
  return call(utf8(text('key', key)), (exchange) => exchange.accept_key()).string();
}

/**
 * The head of a client's opening handshake (RFC 6455 §4.1), ready to be sent.
 *
 * Throws `BUILD_…` for what cannot stand in a head, and `REQUEST_KEY_INVALID`.
 *
 * @example
 * ```js
 * const key = generateKey();
 * socket.write(buildRequest({ host: 'example.com', target: '/chat', key, subprotocols: ['chat'] }));
 * ```
 */
export function buildRequest(o: RequestOptions): Uint8Array {
  const given = options('buildRequest’s argument', o);
  const names = texts('subprotocols', given.subprotocols);
  const input = [
    text('host', given.host),
    given.target === undefined ? '/' : text('target', given.target),
    text('key', given.key),
    optionalText('origin', given.origin),
    optionalText('extensions', given.extensions),
    ...names,
    ...pairs('headers', given.headers),
  ];
  return callWithTexts(input, (exchange) => exchange.build_request(names.length)).bytes();
}

/**
 * Judges the head of a client's opening handshake as a server must (RFC 6455 §4.2.1). Bytes after the head are left
 * alone; {@link HeadReader} cuts them off.
 *
 * Throws the first rule that the head breaks, with the bytes it is about and the HTTP status to answer
 * ({@link buildErrorResponse} writes that answer).
 *
 * @example
 * ```js
 * const request = verifyRequest(head, { allowedOrigins: ['https://example.com'] });
 * socket.write(buildResponse({ key: request.key }));
 * ```
 */
export function verifyRequest(head: Uint8Array | ArrayBuffer | string, o?: VerifyRequestOptions): VerifiedRequest {
  const { allowedOrigins } = options('verifyRequest’s second argument', o);
  const origins = texts('allowedOrigins', allowedOrigins);
  const found = callWithTexts([bytesOrText('head', head), ...origins], (exchange) =>
    exchange.verify_request(allowedOrigins !== undefined),
  );
  return {
    target: found.nextText(),
    host: found.nextText(),
    origin: found.nextOptional(),
    key: found.nextText(),
    subprotocols: found.nextList(() => found.nextText()),
    extensions: extensions(found),
  };
}

/**
 * The head of the 101 response that opens a connection (RFC 6455 §4.2.2), ready to be sent.
 *
 * Throws `BUILD_…` for what cannot stand in a head, and `REQUEST_KEY_INVALID`.
 *
 * @example
 * ```js
 * buildResponse({ key: 'dGhlIHNhbXBsZSBub25jZQ==', subprotocol: 'chat' });
 * ```
 */
export function buildResponse(o: ResponseOptions): Uint8Array {
  const given = options('buildResponse’s argument', o);
  const input = [
    text('key', given.key),
    optionalText('subprotocol', given.subprotocol),
    optionalText('extensions', given.extensions),
    ...pairs('headers', given.headers),
  ];
  return callWithTexts(input, (exchange) => exchange.build_response()).bytes();
}

/**
 * The response that refuses a request, made from what {@link verifyRequest} threw: 400, 403, 405, 426 or 431, with the
 * fields that the status asks for and the broken rule in words. Close the connection after it.
 *
 * Throws a `TypeError` for an error that is not about a request.
 *
 * @example
 * ```js
 * try { verifyRequest(head); } catch (error) { socket.end(buildErrorResponse(error)); }
 * ```
 */
export function buildErrorResponse(error: Ws101Error): Uint8Array {
  const response = refusals[String(error?.code)];
  if (response === undefined) {
    throw new TypeError('buildErrorResponse needs an error that verifyRequest or HeadReader threw');
  }
  return utf8(response);
}

/**
 * Judges the head of a server's response as a client must (RFC 6455 §4.1).
 *
 * Throws the first rule that the head breaks, with the bytes it is about. `RESPONSE_INTERIM` is no failure yet: the
 * next head is the answer.
 *
 * @example
 * ```js
 * const { subprotocol } = verifyResponse(head, { key, subprotocols: ['chat'] });
 * ```
 */
export function verifyResponse(head: Uint8Array | ArrayBuffer | string, o: VerifyResponseOptions): VerifiedResponse {
  const given = options('verifyResponse’s second argument', o);
  const input = [
    bytesOrText('head', head),
    text('key', given.key),
    optionalText('extensions', given.extensions),
    ...texts('subprotocols', given.subprotocols),
  ];
  const found = callWithTexts(input, (exchange) => exchange.verify_response());
  return { subprotocol: found.nextOptional(), extensions: extensions(found) };
}

function extensions(found: Results): Extension[] {
  return found.nextList(() => ({
    name: found.nextText(),
    parameters: found.nextList(() => ({ name: found.nextText(), value: found.nextOptional() })),
  }));
}
