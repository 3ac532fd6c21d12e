// Reserved bits are not looked at.
// doctor: error SERVER_TAKES_RESERVED_BITS
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  decode(client) {
    const { input } = client;
    const [first, second] = input;
    if (input.length) {
      input[0] = first & 0x8f;
    }
    return super.decode(client);
  }
}

new Defective().run();
