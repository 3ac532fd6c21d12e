// The tap of the page's own server: asked for, and opened for one connection.

import { readRecord, readTapMessage, readTapOffer, socketAddress, type TapOffer, type WireRecord } from '../state/tap';

export interface TapListener {
  record: (record: WireRecord) => void;
  error: (message: string) => void;
}

export interface OpenTap {
  socket: WebSocket;
  /** What the connection is to carry as `?tap=…`. */
  id: string;
}

/** Asks the page's own host for the tap; `null` where it has none, as a static host. */
export async function askForTap(): Promise<TapOffer | null> {
  try {
    const response = await fetch(new URL('tap.json', document.baseURI), { cache: 'no-store' });
    return response.ok ? readTapOffer(await response.text()) : null;
  } catch {
    return null;
  }
}

/** Opens the tap, and hands on what it tells; `null` where the server refuses. */
export function openTap({ tap, secret }: TapOffer, listener: TapListener): Promise<OpenTap | null> {
  const socket = new WebSocket(socketAddress(location, `${tap}?secret=${encodeURIComponent(secret)}`));
  socket.binaryType = 'arraybuffer';
  return new Promise((resolve) => {
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (typeof data !== 'string') {
        const record = readRecord(new Uint8Array(data));
        if (record) listener.record(record);
        return;
      }
      const message = readTapMessage(data);
      if (message?.type === 'ready') resolve({ socket, id: message.id });
      if (message?.type === 'error') listener.error(message.message);
    };
    socket.onclose = () => resolve(null);
  });
}
