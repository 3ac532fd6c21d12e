// The bytes of the socket are sent back, frames and masks and all.
// doctor: warning FRAME_MASKED ECHOED_WITH_MASK
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  frames(client) {
    client.socket.write(client.input);
    client.input = Buffer.alloc(0);
  }
}

new Defective().run();
