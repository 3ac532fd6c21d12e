// A Pong is answered as a Ping is.
// doctor: warning SERVER_PONG_NOT_IGNORED
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  control(client, opcode, payload) {
    super.control(client, opcode === 10 ? 9 : opcode, payload);
  }
}

new Defective().run();
