// The address: `#/section?v=1&…`. All that is shown is in the hash, so that it never reaches a server.
// A link is an overlay on the defaults: what it leaves out stays as it is without a link.

import { formatHex, parseHex } from './bytes';
import type { BitRange } from './selection';

export const addressVersion = 1;
export const sectionIds = ['live', 'handshake', 'frame', 'doctor'] as const;
export type SectionId = (typeof sectionIds)[number];

/** Longer streams, in bytes, and texts, in characters, are left out of the link: browsers and chat programs cut what is longer. */
export const longestLinkedStream = 2048;
export const longestLinkedText = 2048;

export interface Address {
  section: SectionId;
  /** Live: the URL to connect to; `null` stands for this server's own echo. */
  url: string | null;
  /** Handshake: the Sec-WebSocket-Key. */
  key: string;
  /** Handshake: the response as edited, or `null` for the one that belongs to the key. */
  response: string | null;
  /** Frame: the stream; `null` where it is too long for a link. */
  stream: Uint8Array | null;
  /** The selected bits of what is inspected. */
  at: BitRange | null;
  /** Doctor: what was pasted; `null` where it is too long for a link. */
  pasted: string | null;
  /** Doctor: what it is to be read as, where that is not left to the doctor. */
  readAs: string | null;
  /** Doctor: the rule whose page is open; empty for the list of all. */
  rule: string | null;
  /** Doctor: a case of /misbehave to be played. */
  misbehave: string | null;
}

export const defaultAddress: Address = {
  section: 'live',
  url: null,
  key: 'dGhlIHNhbXBsZSBub25jZQ==',
  response: null,
  stream: new Uint8Array([0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58]),
  at: null,
  pasted: null,
  readAs: null,
  rule: null,
  misbehave: null,
};

export type AddressProblem = { kind: 'version'; version: string } | { kind: 'hex' } | { kind: 'at' } | { kind: 'section'; section: string };

/** Reads a hash. What cannot be read keeps its default, and is reported. */
export function parseAddress(hash: string): { address: Address; problems: AddressProblem[] } {
  const problems: AddressProblem[] = [];
  const address: Address = { ...defaultAddress };
  const body = hash.replace(/^#\/?/, '');
  if (body === '') return { address, problems };

  const question = body.indexOf('?');
  const section = question < 0 ? body : body.slice(0, question);
  const query = new URLSearchParams(question < 0 ? '' : body.slice(question + 1));
  if (isSection(section)) address.section = section;
  else problems.push({ kind: 'section', section });

  const version = query.get('v');
  if (version !== null && version !== String(addressVersion)) {
    problems.push({ kind: 'version', version });
    return { address, problems };
  }
  address.url = query.get('u') || null;
  address.key = query.get('k') ?? address.key;
  address.response = query.get('r');
  address.pasted = query.get('t');
  address.readAs = query.get('as');
  address.rule = query.get('rule');
  address.misbehave = query.get('case') || null;

  const hex = query.get('hex');
  if (hex !== null) {
    const { bytes } = parseHex(hex);
    if (bytes) address.stream = bytes;
    else problems.push({ kind: 'hex' });
  }
  const at = query.get('at');
  if (at !== null) {
    const range = parseRange(at);
    if (range) address.at = range;
    else problems.push({ kind: 'at' });
  }
  return { address, problems };
}

/** Writes a hash that holds what differs from the defaults, and only what its section shows. */
export function formatAddress(address: Address): string {
  const query = [`v=${addressVersion}`];
  const put = (name: string, value: string | null) => {
    if (value !== null) query.push(`${name}=${encodeURIComponent(value)}`);
  };
  if (address.section === 'live') put('u', address.url);
  if (address.section === 'handshake') {
    put('k', address.key);
    put('r', address.response);
  }
  if (address.section === 'frame') {
    const fits = address.stream !== null && address.stream.length <= longestLinkedStream;
    if (fits) put('hex', formatHex(address.stream!, ''));
    if (fits && address.at) put('at', `${address.at.start}-${address.at.end}`);
  }
  if (address.section === 'doctor') {
    put('rule', address.rule);
    put('case', address.misbehave);
    // The page of a rule has a short link of its own.
    if (address.rule === null && address.pasted !== null && address.pasted.length <= longestLinkedText) {
      put('t', address.pasted || null);
      put('as', address.readAs);
    }
  }
  return `#/${address.section}?${query.join('&')}`;
}

function parseRange(text: string): BitRange | null {
  const match = /^(\d{1,15})-(\d{1,15})$/.exec(text);
  if (!match) return null;
  const start = Number(match[1]);
  const end = Number(match[2]);
  return start < end ? { start, end } : null;
}

function isSection(name: string): name is SectionId {
  return (sectionIds as readonly string[]).includes(name);
}
