// A request that is not taken is not answered.
// doctor: note SERVER_REFUSES_SILENTLY
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  handshake(client) {
    const head = client.input.toString("latin1");
    if (head.endsWith("\r\n\r\n") && this.refusal(head)) {
      client.input = Buffer.alloc(0);
      return;
    }
    super.handshake(client);
  }
}

new Defective().run();
