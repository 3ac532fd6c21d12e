/** What both ends say of permessage-deflate in the opening handshake (RFC 7692 §7). */

import { accept_deflate, agree_deflate, offer_deflate } from '../../generated/deflate/ws101_deflate.js';
import { flag, integer, list, options, optionalText, text } from '../arguments.ts';
import { utf8 } from '../bytes.ts';
import type { Results } from '../boundary.ts';
import { call, callWithTexts } from '../engine.ts';
import type { Extension, ExtensionParameter } from '../handshake.ts';

/** One offer of a client (RFC 7692 §7.1); all of it may be left out. */
export interface DeflateOffer {
  /** The server must begin each of its messages with an empty window (§7.1.1.1). */
  serverNoContextTakeover?: boolean;
  /** The client will begin each of its messages with an empty window (§7.1.1.2). */
  clientNoContextTakeover?: boolean;
  /** The server's window must be this large at most (§7.1.2.1): 8, for 256 bytes, to 15, for 32 KiB. */
  serverMaxWindowBits?: number;
  /** The server may limit the client's window (§7.1.2.2), which is this large at most; `true` where it is any: 8 to 15. */
  clientMaxWindowBits?: number | true;
}

/** What a server wants; a valid offer is taken as it is where nothing is wanted. */
export interface AcceptDeflateOptions {
  /** The server begins each message with an empty window, asked or not (§7.1.1.1). */
  serverNoContextTakeover?: boolean;
  /** The client must begin each message with an empty window (§7.1.1.2); every client can. */
  clientNoContextTakeover?: boolean;
  /** The server's window is this large at most, smaller where the offer asks for it (§7.1.2.1): 8 to 15. */
  serverMaxWindowBits?: number;
  /** The client's window must be this large at most, where the offer lets the server say so (§7.1.2.2): 8 to 15. */
  clientMaxWindowBits?: number;
}

/** The parameters that hold on a connection (RFC 7692 §7.1). */
export interface DeflateAgreement {
  /** The server begins each message with an empty window (§7.1.1.1). */
  serverNoContextTakeover: boolean;
  /** The client begins each message with an empty window (§7.1.1.2). */
  clientNoContextTakeover: boolean;
  /** The server refers back no further than 2 to this power (§7.1.2.1): 8 to 15. */
  serverMaxWindowBits: number;
  /** The client refers back no further than 2 to this power (§7.1.2.2): 8 to 15. */
  clientMaxWindowBits: number;
}

/** An offer that was taken. */
export interface AcceptedDeflate extends DeflateAgreement {
  /** The answer, for `extensions` of {@link buildResponse}. */
  response: string;
}

/** The bits of the module for what is offered, wanted and agreed on. */
const SERVER_NO_CONTEXT_TAKEOVER = 1;
const CLIENT_NO_CONTEXT_TAKEOVER = 2;
/** Stands for the client's window bits where the server may choose them. */
const ANY = 1;

/**
 * What a client offers, for `extensions` of {@link buildRequest}: one to four offers, the preferred one first (RFC 7692
 * §5); one without parameters where none is given.
 *
 * Throws a `TypeError` or a `RangeError` that names the parameter.
 *
 * @example
 * ```js
 * offerDeflate();                                               // 'permessage-deflate'
 * offerDeflate({ serverMaxWindowBits: 10, clientMaxWindowBits: true }, {});
 * // 'permessage-deflate; server_max_window_bits=10; client_max_window_bits, permessage-deflate'
 * ```
 */
export function offerDeflate(...offers: DeflateOffer[]): string {
  if (offers.length > 4) {
    throw new RangeError(`offerDeflate makes one to four offers, but was given ${offers.length}`);
  }
  const all = (offers.length === 0 ? [{}] : offers).flatMap((offer, place) => {
    const { clientMaxWindowBits, ...rest } = options(`offerDeflate’s argument ${place + 1}`, offer);
    const [flags, server] = parameters(rest);
    const client = clientMaxWindowBits === true ? ANY : windowBits('clientMaxWindowBits', clientMaxWindowBits, 0);
    return [flags, server, client];
  });
  return call(Uint8Array.from(all), () => offer_deflate()).string();
}

/**
 * Takes the first valid offer of a request's list (RFC 7692 §5.1, §7), and says what to answer; `null` when there is none
 * to be taken: then the connection goes on without.
 *
 * Throws a `TypeError` or a `RangeError` that names the parameter, and `BUILD_EXTENSIONS_INVALID` for extensions that
 * {@link verifyRequest} cannot have given.
 *
 * @example
 * ```js
 * const request = verifyRequest(head);
 * const deflate = acceptDeflate(request.extensions, { serverNoContextTakeover: true });
 * socket.write(buildResponse({ key: request.key, extensions: deflate?.response ?? '' }));
 * const connection = Connection.server({ deflate });
 * ```
 */
export function acceptDeflate(extensions: readonly Extension[], o?: AcceptDeflateOptions): AcceptedDeflate | null {
  const wanted = parameters(options('acceptDeflate’s second argument', o));
  const offered = fieldValue(extensions);
  if (offered === '') {
    return null;
  }
  const found = call(utf8(offered), () => accept_deflate(...wanted));
  return found.words.length === 0 ? null : { response: found.nextText(), ...agreement(found) };
}

/**
 * Judges a server's answer as a client must (RFC 7692 §5.1, §7.1): `offer` is what {@link offerDeflate} gave, `extensions`
 * what {@link verifyResponse} gave; `null` when the server declined.
 *
 * Throws the rule that the answer breaks, `RESPONSE_DEFLATE_…`: then the connection must not be used. Throws
 * `BUILD_EXTENSIONS_INVALID` where the arguments are none of these.
 *
 * @example
 * ```js
 * const offer = offerDeflate();
 * socket.write(buildRequest({ host: 'example.com', key, extensions: offer }));
 * // … and when the head of the response is there:
 * const { extensions } = verifyResponse(head, { key, extensions: offer });
 * const connection = Connection.client({ deflate: agreeDeflate(offer, extensions) });
 * ```
 */
export function agreeDeflate(offer: string, extensions: readonly Extension[]): DeflateAgreement | null {
  const offered = text('offer', offer);
  const answered = fieldValue(extensions);
  if (answered === '') {
    return null;
  }
  const found = callWithTexts([offered, answered], () => agree_deflate());
  return found.words.length === 0 ? null : agreement(found);
}

/** The flags of the module, the server's window bits and the client's, 0 where there are none. */
export function parameters(given: Partial<DeflateAgreement>): [flags: number, server: number, client: number] {
  const server = flag('serverNoContextTakeover', given.serverNoContextTakeover, false);
  const client = flag('clientNoContextTakeover', given.clientNoContextTakeover, false);
  return [
    (server ? SERVER_NO_CONTEXT_TAKEOVER : 0) | (client ? CLIENT_NO_CONTEXT_TAKEOVER : 0),
    windowBits('serverMaxWindowBits', given.serverMaxWindowBits, 0),
    windowBits('clientMaxWindowBits', given.clientMaxWindowBits, 0),
  ];
}

function windowBits(name: string, value: number | undefined, fallback: number): number {
  return value === undefined ? fallback : integer(name, value, 8, 15);
}

function agreement(found: Results): DeflateAgreement {
  const flags = found.nextNumber();
  return {
    serverNoContextTakeover: (flags & SERVER_NO_CONTEXT_TAKEOVER) !== 0,
    clientNoContextTakeover: (flags & CLIENT_NO_CONTEXT_TAKEOVER) !== 0,
    serverMaxWindowBits: found.nextNumber(),
    clientMaxWindowBits: found.nextNumber(),
  };
}

/** A list of extensions as it stands in a head; nothing for an empty one. */
function fieldValue(extensions: readonly Extension[]): string {
  if (extensions === undefined) {
    throw new TypeError('extensions must be what verifyRequest or verifyResponse gave, but is undefined');
  }
  const elements = list('extensions', extensions).map((item, place) => {
    const { name, parameters } = options(`extensions[${place}]`, item as Extension);
    const written = list(`extensions[${place}].parameters`, parameters).map((parameter, at) => {
      const path = `extensions[${place}].parameters[${at}]`;
      const { name, value } = options(path, parameter as ExtensionParameter);
      const given = optionalText(`${path}.value`, value);
      return `; ${text(`${path}.name`, name)}${given === null ? '' : `=${given}`}`;
    });
    return text(`extensions[${place}].name`, name) + written.join('');
  });
  return elements.join(', ');
}
