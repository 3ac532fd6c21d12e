// A reserved opcode is taken for a text.
// doctor: error SERVER_TAKES_RESERVED_OPCODE
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  decode(client) {
    const { input } = client;
    const [first, second] = input;
    if ((first & 0x0f) === 3) {
      input[0] = (first & 0xf0) | 1;
    }
    return super.decode(client);
  }
}

new Defective().run();
