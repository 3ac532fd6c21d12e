// What a page does in a case of `/misbehave`, from its constructor to its last event: here, and in the tests that ask browsers.

/**
 * @typedef {'close' | 'close-without-code' | 'send-after-close' | 'close-while-connecting' | 'send-while-connecting' | 'send-text' | 'send-big' | 'send-and-listen'} Action
 * @typedef {{ url: string, offers: string[], client: Action | null, patience: number }} Wanted
 */

/**
 * What the script of a case sees. It stands for itself: the browser is given its source.
 * @param {Wanted} wanted
 * @returns {Promise<string[]>}
 */
export function play({ url, offers, client, patience }) {
  return new Promise((resolve) => {
    /** @type {string[]} */
    const events = [];
    const quoted = (/** @type {string} */ text) => JSON.stringify(text);
    const socket = new WebSocket(url, offers);
    socket.binaryType = 'arraybuffer';
    const attempt = (/** @type {() => void} */ action) => {
      try {
        action();
      } catch (error) {
        const { name, message } = /** @type {Error} */ (error);
        events.push(`throw ${name}: ${message}`);
      }
    };
    socket.onopen = () => {
      events.push(`open proto=${quoted(socket.protocol)} ext=${quoted(socket.extensions)}`);
      if (client === 'send-text' || client === 'send-and-listen') socket.send('hello');
      if (client === 'send-big') socket.send(new Uint8Array(100_000));
      if (client === 'close') socket.close(1000, 'done');
      if (client === 'close-without-code' || client === 'send-after-close' || client === 'send-text' || client === 'send-big') socket.close();
      if (client === 'send-after-close') attempt(() => socket.send('late'));
    };
    socket.onmessage = ({ data }) => {
      events.push(typeof data === 'string' ? `message ${quoted(data)}` : `message <binary ${data.byteLength} bytes>`);
    };
    socket.onerror = () => events.push('error');
    const timer = setTimeout(() => resolve(events), patience);
    socket.onclose = ({ code, wasClean, reason }) => {
      events.push(`close code=${code} clean=${wasClean} reason=${quoted(reason)}`);
      clearTimeout(timer);
      // What would come after a close is a fault of the browser that should be seen.
      setTimeout(() => resolve(events), 150);
    };
    if (client === 'send-while-connecting') attempt(() => socket.send('early'));
    if (client === 'close-while-connecting') socket.close();
  });
}
