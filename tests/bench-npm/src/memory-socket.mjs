// A socket without a network, for libraries that want one.

import { Duplex } from 'node:stream';

/** What is written goes to `onWrite`; what `push` is given can be read. */
export class MemorySocket extends Duplex {
  /** @type {(bytes: Buffer) => void} */
  onWrite = () => {};

  _read() {}

  _write(bytes, _encoding, done) {
    this.onWrite(bytes);
    done();
  }

  /** What Node and libraries ask of a socket beside its bytes. */
  setNoDelay() {
    return this;
  }

  setKeepAlive() {
    return this;
  }

  setTimeout() {
    return this;
  }

  ref() {
    return this;
  }

  unref() {
    return this;
  }
}
