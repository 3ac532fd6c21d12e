// After a frame that breaks a rule nothing more is read.
// doctor: warning SERVER_HANGS_AT_INVALID
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  frames(client) {
    const { send, end } = this;
    this.send = (to, opcode, payload) => to.isStuck || send.call(this, to, opcode, payload);
    try {
      for (let frame; client.isOpen && !client.isStuck && (frame = this.decode(client));) {
        this.frame(client, frame);
      }
    } catch {
      client.isStuck = true;
    }
    Object.assign(this, { send, end });
  }
}

new Defective().run();
