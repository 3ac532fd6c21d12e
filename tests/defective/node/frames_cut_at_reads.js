// What is left of a `data` event is not kept for the next.
// doctor: error SERVER_CUTS_FRAMES_AT_READS FRAME_A_READ
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  frames(client) {
    super.frames(client);
    client.input = Buffer.alloc(0);
  }
}

new Defective().run();
