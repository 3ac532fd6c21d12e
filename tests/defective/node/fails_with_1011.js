// A frame that breaks a rule is answered with 1011.
// doctor: note SERVER_FAILS_WITH_OTHER_CODE
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  send(client, opcode, payload) {
    const fails = opcode === 8 && payload.length === 2 && [1002, 1007].includes(payload.readUInt16BE(0));
    super.send(client, opcode, fails ? Buffer.from([3, 243]) : payload);
  }
}

new Defective().run();
