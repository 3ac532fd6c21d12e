// A length may be in any form.
// doctor: warning SERVER_TAKES_LONG_LENGTH
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  decode(client) {
    const { input } = client;
    if (input.length >= 4 && (input[1] & 0x7f) === 126 && input.readUInt16BE(2) < 126) {
      client.input = Buffer.concat([Buffer.from([input[0], (input[1] & 0x80) | input[3]]), input.subarray(4)]);
    }
    return super.decode(client);
  }
}

new Defective().run();
