// Nothing is wrong: messages come all the time, whatever the client sends.
// doctor: nothing
'use strict';

const { Server } = require('./server.js');

class Ticker extends Server {
  accept(socket) {
    super.accept(socket);
    socket.on('close', () => this.clients.delete(socket));
  }

  clients = new Map();

  handshake(client) {
    super.handshake(client);
    if (client.isOpen) this.clients.set(client.socket, client);
  }

  message() {}

  run() {
    super.run();
    setInterval(() => {
      for (const client of this.clients.values()) {
        if (client.isOpen) this.send(client, 1, Buffer.from(`price ${Math.random()}`));
      }
    }, 20);
  }
}

new Ticker().run();
