// What is timed: one row for each kind of work and size.

import { CUTS, MEMORIES } from './chunks.mjs';
import { CONTENTS } from './wire.mjs';

/** The sizes of messages, in bytes. */
const SIZES = [16, 125, 1024, 64 << 10, 1 << 20];

/** Bytes and messages that go into one write at most, where several do. */
const WRITE_BYTES = 64 << 10;
const WRITE_MESSAGES = 64;

/**
 * A row.
 *
 * @typedef {object} Row
 * @property {'decode' | 'encode' | 'serve' | 'open' | 'accept'} job
 * @property {string} table The table that it stands in.
 * @property {string} column Its column there.
 * @property {string} name Both.
 * @property {string} [content] What is decoded or encoded.
 * @property {number} [size] Bytes of a message.
 * @property {string} [cut] How the wire is cut into chunks.
 * @property {string} [memory] In what memory the chunks come.
 * @property {boolean} [masked] Whether what is encoded is masked.
 * @property {number} [together] Messages that are encoded before they are written.
 */

/** All rows, those of a table one after the other. @type {Row[]} */
export const ROWS = [...decodeRows(), ...encodeRows(), ...handshakeRows()];

/** The row of a name. */
export function rowOf(name) {
  const row = ROWS.find((row) => row.name === name);
  if (row === undefined) throw new Error(`there is no row ${name}`);
  return row;
}

function* decodeRows() {
  for (const content of CONTENTS) {
    for (const cut of CUTS) {
      // That memory which is used again flatters is shown once; it is no different with text.
      for (const memory of content === 'binary' ? MEMORIES : ['fresh']) {
        const table = `decode/${content}/${cut}/${memory}`;
        for (const size of SIZES) yield row(table, bytes(size), { job: 'decode', content, size, cut, memory });
      }
    }
  }
}

function* encodeRows() {
  for (const masked of [true, false]) {
    for (const several of [false, true]) {
      const table = `encode/${masked ? 'masked' : 'unmasked'}/${several ? `${WRITE_MESSAGES} a write` : 'one a write'}`;
      for (const size of SIZES) {
        const together = several ? Math.min(WRITE_MESSAGES, Math.floor(WRITE_BYTES / size)) : 1;
        if (several && together < WRITE_MESSAGES) continue;
        yield row(table, bytes(size), { job: 'encode', content: 'binary', size, masked, together });
      }
    }
  }
}

function* handshakeRows() {
  yield row('handshake', 'server', { job: 'serve' });
  yield row('handshake', 'client', { job: 'open' });
  yield row('handshake', 'accept key', { job: 'accept' });
}

function row(table, column, facts) {
  return { table, column, name: `${table}/${column}`, ...facts };
}

/** A number of bytes as people write it. */
export function bytes(count) {
  if (count >= 1 << 20 && count % (1 << 20) === 0) return `${count >> 20} MiB`;
  return count >= 1024 && count % 1024 === 0 ? `${count >> 10} KiB` : `${count} B`;
}
