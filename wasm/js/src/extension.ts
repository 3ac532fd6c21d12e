/**
 * What the entry knows of extensions: none. In the entry `ws101/deflate` another file stands in the place of this one
 * (`rolldown.config.mjs`), with the same names.
 */

import type { Connection, Table } from '../generated/ws101_wasm.js';
import type { Extension } from './handshake.ts';

/** What a connection is told of extensions. */
export interface ExtensionOptions {
  /** Messages are compressed by the entry `ws101/deflate`. */
  deflate?: never;
}

/** What a client's opening handshake over streams is told of extensions. */
export interface OfferingOptions extends ExtensionOptions {}

/** What a server's opening handshake over streams is told of extensions. */
export interface AcceptingOptions extends ExtensionOptions {}

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

/** Judges what a connection is told. */
export function connecting(o: object): Connect {
  none(o);
  return (table, role, flags) => table.connection(role, flags);
}

/** Judges what a client's opening handshake is told. */
export function offering(o: object): Offering {
  none(o);
  return { agree: () => ({}) };
}

/** Judges what a server's opening handshake is told; then takes what it is offered. */
export function accepting(o: object): (extensions: readonly Extension[]) => Accepting {
  none(o);
  return () => ({ agreed: {} });
}

function none({ deflate }: { deflate?: unknown }): void {
  if (deflate !== undefined && deflate !== null) {
    throw new TypeError('deflate is an option of "ws101/deflate": import from there what is given it');
  }
}
