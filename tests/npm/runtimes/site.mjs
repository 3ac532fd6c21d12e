// A server of files, as static hosts are: the right type for each, nothing sniffed, and a strict policy.

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';

const TYPES = /** @type {Record<string, string>} */ ({
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.wasm': 'application/wasm',
});

/** What a page must allow that uses WebAssembly, and nothing beyond its own files; `data:` is its empty icon. */
export const STRICT = ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "connect-src 'self'", 'img-src data:', "base-uri 'none'"];

/** The same without WebAssembly. */
export const WITHOUT_WASM = STRICT.map((rule) => rule.replace(" 'wasm-unsafe-eval'", ''));

export class Site {
  #server;
  /** Where it is, with a slash at its end. */
  address = '';

  /** @param {string} folder @param {readonly string[]} policy */
  constructor(folder, policy) {
    this.#server = createServer(async ({ url = '/' }, response) => {
      const file = path.join(folder, path.normalize(decodeURIComponent(new URL(url, 'http://host').pathname)));
      const type = TYPES[path.extname(file)];
      try {
        if (type === undefined) throw new Error(`${file} has no type`);
        const content = await readFile(file);
        const rules = type.startsWith('text/html') ? allowing(policy, content.toString()) : policy;
        response.writeHead(200, { 'content-type': type, 'x-content-type-options': 'nosniff', 'content-security-policy': rules.join('; ') });
        response.end(content);
      } catch {
        response.writeHead(404).end();
      }
    });
  }

  async open() {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
    const { port } = /** @type {import('node:net').AddressInfo} */ (this.#server.address());
    this.address = `http://127.0.0.1:${port}/`;
    return this;
  }

  close() {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

/**
 * A policy that allows a page's import map, which cannot be a file of its own, by its hash.
 *
 * @param {readonly string[]} policy @param {string} page
 */
function allowing(policy, page) {
  const map = /<script type="importmap">([^]*?)<\/script>/.exec(page)?.[1];
  if (map === undefined) return policy;
  const hash = createHash('sha256').update(map).digest('base64');
  return policy.map((rule) => (rule.startsWith('script-src ') ? `${rule} 'sha256-${hash}'` : rule));
}
