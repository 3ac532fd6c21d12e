// The client in Node that the Autobahn testsuite examines: a connection over streams, for each case of the suite's server.
//
// `node client.mjs HOST:PORT AGENT ENTRY`, where AGENT is the name under which the suite reports, and ENTRY what is
// examined: `ws101`, or `ws101/deflate`, which offers permessage-deflate. `cargo xtask autobahn --peer node --role client`
// runs it.
import { once } from 'node:events';
import { connect } from 'node:net';
import { Duplex } from 'node:stream';

/** How long the suite may say nothing, in milliseconds. */
const SILENCE = 60_000;

/** What is offered, by entry. The suite's server limits our window in some cases, and must be allowed to. */
const OFFERS = { ws101: {}, 'ws101/deflate': { deflate: { clientMaxWindowBits: true } } };

const [authority, agent, entry] = process.argv.slice(2);
const offer = OFFERS[entry];
if (offer === undefined) {
  console.error(`usage: node client.mjs HOST:PORT AGENT ${Object.keys(OFFERS).join('|')}`);
  process.exit(1);
}
const { connectStream } = await import(entry);

const count = Number(await message('/getCaseCount'));
if (!(count > 0)) throw new Error('the suite did not say how many cases it has');
for (let number = 1; number <= count; number++) {
  // Many cases end with a connection that breaks: the suite's verdict counts, not ours.
  await echo(`/runCase?case=${number}&agent=${agent}`).catch((error) => console.log(`case ${number}: ${error.message}`));
}
await (await open(`/updateReports?agent=${agent}`)).closed;

/** The one message that a connection brings. */
async function message(target) {
  const stream = await open(target);
  for await (const found of stream.readable) {
    await stream.close(1000);
    return found;
  }
  throw new Error(`${target}: no message came`);
}

/** Sends back what comes, until the suite closes the connection. */
async function echo(target) {
  const stream = await open(target);
  await stream.readable.pipeTo(stream.writable).catch(() => {}); // `closed` says it too
  await stream.closed;
}

async function open(target) {
  const [host, port] = authority.split(':');
  const socket = connect({ host, port: Number(port), noDelay: true });
  socket.setTimeout(SILENCE, () => socket.destroy(new Error('the suite was silent for too long')));
  await once(socket, 'connect');
  return connectStream(Duplex.toWeb(socket), { host: authority, target, ...offer });
}
