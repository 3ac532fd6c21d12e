// An empty message is taken for none.
// doctor: note SERVER_EMPTY_TEXT_LOST
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  message(client, opcode, payload) {
    if (payload.length) super.message(client, opcode, payload);
  }
}

new Defective().run();
