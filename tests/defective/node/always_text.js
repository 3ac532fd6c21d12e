// Every message is answered with a text.
// doctor: error SERVER_BINARY_AS_TEXT ALWAYS_TEXT
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  message(client, opcode, payload) {
    this.send(client, 1, payload);
  }
}

new Defective().run();
