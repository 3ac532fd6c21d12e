// An echo server on plain TCP sockets: `node echo-node.mjs [port]`.
import { createServer } from 'node:net';
import { Connection, HeadReader, buildErrorResponse, buildResponse, verifyRequest } from 'ws101';

const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
  const reader = new HeadReader();
  let connection; // after the opening handshake

  function open(chunk) {
    let found;
    try {
      found = reader.receive(chunk);
      if (found === null) return;
      socket.write(buildResponse({ key: verifyRequest(found.head).key }));
    } catch (error) {
      socket.off('data', open).resume().setTimeout(5000).end(buildErrorResponse(error));
      return;
    }
    connection = Connection.server();
    socket.off('data', open).on('data', echo);
    echo(found.rest); // frames may come right behind the head
  }

  function echo(chunk) {
    for (const event of connection.receive(chunk)) {
      if (event.type === 'text') connection.sendText(event.data);
      if (event.type === 'binary') connection.sendBinary(event.data);
      if (event.type === 'violation') console.error(event.error.message);
    }
    // Of an end that does not read what it is sent, nothing more is read: then 'drain' goes on.
    if (connection.outgoingLength > 0 && !socket.write(connection.takeOutgoing())) socket.pause();
    else if (connection.pending > 0) echo(); // as much waited to be written as may
    else if (connection.transportAction === 'close') socket.setTimeout(5000).end();
  }

  socket.on('data', open);
  socket.on('drain', () => { socket.resume(); if (connection) echo(); });
  socket.on('end', () => { connection?.transportEnded(); socket.end(); });
  socket.setTimeout(60_000, () => socket.destroy()); // a minute without a byte
  socket.on('error', (error) => console.error(error.message)); // 'close' follows
  socket.on('close', () => { reader.free(); connection?.free(); });
});
server.listen(Number(process.argv[2] ?? 8080), '127.0.0.1', () => console.log(`ws://127.0.0.1:${server.address().port}/`));
