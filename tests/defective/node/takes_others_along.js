// When a client leaves, all others are disconnected.
// doctor: error SERVER_TAKES_OTHERS_ALONG
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  sockets = new Set();

  accept(socket) {
    super.accept(socket);
    this.sockets.add(socket);
    socket.on("close", () => {
      this.sockets.delete(socket);
      this.sockets.forEach((other) => other.destroy());
    });
  }
}

new Defective().run();
