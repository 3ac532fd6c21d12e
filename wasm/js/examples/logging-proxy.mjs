// A TCP proxy that prints every frame: `node logging-proxy.mjs 8081 127.0.0.1:8080` listens on port 8081.
// What comes is passed on as it came, whatever this makes of it.
import { connect, createServer } from 'node:net';
import { FrameDecoder, HeadReader, opcodes } from 'ws101';

const [port, target] = process.argv.slice(2);
const [, host, targetPort] = target.match(/^(.*):(\d+)$/);
const names = new Map(Object.entries(opcodes).map(([name, opcode]) => [opcode, name]));
let connections = 0;

const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
  const number = ++connections;
  const upstream = connect({ host, port: Number(targetPort), allowHalfOpen: true, noDelay: true });
  client.pipe(upstream);
  upstream.pipe(client);
  for (const [socket, other, arrow] of [[client, upstream, '→'], [upstream, client, '←']]) {
    // The server reads what the client sends, and the client what the server sends.
    const log = new Log(arrow === '→' ? 'server' : 'client', (line) => console.log(`${number} ${arrow} ${line}`));
    socket.on('data', (chunk) => log.receive(chunk));
    socket.on('end', () => log.print('end'));
    socket.on('error', (error) => { log.print(error.message); other.destroy(); });
    socket.on('close', () => other.destroySoon());
  }
});
server.listen(Number(port), '127.0.0.1', () => console.log(`127.0.0.1:${server.address().port} → ${target}`));

/** Prints what crosses in one direction: a head, then frames, until something is neither. */
class Log {
  #reader = new HeadReader({ maxLength: 2 ** 20 });
  #decoder;
  #payload = [];

  constructor(role, print) {
    this.role = role;
    this.print = print;
  }

  receive(chunk) {
    if (this.isLost) return;
    try {
      if (this.#decoder) this.#frames(chunk);
      else this.#head(chunk);
    } catch (error) {
      this.isLost = true;
      this.print(`${error.code}: ${error.message} (what follows is passed on without a look)`);
    }
  }

  #head(chunk) {
    const found = this.#reader.receive(chunk);
    if (found === null) return;
    const head = Buffer.from(found.head).toString('latin1');
    for (const line of head.trimEnd().split('\r\n')) this.print(line);
    if (this.role === 'client' && !head.startsWith('HTTP/1.1 101 ')) {
      this.isLost = true; // there will be no frames
      return;
    }
    // Compressed messages have RSV1 set (RFC 7692 §6). The answer has it only where it was offered.
    const isCompressed = /^sec-websocket-extensions:.*permessage-deflate/im.test(head);
    this.#decoder = new FrameDecoder({ role: this.role, maxPayload: Infinity, allowedRsv: isCompressed ? 4 : 0 });
    this.#frames(found.rest);
  }

  #frames(chunk) {
    for (const part of this.#decoder.decode(chunk)) {
      if (part.first) this.#payload = [];
      if (part.offset < 60) this.#payload.push(part.payload);
      if (part.last) this.print(frameLine(part, Buffer.concat(this.#payload).subarray(0, 60)));
    }
  }
}

function frameLine({ opcode, fin, rsv1, payloadLength, maskingKey }, begin) {
  const isText = !rsv1 && opcode === opcodes.text;
  const shown = isText ? JSON.stringify(begin.toString()) : begin.toString('hex');
  const facts = [names.get(opcode), `${payloadLength} bytes`, maskingKey && 'masked', !fin && 'to be continued', rsv1 && 'compressed'];
  return `${facts.filter(Boolean).join(', ')}: ${shown}${begin.length < payloadLength ? '…' : ''}`;
}
