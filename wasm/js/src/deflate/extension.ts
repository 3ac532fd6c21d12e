/** permessage-deflate, where `ws101` knows no extension: this file stands in the place of `../extension.ts`. */

import type { Connection, Table } from '../../generated/deflate/ws101_deflate.js';
import { flag, integer, oneOf, options } from '../arguments.ts';
import type { Extension } from '../handshake.ts';
import {
  acceptDeflate, agreeDeflate, offerDeflate, parameters, type AcceptDeflateOptions, type DeflateAgreement, type DeflateOffer,
} from './negotiation.ts';

/** What an end decides for itself, whatever is agreed on. */
export interface CompressionOptions {
  /** How much work is put into compressing: 0, which only stores, to 9, which searches longest; 6 unless given. */
  level?: number;
  /** Messages of fewer bytes than this are sent as they are; 64 unless given. Of fragments nobody knows how many follow: they are compressed. */
  threshold?: number;
  /** Begin each message that is sent with an empty window even where it could be taken over; `false` unless given. */
  noContextTakeover?: boolean;
  /**
   * What becomes, between messages, of the memory of a direction whose context is not taken over: `'kept'` for the next
   * message, or `'freed'`; `'kept'` unless given. Where the context is taken over, the memory is the context, and stays.
   */
  idleMemory?: 'kept' | 'freed';
}

/**
 * What was agreed on (of a parameter that is left out: contexts are taken over, windows have 15 bits), and what this end
 * decides for itself.
 */
export interface DeflateOptions extends Partial<DeflateAgreement>, CompressionOptions {}

/** What a connection is told of permessage-deflate. */
export interface ExtensionOptions {
  /**
   * permessage-deflate as it was agreed on: what {@link acceptDeflate} or {@link agreeDeflate} gave, with more if need be
   * ({@link DeflateOptions}). With `null`, and without it, messages are not compressed.
   *
   * `maxMessage` counts inflated bytes: a message is stopped at it while it inflates.
   */
  deflate?: DeflateOptions | null;
}

/** What a client's opening handshake over streams is told of permessage-deflate. */
export interface OfferingOptions {
  /** Offers it, and goes by the answer; nothing is offered unless it is given. */
  deflate?: DeflateOffer & CompressionOptions;
}

/** What a server's opening handshake over streams is told of permessage-deflate. */
export interface AcceptingOptions {
  /** Accepts it where it is offered; it is declined unless this is given. */
  deflate?: AcceptDeflateOptions & CompressionOptions;
}

/** Makes a connection, by a table in which its limits lie. */
export type Connect = (table: Table, role: number, flags: number) => Connection;

/** What a client offers, if anything, and what its connection is told when the server has answered. */
export interface Offering {
  extensions?: string;
  agree(extensions: readonly Extension[]): ExtensionOptions;
}

/** What a server answers, if anything, and what its connection is told. */
export interface Accepting {
  extensions?: string;
  agreed: ExtensionOptions;
}

/** Bits of what an end decides for itself, beside those of an agreement. */
const NO_CONTEXT_TAKEOVER = 4;
const IDLE_MEMORY_FREED = 8;

const LEVEL = 6;
const THRESHOLD = 64;

/** Judges what a connection is told. */
export function connecting({ deflate }: ExtensionOptions): Connect {
  if (deflate === undefined || deflate === null) {
    return (table, role, flags) => table.connection(role, flags);
  }
  const given = options('deflate', deflate);
  const [agreed, server, client] = parameters(given);
  const { level, threshold, decided } = decisions(given);
  return (table, role, flags) =>
    table.deflating_connection(role, flags, agreed | decided, server, client, level, threshold);
}

/** Judges what a client's opening handshake is told. */
export function offering({ deflate }: OfferingOptions): Offering {
  if (deflate === undefined || deflate === null) {
    return { agree: () => ({}) };
  }
  decisions(options('deflate', deflate));
  const extensions = offerDeflate(deflate);
  return {
    extensions,
    agree(answered) {
      const agreement = agreeDeflate(extensions, answered);
      return { deflate: agreement && { ...deflate, ...agreement } };
    },
  };
}

/** Judges what a server's opening handshake is told; then takes what it is offered. */
export function accepting({ deflate }: AcceptingOptions): (extensions: readonly Extension[]) => Accepting {
  if (deflate === undefined || deflate === null) {
    return () => ({ agreed: {} });
  }
  decisions(options('deflate', deflate));
  parameters(deflate);
  return (offered) => {
    const accepted = acceptDeflate(offered, deflate);
    return accepted === null
      ? { agreed: {} }
      : { extensions: accepted.response, agreed: { deflate: { ...deflate, ...accepted } } };
  };
}

/** What an end decides, as the module takes it. */
function decisions(given: CompressionOptions): { level: number; threshold: number; decided: number } {
  const forgets = flag('noContextTakeover', given.noContextTakeover, false) ? NO_CONTEXT_TAKEOVER : 0;
  const freed = oneOf('idleMemory', given.idleMemory, ['kept', 'freed'], 'kept') === 'freed' ? IDLE_MEMORY_FREED : 0;
  return {
    level: given.level === undefined ? LEVEL : integer('level', given.level, 0, 9),
    threshold: given.threshold === undefined ? THRESHOLD : integer('threshold', given.threshold, 0, 2 ** 32 - 1),
    decided: forgets | freed,
  };
}
