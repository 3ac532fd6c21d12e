// A connection that ends without a Close ends the server.
// doctor: error SERVER_DIES_OF_A_DEPARTURE RETURNS_AT_ZERO_BYTES
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  accept(socket) {
    super.accept(socket);
    socket.on("end", () => this.closing.has(socket) || process.exit(1));
  }

  closing = new WeakSet();

  end(client) {
    this.closing.add(client.socket);
    super.end(client);
  }

  handshake(client) {
    super.handshake(client);
    if (!client.isOpen) {
      this.closing.add(client.socket);
    } else {
      this.closing.delete(client.socket);
    }
  }
}

new Defective().run();
