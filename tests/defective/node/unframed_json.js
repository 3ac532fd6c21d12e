// Messages are written as JSON without a frame.
// doctor: error UNFRAMED_DATA UNFRAMED_JSON
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  message(client, opcode, payload) {
    client.socket.write(JSON.stringify({ text: payload.toString() }));
  }
}

new Defective().run();
