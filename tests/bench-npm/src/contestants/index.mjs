// Who takes part, in the order of the report.

import { readFileSync } from 'node:fs';

/**
 * A contestant. What it cannot do, it does not have.
 *
 * @typedef {object} Contestant
 * @property {string} name Its packages by their names, and what is used of them.
 * @property {'ours' | 'peer' | 'limit'} standing A limit is less than the whole job, or what a peer would call itself.
 * @property {string[]} packages What it is made of.
 * @property {string} [file] Where it stands; {@link allContestants} notes it.
 * @property {'owned' | 'view'} [bytes] Of ours: whether the payloads that it delivers are the caller's to keep.
 * @property {boolean} [readsUnmasked] Whether it takes no masked frames.
 * @property {Record<string, string>} [environment] What its process must find.
 * @property {() => string | null} [absent] Why it cannot take part on this machine.
 * @property {(job: { deliver: (data: Uint8Array | string) => void, isText: boolean }) => (chunk: Buffer) => void} [decode]
 *     A connection: takes chunks, delivers the payloads of messages; texts as strings.
 * @property {(put: (bytes: Uint8Array) => void) => Encoder} [encodeMasked] A client's: puts what is for the socket.
 * @property {(put: (bytes: Uint8Array) => void) => Encoder} [encodeUnmasked] A server's.
 * @property {() => Server} [serve] A server that answers requests.
 * @property {() => (respond: (request: Uint8Array) => Buffer) => void | Promise<void>} [open] A client that opens
 *     connections: gives its request to `respond` and judges what that answers.
 * @property {(key: string) => string} [accept] The accept key.
 *
 * @typedef {{ message(payload: Buffer): void, flush(): void }} Encoder
 *     Everything must have been put when `flush` is done.
 * @typedef {object} Server
 * @property {(request: Buffer) => any} connection What the network has ready for the server: this is not timed.
 * @property {(connection: any) => Uint8Array | Promise<Uint8Array>} answer The response; throws where it refuses.
 * @property {(connection: any) => void} [end] Not timed either.
 */

const FILES = [
  'ws.mjs',
  'websocket-driver.mjs',
  'websocket.mjs',
  'undici.mjs',
  'node-crypto.mjs',
  'plain.mjs',
  'ws101-connection.mjs',
  'ws101-frames.mjs',
  'ws101-handshake.mjs',
];

/** All of them. @returns {Promise<Contestant[]>} */
export async function allContestants() {
  const lists = await Promise.all(FILES.map(async (file) => (await import(`./${file}`)).contestants));
  return lists.flatMap((list, number) => list.map((contestant) => ({ ...contestant, file: FILES[number] })));
}

/** One of them, without loading the others. @returns {Promise<Contestant>} */
export async function contestantOf(file, name) {
  const { contestants } = await import(`./${file}`);
  return contestants.find((contestant) => contestant.name === name);
}

/** Its name, with the versions of its packages. @param {Contestant} contestant */
export function label({ name, packages, standing }) {
  const versioned = packages.reduce((text, one) => text.replace(one, `${one} ${version(one)}`), name);
  return standing === 'limit' ? `(${versioned})` : versioned;
}

/** The version of a package that is installed here. */
export function version(name) {
  const manifest = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(manifest, 'utf8')).version;
}
