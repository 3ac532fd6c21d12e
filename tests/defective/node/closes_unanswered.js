// The connection is closed instead of being answered.
// doctor: error SERVER_CLOSES_UNANSWERED
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  handshake(client) {
    client.socket.end();
  }
}

new Defective().run();
