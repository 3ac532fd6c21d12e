// A binary message is answered with its digits.
// doctor: warning SERVER_BINARY_WRONG
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  message(client, opcode, payload) {
    super.message(client, opcode, opcode === 2 ? Buffer.from(payload.subarray(0, 8).toString("hex")) : payload);
  }
}

new Defective().run();
