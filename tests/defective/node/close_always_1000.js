// A Close is always answered with 1000.
// doctor: note SERVER_CLOSE_OTHER_CODE
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  closed(client, payload) {
    const send = this.send;
    this.send = (to, opcode) => send.call(this, to, opcode, Buffer.from([3, 232]));
    try {
      super.closed(client, payload);
    } finally {
      this.send = send;
    }
  }
}

new Defective().run();
