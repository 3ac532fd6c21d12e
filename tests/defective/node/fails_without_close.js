// A frame that breaks a rule ends the connection without a word.
// doctor: note SERVER_FAILS_WITHOUT_CLOSE
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  send(client, opcode, payload) {
    const fails = opcode === 8 && payload.length === 2 && [1002, 1007].includes(payload.readUInt16BE(0));
    if (!fails) super.send(client, opcode, payload);
  }
}

new Defective().run();
