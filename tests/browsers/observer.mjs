// A TCP proxy that knows nothing of WebSocket: it passes everything on as it comes, ends and resets too, and keeps what
// the browser sent.

import { connect, createServer } from 'node:net';

/**
 * What the first connection through it brought.
 * @typedef {{ sent: Buffer, over: boolean }} Observed
 */

export class Observer {
  /** @type {Observed | undefined} */
  first;
  /** @type {Set<import('node:net').Socket>} */
  #sockets = new Set();
  #server;

  /** @param {number} target */
  constructor(target) {
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.#pass(client, target));
  }

  /** Listens on this address of the machine, and gives it with its port. @param {string} host */
  async listen(host) {
    await new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, host, () => resolve(undefined));
    });
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the observer has no port');
    return `${address.address}:${address.port}`;
  }

  close() {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }

  /**
   * @param {import('node:net').Socket} browser
   * @param {number} target
   */
  #pass(browser, target) {
    const server = connect({ port: target, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    /** @type {Observed} */
    const seen = { sent: Buffer.alloc(0), over: false };
    this.first ??= seen;
    browser.on('data', (chunk) => (seen.sent = Buffer.concat([seen.sent, chunk])));
    browser.on('close', () => (seen.over = true));
    for (const [from, to] of [
      [browser, server],
      [server, browser],
    ]) {
      if (!from || !to) continue;
      this.#sockets.add(from);
      from.on('data', (chunk) => to.write(chunk));
      from.on('end', () => to.end());
      from.on('error', () => to.resetAndDestroy());
      from.on('close', () => this.#sockets.delete(from));
    }
  }
}
