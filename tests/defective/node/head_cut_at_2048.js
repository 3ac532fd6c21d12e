// Of the request 2,048 bytes are kept.
// doctor: error SERVER_HEAD_CUT_AT_2048 READ_OF_2048
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  handshake(client) {
    if (client.input.length > 2048) {
      client.input = Buffer.concat([client.input.subarray(0, 2048), Buffer.from('\r\n\r\n')]);
    }
    super.handshake(client);
  }
}

new Defective().run();
