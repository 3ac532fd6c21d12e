// The length is written with its lowest byte first.
// doctor: error FRAME_LENGTH_WRONG LENGTH_BYTE_ORDER
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  header(opcode, payload) {
    const header = super.header(opcode, payload);
    header.subarray(2).reverse();
    return header;
  }
}

new Defective().run();
