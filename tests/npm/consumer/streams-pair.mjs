// Transports for the tests of streams: two ends in memory, and one end whose other end a test plays by hand.
import { FrameDecoder, encodeFrame } from 'ws101';

const bytesOf = (highWaterMark) => ({ highWaterMark, size: (chunk) => chunk.length });

/** Two ends, each of which reads what the other writes. So many bytes may be on their way before a write waits. */
export function pair(room = 65_536) {
  const there = new TransformStream({}, bytesOf(room), bytesOf(room));
  const back = new TransformStream({}, bytesOf(room), bytesOf(room));
  return [
    { readable: back.readable, writable: there.writable },
    { readable: there.readable, writable: back.writable },
  ];
}

/** The other end of a transport, played by hand: it sends any bytes, and reads heads and frames. */
export class Peer {
  #reader;
  #writer;
  #decoder;
  #frames = [];

  /** `role` is the end that is played. */
  constructor(transport, role) {
    this.role = role;
    this.#reader = transport.readable.getReader();
    this.#writer = transport.writable.getWriter();
    this.#writer.closed.catch(() => {});
    this.#decoder = new FrameDecoder({ role });
  }

  send(bytes) {
    const sent = this.#writer.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
    sent.catch(() => {});
    return sent;
  }

  frame(opcode, payload = '', fin = true) {
    return encodeFrame({ opcode, payload, fin, maskingKey: this.role === 'client' ? 'random' : null });
  }

  sendFrame(...frame) {
    return this.send(this.frame(...frame));
  }

  sendClose(code, reason = '') {
    return this.sendFrame(8, code === undefined ? '' : Buffer.concat([Buffer.of(code >> 8, code & 255), Buffer.from(reason)]));
  }

  /** The next frame, `[opcode, payload]`; `null` at the end. Payloads are text, those of a Close `[code, reason]`. */
  async next() {
    while (this.#frames.length === 0) {
      const { done, value } = await this.#reader.read();
      if (done) return null;
      this.decode(value);
    }
    const [opcode, payload] = this.#frames.shift();
    if (opcode !== 8) return [opcode, String(payload)];
    return [8, payload.length === 0 ? [] : [payload.readUInt16BE(), String(payload.subarray(2))]];
  }

  /** Takes bytes for what came. */
  decode(bytes) {
    for (const { opcode, payload, first, last } of this.#decoder.decode(bytes)) {
      this.partial = first ? [payload] : [...this.partial, payload];
      if (last) this.#frames.push([opcode, Buffer.concat(this.partial)]);
    }
  }

  /** The next chunk as text; `null` at the end. */
  async chunk() {
    const { done, value } = await this.#reader.read();
    return done ? null : Buffer.from(value).toString('latin1');
  }

  end() {
    return this.#writer.close();
  }

  break(error) {
    return Promise.all([this.#writer.abort(error), this.#reader.cancel(error)]);
  }
}

/** Everything whole, in two pieces at every place, and byte by byte. */
export function* arrivals(bytes) {
  yield [bytes];
  for (let at = 1; at < bytes.length; at++) yield [bytes.subarray(0, at), bytes.subarray(at)];
  yield Array.from(bytes, (byte) => Uint8Array.of(byte));
}

/** A stream of what a list holds. */
export const streamOf = (values) => {
  const iterator = values[Symbol.iterator]();
  return new ReadableStream({
    pull(controller) {
      const { done, value } = iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
};

export const collect = async (readable) => {
  const all = [];
  for await (const value of readable) all.push(value);
  return all;
};

export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Whether a promise is still pending after a while. */
export const isPending = async (promise, milliseconds = 30) => {
  const pending = Symbol('pending');
  return (await Promise.race([promise, pause(milliseconds).then(() => pending)])) === pending;
};
