// Of a message in fragments only the last is kept.
// doctor: error SERVER_FRAGMENTS_WRONG
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  frame(client, frame) {
    if (frame.opcode === 0) client.message = [];
    super.frame(client, frame);
  }
}

new Defective().run();
