// The request is answered only if what was read ends in its empty line.
// doctor: note SERVER_DROPS_FRAMES_WITH_HEAD HEAD_MUST_END_READ
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  handshake(client) {
    if (client.input.toString('latin1').endsWith('\r\n\r\n')) super.handshake(client);
  }
}

new Defective().run();
