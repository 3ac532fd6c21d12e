// No frame is ever refused.
// doctor: error SERVER_CHECKS_NO_FRAME
'use strict';

const { Server } = require('./server.js');

class Defective extends Server {
  decode(client) {
    const { input } = client;
    if (input.length < 2) return undefined;
    const short = input[1] & 0x7f;
    const start = short === 127 ? 10 : short === 126 ? 4 : 2;
    const masked = input[1] > 127;
    if (input.length < start + 4 * masked) return undefined;
    let length = short;
    if (start > 2) length = start === 4 ? input.readUInt16BE(2) : Number(input.readBigUInt64BE(2));
    const body = start + 4 * masked;
    if (input.length < body + length) return undefined;
    const payload = input.subarray(body, body + length).map((byte, at) => (masked ? byte ^ input[start + (at & 3)] : byte));
    client.input = input.subarray(body + length);
    return { fin: input[0] > 127, opcode: input[0] & 0x0f, payload };
  }

  frame(client, frame) {
    if (frame.opcode < 8) client.opcode = frame.opcode ? 0 : client.opcode || 1;
    super.frame(client, frame);
  }

  checkText() {}
}

new Defective().run();
