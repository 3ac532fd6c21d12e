// The second, independent observer: a TCP proxy that knows nothing of WebSocket and keeps every byte that passes.

import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

export interface Observed {
  toServer: Buffer;
  toClient: Buffer;
}

export class Observer {
  readonly connections: Observed[] = [];
  private readonly sockets = new Set<Socket>();
  private target = 0;

  private constructor(private readonly server: Server) {}

  static async listen(): Promise<Observer> {
    const server = createServer({ allowHalfOpen: true });
    const observer = new Observer(server);
    server.on('connection', (client) => observer.pass(client));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return observer;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  forwardTo(port: number): void {
    this.target = port;
  }

  /** What passed on the connection whose first bytes are these; exactly one must be there. */
  find(beginning: string): Observed {
    const found = this.connections.filter(({ toServer }) => toServer.toString('latin1').startsWith(beginning));
    if (found.length !== 1) throw new Error(`${found.length} connections begin with ${JSON.stringify(beginning)}, one was wanted`);
    return found[0]!;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private pass(client: Socket): void {
    const upstream = connect({ port: this.target, host: '127.0.0.1', allowHalfOpen: true });
    const seen: Observed = { toServer: Buffer.alloc(0), toClient: Buffer.alloc(0) };
    this.connections.push(seen);
    client.on('data', (chunk) => (seen.toServer = Buffer.concat([seen.toServer, chunk])));
    upstream.on('data', (chunk) => (seen.toClient = Buffer.concat([seen.toClient, chunk])));
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      this.sockets.add(from);
      from.setNoDelay(true);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => this.sockets.delete(from));
    }
  }
}

/** What follows the head. */
export function afterHead(bytes: Buffer): Buffer {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) throw new Error('the head has no end');
  return bytes.subarray(end + 4);
}

export function headOf(bytes: Buffer): string {
  return bytes.toString('latin1').split('\r\n\r\n', 1)[0]!;
}
