// The payload of a Ping comes back as a text.
// doctor: error PING_ANSWERED_AS_DATA OPCODE_IGNORED
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  ping(client, payload) {
    this.send(client, 1, payload);
  }
}

new Defective().run();
