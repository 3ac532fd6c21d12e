// A control frame may have any length.
// doctor: error SERVER_TAKES_LONG_CONTROL
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  decode(client) {
    const [first, second] = client.input;
    const isLong = (first & 0x0f) === 9 && (second & 0x7f) > 125;
    if (isLong) client.input[0] = (first & 0xf0) | 2;
    const frame = super.decode(client);
    if (isLong && !frame) client.input[0] = first;
    return frame && isLong ? { ...frame, opcode: 9 } : frame;
  }
}

new Defective().run();
