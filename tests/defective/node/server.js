// A correct WebSocket server that sends every message back. Each file beside it overrides one thing and gets it wrong.
// doctor: nothing
'use strict';

const crypto = require('node:crypto');
const net = require('node:net');

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** A frame that breaks a rule; `code` is the status code of the Close that says so. */
class Violation extends Error {
  constructor(code) {
    super();
    this.code = code;
  }
}

class Client {
  input = Buffer.alloc(0);
  isOpen = false;
  opcode = 0;
  message = [];

  constructor(socket) {
    this.socket = socket;
  }
}

class Server {
  GUID = GUID;

  run() {
    // Half open: what is still to be sent is sent when the other end has ended its side.
    const server = net.createServer({ allowHalfOpen: true }, (socket) => this.accept(socket));
    server.listen(0, '127.0.0.1', () => console.log(`ws://127.0.0.1:${server.address().port}/`));
  }

  accept(socket) {
    const client = new Client(socket);
    socket.on('data', (chunk) => this.data(client, chunk));
    socket.on('end', () => socket.end());
    this.errors(socket);
  }

  errors(socket) {
    socket.on('error', () => socket.destroy());
  }

  data(client, chunk) {
    client.input = Buffer.concat([client.input, chunk]);
    if (!client.isOpen) {
      this.handshake(client);
    }
    if (client.isOpen) {
      this.frames(client);
    }
  }

  handshake(client) {
    const end = client.input.indexOf('\r\n\r\n');
    if (end < 0) {
      return;
    }
    const head = client.input.toString('latin1', 0, end + 4);
    client.input = client.input.subarray(end + 4);
    const refusal = this.refusal(head);
    if (refusal) {
      client.socket.end(`HTTP/1.1 ${refusal}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
      return;
    }
    client.socket.write(this.response(this.acceptValue(this.key(head))));
    client.isOpen = true;
  }

  /** What is wrong with a request; nothing if nothing is. */
  refusal(head) {
    const fields = this.fields(head);
    const names = (name, token) => (fields[name] ?? '').toLowerCase().split(',').some((part) => part.trim() === token);
    if (!head.startsWith('GET ')) return '405 Method Not Allowed';
    if (fields.host === undefined) return '400 Bad Request';
    if (!this.upgrades(fields, names)) return '426 Upgrade Required';
    if (fields['sec-websocket-version'] !== '13') return '426 Upgrade Required\r\nSec-WebSocket-Version: 13';
    if (Buffer.from(this.key(head), 'base64').length !== 16) return '400 Bad Request';
    if (fields.origin !== undefined && fields.origin !== `http://${fields.host}`) return '403 Forbidden';
    return undefined;
  }

  upgrades(fields, names) {
    return names('upgrade', 'websocket') && names('connection', 'upgrade');
  }

  /** The fields of a head, by their names in lower case. */
  fields(head) {
    const fields = {};
    for (const line of head.split('\r\n').slice(1)) {
      const colon = line.indexOf(':');
      if (colon > 0) {
        fields[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
      }
    }
    return fields;
  }

  key(head) {
    return this.fields(head)['sec-websocket-key'] ?? '';
  }

  acceptValue(key) {
    return crypto.createHash('sha1').update(key + GUID).digest('base64');
  }

  response(accept) {
    return 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n'
      + `Sec-WebSocket-Accept: ${accept}\r\n\r\n`;
  }

  frames(client) {
    try {
      for (let frame; client.isOpen && (frame = this.decode(client));) {
        this.frame(client, frame);
      }
    } catch (error) {
      if (!(error instanceof Violation)) throw error;
      const code = Buffer.alloc(2);
      code.writeUInt16BE(error.code);
      this.send(client, 8, code);
      this.end(client);
    }
  }

  /** The first frame of what came, which it takes away; nothing if it is not all there. */
  decode(client) {
    const { input } = client;
    if (input.length < 2) return undefined;
    const [fin, opcode, masked] = [(input[0] & 0x80) !== 0, input[0] & 0x0f, (input[1] & 0x80) !== 0];
    let length = input[1] & 0x7f;
    const known = [0, 1, 2, 8, 9, 10].includes(opcode);
    if ((input[0] & 0x70) !== 0 || !known || (opcode >= 8 && (!fin || length > 125))) throw new Violation(1002);
    this.checkMask(masked);
    let start = 2;
    if (length > 125) {
      start = length === 126 ? 4 : 10;
      if (input.length < start) return undefined;
      const least = length === 126 ? 126 : 65536;
      length = length === 126 ? input.readUInt16BE(2) : Number(input.readBigUInt64BE(2));
      if (length < least) throw new Violation(1002);
    }
    if (length > 1 << 24) throw new Violation(1009);
    const body = start + (masked ? 4 : 0);
    if (input.length < body + length) return undefined;
    const payload = Buffer.from(input.subarray(body, body + length));
    for (let at = 0; masked && at < length; at += 1) {
      payload[at] ^= input[start + (at & 3)];
    }
    client.input = input.subarray(body + length);
    return { fin, opcode, payload };
  }

  checkMask(masked) {
    if (!masked) throw new Violation(1002);
  }

  frame(client, { fin, opcode, payload }) {
    if (opcode >= 8) {
      this.control(client, opcode, payload);
      return;
    }
    if ((opcode === 0) === (client.opcode === 0)) throw new Violation(1002);
    client.opcode ||= opcode;
    client.message.push(payload);
    if (fin) {
      const message = Buffer.concat(client.message);
      const whole = client.opcode;
      client.opcode = 0;
      client.message = [];
      this.checkText(whole, message);
      this.message(client, whole, message);
    }
  }

  checkText(opcode, bytes) {
    if (opcode === 1 && !isUtf8(bytes)) throw new Violation(1007);
  }

  control(client, opcode, payload) {
    if (opcode === 9) {
      this.ping(client, payload);
    } else if (opcode === 8) {
      this.closed(client, payload);
    }
  }

  ping(client, payload) {
    this.send(client, 10, payload);
  }

  closed(client, payload) {
    if (payload.length > 0) {
      const code = payload.length > 1 ? payload.readUInt16BE(0) : 0;
      const good = (code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code)) || (code >= 3000 && code <= 4999);
      if (!good) throw new Violation(1002);
      if (!isUtf8(payload.subarray(2))) throw new Violation(1007);
    }
    this.send(client, 8, payload.subarray(0, 2));
    this.end(client);
  }

  message(client, opcode, payload) {
    this.send(client, opcode, payload);
  }

  send(client, opcode, payload) {
    client.socket.write(Buffer.concat([this.header(opcode, payload), payload]));
  }

  header(opcode, payload) {
    const { length } = payload;
    if (length < 126) return Buffer.from([0x80 | opcode, length]);
    const header = Buffer.alloc(length < 65536 ? 4 : 10);
    header[0] = 0x80 | opcode;
    header[1] = length < 65536 ? 126 : 127;
    if (length < 65536) header.writeUInt16BE(length, 2);
    else header.writeBigUInt64BE(BigInt(length), 2);
    return header;
  }

  end(client) {
    client.isOpen = false;
    client.socket.removeAllListeners('data').resume().end();
  }
}

function isUtf8(bytes) {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

module.exports = { Server, Violation, GUID };

if (require.main === module) {
  new Server().run();
}
