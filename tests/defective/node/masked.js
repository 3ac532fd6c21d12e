// The frames of the server are masked.
// doctor: warning FRAME_MASKED SERVER_MASKS
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  send(client, opcode, payload) {
    const header = Buffer.concat([this.header(opcode, payload), Buffer.alloc(4)]);
    header[1] |= 0x80;
    client.socket.write(Buffer.concat([header, payload]));
  }
}

new Defective().run();
