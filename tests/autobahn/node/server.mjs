// The server in Node that the Autobahn testsuite examines where it compresses: an echo over streams, which accepts
// permessage-deflate as it is offered.
//
// `node server.mjs PORT`, where 0 is any port that is free; its first line of output says which. `cargo xtask autobahn
// --peer node --role server --profile ci` runs it. Without compression the suite examines an example of the package.
import { createServer } from 'node:net';
import { Duplex } from 'node:stream';
import { acceptStream } from 'ws101/deflate';

/** How long the suite may say nothing, in milliseconds. */
const SILENCE = 60_000;

const server = createServer({ noDelay: true }, (socket) => {
  socket.setTimeout(SILENCE, () => socket.destroy(new Error('the suite was silent for too long')));
  // Many cases end with a connection that breaks: the suite's verdict counts, not ours.
  echo(Duplex.toWeb(socket)).catch((error) => console.error(error.message));
});
server.listen(Number(process.argv[2]), '127.0.0.1', () => console.log(`ws://127.0.0.1:${server.address().port}/`));

/** Sends back what comes, until the suite closes the connection. */
async function echo(transport) {
  const stream = await acceptStream(transport, { deflate: {} });
  await stream.readable.pipeTo(stream.writable).catch(() => {}); // `closed` says it too
  await stream.closed;
}
