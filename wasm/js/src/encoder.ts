/** Writing frames, many into one buffer (RFC 6455 §5). */

import { FrameEncoder as Module } from '../generated/ws101_wasm.js';
import { oneOf, options } from './arguments.ts';
import type { Role } from './decoder.ts';
import { add, parts, type EncodeFrameOptions } from './encode.ts';
import { running, stopped } from './engine.ts';
import { randomWord } from './random.ts';
import { dispose } from './resources.ts';
import { copyOut } from './table.ts';

/** What an encoder takes. */
export interface FrameEncoderOptions {
  /** Who we are: the frames of a `client` are masked, each with new random bytes, and those of a `server` are not (§5.1). */
  role: Role;
}

/**
 * Writes frames one behind the other, to be sent together: for proxies, and for whoever keeps order and state by himself.
 * ({@link Connection} does that, and writes as fast.)
 *
 * @example
 * ```js
 * const encoder = new FrameEncoder({ role: 'server' });
 * for (const text of ['Hello', 'World']) encoder.encode({ opcode: opcodes.text, payload: text });
 * socket.write(encoder.take());
 * ```
 */
export class FrameEncoder {
  #module: Module | undefined;
  readonly #masks: boolean;

  /** Throws a `TypeError` that names the option. */
  constructor(o: FrameEncoderOptions) {
    const { role } = options('FrameEncoder’s argument', o);
    this.#masks = oneOf('role', role, ['client', 'server']) === 'client';
    running();
    try {
      this.#module = new Module();
    } catch (error) {
      stopped(error);
    }
  }

  /**
   * Adds a frame; a `maskingKey` in it takes the place of what the role says.
   *
   * Throws as {@link encodeFrame} does; then nothing is added.
   */
  encode(o: EncodeFrameOptions): void {
    const module = this.#alive();
    const frame = parts('encode’s argument', o);
    if (frame.key === undefined && this.#masks) {
      frame.key = randomWord();
    }
    try {
      add(module, frame);
    } catch (error) {
      stopped(error);
    }
  }

  /** How many bytes the frames have that were not taken. */
  get length(): number {
    return this.#alive().length();
  }

  /** All frames since the last call, the caller's to keep. */
  take(): Uint8Array {
    const module = this.#alive();
    try {
      return copyOut(running().table.take_frames(module));
    } catch (error) {
      return stopped(error);
    }
  }

  /** Gives its memory back at once, rather than when it is collected. */
  free(): void {
    this.#module?.free();
    this.#module = undefined;
  }

  /** Lets `using` free it. */
  declare [Symbol.dispose]: () => void;

  static {
    dispose(this);
  }

  #alive(): Module {
    if (this.#module === undefined) {
      throw new TypeError('this FrameEncoder was freed: make a new one');
    }
    return this.#module;
  }
}
