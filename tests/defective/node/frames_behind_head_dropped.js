// What comes together with the request is thrown away.
// doctor: note SERVER_DROPS_FRAMES_WITH_HEAD BYTES_BEHIND_HEAD_DROPPED
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  handshake(client) {
    super.handshake(client);
    if (client.isOpen) {
      client.input = Buffer.alloc(0);
    }
  }
}

new Defective().run();
