// The length of a text is counted in characters.
// doctor: error FRAME_LENGTH_WRONG LENGTH_IN_CHARACTERS
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  header(opcode, payload) {
    return super.header(opcode, { length: opcode === 1 ? payload.toString().length : payload.length });
  }
}

new Defective().run();
