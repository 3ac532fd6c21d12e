// Rows of reading: a client's masked frames, as a server takes them from a socket.

import { CUTS, chunked } from './chunks.mjs';
import { Inbox } from './inbox.mjs';
import { timed } from './pass.mjs';
import { spoiled, wireOf } from './wire.mjs';

const UNMASKED = { words: 'gets its frames unmasked: it is a client’s, and refuses masked ones', anotherJob: true };
const UNCHECKED = { words: 'takes a text that is not UTF-8', anotherJob: true };

/** Messages of a wire at most where each is a chunk, since making chunks takes longer than reading them. */
const MESSAGES_ALONE = 4096;
/** And of a wire that is only verified: enough to straddle chunks. */
const MESSAGES_TO_VERIFY = 4096;

/** The work of a row, once. @returns {import('./pass.mjs').Pass} */
export function prepare(contestant, row) {
  const atMost = row.cut === CUTS[1] ? MESSAGES_ALONE : undefined;
  const wire = wireOf({ ...row, masked: !contestant.readsUnmasked, atMost });
  const inbox = new Inbox(wire);
  const take = contestant.decode({ deliver: inbox.glance, isText: wire.content !== 'binary' });
  const chunks = chunked(wire, row.cut, row.memory);
  const operations = wire.payloads.length;
  return () => {
    let time = 0;
    for (const group of chunks()) {
      time += timed(() => {
        for (const chunk of group) take(chunk);
      });
    }
    inbox.end();
    return { time, operations };
  };
}

/**
 * Two passes, the second from what the first left behind; all that is delivered is compared. Then, where messages are
 * texts, a wire with one that is not UTF-8. Gives what the contestant leaves out, or `null`.
 */
export function verify(contestant, row) {
  const wire = wireToVerify(contestant, row);
  const isText = wire.content !== 'binary';
  const inbox = new Inbox(wire);
  const take = contestant.decode({ deliver: inbox.compare, isText });
  const chunks = chunked(wire, row.cut, row.memory);
  for (let pass = 0; pass < 2; pass++) {
    for (const group of chunks()) for (const chunk of group) take(chunk);
    inbox.end();
  }
  // A limit is no library, and leaves out what it likes.
  if (contestant.standing === 'limit') return null;
  if (isText && takesAll(contestant, spoiled(wire), row)) return UNCHECKED;
  return contestant.readsUnmasked ? UNMASKED : null;
}

/** Several rows have the same wire, and making one takes longer than reading it. */
const wires = new Map();

function wireToVerify({ readsUnmasked }, { content, size }) {
  const name = `${content} ${size}`;
  if (!wires.has(name)) wires.set(name, wireOf({ content, size, masked: !readsUnmasked, atMost: MESSAGES_TO_VERIFY }));
  return wires.get(name);
}

/** Whether everything of a wire is delivered, of which one message should be refused. */
function takesAll(contestant, wire, { cut }) {
  let delivered = 0;
  const take = contestant.decode({ deliver: () => delivered++, isText: true });
  try {
    for (const group of chunked(wire, cut, 'fresh')()) for (const chunk of group) take(chunk);
  } catch {
    return false;
  }
  return delivered === wire.payloads.length;
}
