// `websocket`: its frames alone. A connection of it waits for the event loop once a frame; that is spared here. What its
// connection does with a frame of text, to check it and to make a string, is done here too.

import { createRequire } from 'node:module';
import { Buffer } from 'node:buffer';

const require = createRequire(import.meta.url);
const CONFIG = { maxReceivedFrameSize: 16 << 20 };

function load() {
  return {
    Frame: require('websocket/lib/WebSocketFrame'),
    BufferList: require('websocket/vendor/FastBufferList'),
    isValidUtf8: require('utf-8-validate'),
  };
}

function encode(mask) {
  return (put) => {
    const { Frame } = load();
    const [maskBytes, header] = [Buffer.alloc(4), Buffer.alloc(10)];
    return {
      message(payload) {
        const frame = new Frame(maskBytes, header, CONFIG);
        frame.fin = true;
        frame.opcode = 2;
        frame.mask = mask;
        frame.binaryPayload = payload;
        put(frame.toBuffer());
      },
      flush() {},
    };
  };
}

/** @type {import('./index.mjs').Contestant[]} */
export const contestants = [
  {
    name: 'websocket, frames alone',
    standing: 'peer',
    packages: ['websocket'],

    decode({ deliver, isText }) {
      const { Frame, BufferList, isValidUtf8 } = load();
      const [maskBytes, header] = [Buffer.alloc(4), Buffer.alloc(10)];
      const list = new BufferList();
      let frame = new Frame(maskBytes, header, CONFIG);
      return (chunk) => {
        list.write(chunk);
        while (frame.addData(list)) {
          const { binaryPayload } = frame;
          if (frame.protocolError || frame.frameTooLarge) throw new Error(frame.dropReason);
          if (isText && !isValidUtf8(binaryPayload)) throw new Error('a text is not UTF-8');
          deliver(isText ? binaryPayload.toString('utf8') : binaryPayload);
          frame = new Frame(maskBytes, header, CONFIG);
        }
      };
    },

    encodeMasked: encode(true),
    encodeUnmasked: encode(false),
  },
];
