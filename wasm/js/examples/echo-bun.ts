// An echo server on Bun's TCP sockets: `bun echo-bun.ts [port]`.
import type { Socket } from 'bun';
import { Connection, HeadReader, buildErrorResponse, buildResponse, verifyRequest, type Ws101Error } from 'ws101';

class Session {
  reader = new HeadReader();
  connection: Connection | undefined; // after the opening handshake
  unwritten: Uint8Array = new Uint8Array(0);
  ends = false;
}

const server = Bun.listen<Session>({
  hostname: '127.0.0.1',
  port: Number(Bun.argv[2] ?? 8080),
  allowHalfOpen: true,
  socket: {
    open(socket) {
      socket.data = new Session();
      socket.timeout(60); // seconds without a byte
    },
    data(socket, chunk) {
      const { connection, ends } = socket.data;
      if (connection) echo(socket, connection, chunk);
      else if (!ends) open(socket, chunk);
    },
    drain(socket) {
      write(socket, new Uint8Array(0));
      if (socket.data.connection) echo(socket, socket.data.connection);
    },
    end(socket) {
      socket.data.connection?.transportEnded();
      socket.data.ends = true;
      write(socket, new Uint8Array(0));
    },
    timeout: (socket) => socket.terminate(),
    error: (_, error) => console.error(error.message),
    close({ data }) {
      data.reader.free();
      data.connection?.free();
    },
  },
});
console.log(`ws://127.0.0.1:${server.port}/`);

function open(socket: Socket<Session>, chunk: Uint8Array) {
  const session = socket.data;
  try {
    const found = session.reader.receive(chunk);
    if (found === null) return;
    write(socket, buildResponse({ key: verifyRequest(found.head).key }));
    session.connection = Connection.server();
    echo(socket, session.connection, found.rest); // frames may come right behind the head
  } catch (error) {
    session.ends = true;
    write(socket, buildErrorResponse(error as Ws101Error));
  }
}

function echo(socket: Socket<Session>, connection: Connection, chunk?: Uint8Array) {
  for (const event of connection.receive(chunk)) {
    if (event.type === 'text') connection.sendText(event.data);
    if (event.type === 'binary') connection.sendBinary(event.data);
    if (event.type === 'violation') console.error(event.error.message);
  }
  const bytes = connection.takeOutgoing();
  socket.data.ends ||= connection.transportAction === 'close';
  if (write(socket, bytes) && connection.pending > 0) echo(socket, connection); // as much waited to be written as may
}

/** Writes, and keeps what the socket does not take until it drains: meanwhile nothing more is read. */
function write(socket: Socket<Session>, bytes: Uint8Array): boolean {
  const session = socket.data;
  const all = session.unwritten.length === 0 ? bytes : Buffer.concat([session.unwritten, bytes]);
  session.unwritten = all.subarray(Math.max(0, socket.write(all)));
  if (session.unwritten.length > 0) {
    socket.pause();
    return false;
  }
  socket.resume();
  if (session.ends) socket.end();
  return true;
}
