// The request is what the first `data` event brings.
// doctor: error SERVER_HEAD_READ_ONCE READ_ONCE
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  handshake(client) {
    if (!client.input.includes('\r\n\r\n')) {
      client.input = Buffer.concat([client.input, Buffer.from('\r\n\r\n')]);
    }
    super.handshake(client);
  }
}

new Defective().run();
