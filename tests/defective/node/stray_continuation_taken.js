// A continuation may begin a message.
// doctor: error SERVER_TAKES_STRAY_CONTINUATION
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  frame(client, frame) {
    const strays = frame.opcode === 0 && client.opcode === 0;
    super.frame(client, strays ? { ...frame, opcode: 1 } : frame);
  }
}

new Defective().run();
