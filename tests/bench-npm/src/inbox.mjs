// Where messages arrive: each is counted and its length compared; where asked, all of it is.

import { Buffer } from 'node:buffer';

/** The receiving application. */
export class Inbox {
  #wire;
  #lengths;
  #taken = 0;
  #wrong = -1;
  /** Bytes that were looked at: what was delivered counts as used. */
  #seen = 0;

  /** An inbox for the messages of a wire, in their order; texts come as strings. */
  constructor(wire) {
    this.#wire = wire;
    const length = wire.content === 'binary' ? (payload) => payload.length : (payload) => payload.toString().length;
    this.#lengths = Int32Array.from(wire.payloads, length);
  }

  /** Takes the next message, and looks at its length and its last byte or character: what timing can afford. */
  glance = (data) => {
    const { length } = data;
    if (length !== this.#lengths[this.#taken]) this.#note();
    this.#seen += typeof data === 'string' ? data.charCodeAt(length - 1) : data[length - 1];
    this.#taken++;
  };

  /** Takes the next message, and compares all of it. */
  compare = (data) => {
    const payload = this.#wire.payloads[this.#taken];
    const isText = this.#wire.content !== 'binary';
    const right =
      payload !== undefined &&
      (isText ? data === payload.toString() : data instanceof Uint8Array && Buffer.compare(data, payload) === 0);
    if (!right) this.#note();
    this.#taken++;
  };

  /** Ends a pass: throws unless every message came, and came right. */
  end() {
    const [taken, wrong, sent] = [this.#taken, this.#wrong, this.#wire.payloads.length];
    this.#taken = 0;
    this.#wrong = -1;
    if (taken !== sent) throw new Error(`gave ${taken} of ${sent} messages`);
    if (wrong >= 0) throw new Error(`message ${wrong} of ${sent} is not what was sent`);
    if (Number.isNaN(this.#seen)) throw new Error('a message holds something else than bytes or characters');
    this.#seen = 0;
  }

  #note() {
    if (this.#wrong < 0) this.#wrong = this.#taken;
  }
}
