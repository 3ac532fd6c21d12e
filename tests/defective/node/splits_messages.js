// A message is sent as several of 1,024 bytes.
// doctor: error SERVER_SPLITS_MESSAGES
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  message(client, opcode, payload) {
    for (let at = 0; at === 0 || at < payload.length; at += 1024) {
      this.send(client, opcode, payload.subarray(at, at + 1024));
    }
  }
}

new Defective().run();
