/** Frames as streams of the platform: what a decoder and an encoder do, between two pipes (RFC 6455 §5). */

import { bytes } from '../arguments.ts';
import { FrameDecoder, type FrameDecoderOptions, type FramePart } from '../decoder.ts';
import type { EncodeFrameOptions } from '../encode.ts';
import { FrameEncoder, type FrameEncoderOptions } from '../encoder.ts';
import { Outlet } from './outlet.ts';

/**
 * A {@link FrameDecoder} as a transform stream: bytes in, frames and parts of frames out.
 *
 * A chunk counts as written when all its parts were read. Where the stream breaks a rule, the parts before are read
 * first; then both ends fail with the rule. That the bytes end within a frame or a message is no error: its last part
 * was not `last`.
 *
 * @example
 * ```js
 * const parts = transport.readable.pipeThrough(new FrameDecoderStream({ role: 'server' }));
 * for await (const part of parts) console.log(part.opcode, part.payloadLength);
 * ```
 */
export class FrameDecoderStream {
  /** The frames, as {@link FrameDecoder.decode} gives them. */
  readonly readable: ReadableStream<FramePart>;
  /** Takes chunks of any length. */
  readonly writable: WritableStream<Uint8Array>;

  /** Throws a `TypeError` or `RangeError` that names the option; `'view'` is none, since a reader comes later. */
  constructor(o: FrameDecoderOptions) {
    if (o?.bytes === 'view') {
      throw new TypeError(`bytes must be 'copy' or 'write-back': views would be gone when the stream is read`);
    }
    const decoder = new FrameDecoder(o);
    ({ readable: this.readable, writable: this.writable } = transform(
      (chunk: Uint8Array) => decoder.decode(bytes('chunk', chunk)),
      () => decoder.free(),
    ));
  }
}

/**
 * A {@link FrameEncoder} as a transform stream: frames in, the bytes of each out.
 *
 * A frame that may not be sent makes both ends fail with its error.
 *
 * @example
 * ```js
 * const frames = new FrameEncoderStream({ role: 'client' });
 * const sent = frames.readable.pipeTo(transport.writable);
 * await frames.writable.getWriter().write({ opcode: opcodes.text, payload: 'Hello' });
 * ```
 */
export class FrameEncoderStream {
  /** The bytes of each frame, the reader's to keep. */
  readonly readable: ReadableStream<Uint8Array>;
  /** Takes frames, as {@link FrameEncoder.encode} does. */
  readonly writable: WritableStream<EncodeFrameOptions>;

  /** Throws a `TypeError` that names the option. */
  constructor(o: FrameEncoderOptions) {
    const encoder = new FrameEncoder(o);
    ({ readable: this.readable, writable: this.writable } = transform(
      (frame: EncodeFrameOptions) => {
        encoder.encode(frame);
        return [encoder.take()];
      },
      () => encoder.free(),
    ));
  }
}

/** Two ends, and between them `convert`; `free` is called when nothing will be converted any more. */
function transform<In, Out>(
  convert: (value: In) => Iterable<Out>,
  free: () => void,
): { readable: ReadableStream<Out>; writable: WritableStream<In> } {
  let sink: WritableStreamDefaultController;
  const outlet = new Outlet<Out>((reason) => {
    free();
    sink.error(reason);
  });
  const fail = (error: unknown): void => {
    outlet.fail(error);
    free();
  };
  const writable = new WritableStream<In>({
    start(controller) {
      sink = controller;
      // An abort waits for the write under way, which waits for a reader.
      controller.signal.addEventListener('abort', () => fail(controller.signal.reason));
    },
    async write(value) {
      try {
        for (const converted of convert(value)) {
          if (!(await outlet.give(converted))) {
            return;
          }
        }
      } catch (error) {
        fail(error);
        throw error;
      }
    },
    close() {
      outlet.end();
      free();
    },
    abort: fail,
  });
  return { readable: outlet.stream, writable };
}
