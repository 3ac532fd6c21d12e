// A Pong has no payload.
// doctor: warning PONG_PAYLOAD_WRONG PONG_WITHOUT_PAYLOAD
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  ping(client) {
    super.ping(client, Buffer.alloc(0));
  }
}

new Defective().run();
