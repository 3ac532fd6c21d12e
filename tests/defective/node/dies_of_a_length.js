// Memory is taken for whatever length a header announces.
// doctor: error SERVER_DIES_OF_A_FRAME
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  decode(client) {
    const { input } = client;
    if (input.length >= 10 && (input[1] & 0x7f) === 127) {
      Buffer.alloc(Number(input.readBigUInt64BE(2)));
    }
    return super.decode(client);
  }
}

new Defective().run();
