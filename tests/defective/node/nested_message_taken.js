// A new message may begin before the last fragment of another.
// doctor: error SERVER_TAKES_NESTED_MESSAGE
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  frame(client, frame) {
    if (frame.opcode === 1 || frame.opcode === 2) {
      client.opcode = 0;
      client.message = [];
    }
    super.frame(client, frame);
  }
}

new Defective().run();
