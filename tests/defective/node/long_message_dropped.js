// A message of more than 65,535 bytes is dropped.
// doctor: error SERVER_MESSAGE_WRONG
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  message(client, opcode, payload) {
    if (payload.length < 65536) super.message(client, opcode, payload);
  }
}

new Defective().run();
