// A client on a plain TCP socket: `node client-node.mjs ws://127.0.0.1:8080/ Hello World` sends each word as a message,
// prints as many messages as it sent, and closes the connection. (For wss:// take `connect` of node:tls.)
import { connect } from 'node:net';
import { Connection, HeadReader, buildRequest, generateKey, verifyResponse } from 'ws101';

const [address, ...words] = process.argv.slice(2);
const { host, hostname, port, pathname, search } = new URL(address);
const key = generateKey();
const socket = connect({ host: hostname, port: Number(port || 80), allowHalfOpen: true, noDelay: true });
let reader = new HeadReader();
let connection; // after the opening handshake
let awaited = words.length;
let timer;

function open(chunk) {
  let found;
  try {
    found = reader.receive(chunk);
    if (found === null) return;
    verifyResponse(found.head, { key });
  } catch (error) {
    if (error.code !== 'RESPONSE_INTERIM') return fail(error.message);
    reader = new HeadReader();
    return open(found.rest); // the next head is the answer
  }
  connection = Connection.client({ keepAlive: { interval: 30_000, patience: 10_000 }, closeTimeout: 5000 });
  for (const word of words) connection.sendText(word);
  socket.off('data', open).on('data', receive).setTimeout(0);
  receive(found.rest); // frames may come right behind the head
}

function receive(chunk) {
  for (const event of connection.receive(chunk)) {
    if (event.type === 'text' || event.type === 'binary') {
      console.log(event.data);
      awaited -= 1;
      if (awaited === 0) connection.close(1000);
    }
    if (event.type === 'violation') fail(event.error.message);
  }
  drive();
}

/** Writes, does what is to be done with the transport, and comes back when it is time. */
function drive() {
  clearTimeout(timer);
  const next = connection.tick(performance.now());
  if (next !== null) timer = setTimeout(drive, next - performance.now());
  if (connection.outgoingLength > 0 && !socket.write(connection.takeOutgoing())) socket.pause();
  else if (connection.pending > 0) receive();
  // 'await-close': the server closes the transport first (§7.1.1).
  else if (connection.transportAction === 'close') socket.setTimeout(5000).end();
  if (connection.state === 'timed-out') fail('the server was silent for too long');
}

function fail(message) {
  console.error(message);
  process.exitCode = 1;
  if (connection === undefined || connection.state === 'timed-out') socket.destroy();
}

socket.write(buildRequest({ host, target: pathname + search, key }));
socket.on('data', open);
socket.on('drain', () => { socket.resume(); if (connection) receive(); });
socket.on('end', () => {
  connection?.transportEnded();
  if (connection?.state !== 'closed') fail('the connection ended without a closing handshake');
  socket.end();
});
socket.setTimeout(10_000, () => socket.destroy(new Error('the server takes too long')));
socket.on('error', (error) => fail(error.message));
socket.on('close', () => clearTimeout(timer));
