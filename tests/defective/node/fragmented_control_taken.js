// FIN of control frames is not looked at.
// doctor: error SERVER_TAKES_FRAGMENTED_CONTROL
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  decode(client) {
    const { input } = client;
    const [first, second] = input;
    if ((first & 0x0f) > 7) {
      input[0] = first | 0x80;
    }
    return super.decode(client);
  }
}

new Defective().run();
