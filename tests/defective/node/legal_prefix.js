// Nothing is wrong: a greeting comes first, and each answer says who sent what.
// doctor: nothing
'use strict';

const { Server } = require('./server.js');

class Chat extends Server {
  handshake(client) {
    super.handshake(client);
    if (client.isOpen) this.send(client, 1, Buffer.from('welcome'));
  }

  message(client, opcode, payload) {
    this.send(client, opcode, Buffer.concat([Buffer.from('you said: '), payload]));
  }
}

new Chat().run();
