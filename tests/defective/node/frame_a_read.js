// What one `data` event brings is taken for one frame.
// doctor: error SERVER_READS_ONE_FRAME_A_READ FRAME_A_READ
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  frames(client) {
    super.frames(client);
    client.input = Buffer.alloc(0);
  }

  frame(client, frame) {
    client.input = Buffer.alloc(0);
    super.frame(client, frame);
  }
}

new Defective().run();
