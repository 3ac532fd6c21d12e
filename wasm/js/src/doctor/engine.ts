/**
 * The one place that touches the doctor's module.
 *
 * A call leaves nothing behind in it. So an instance that trapped, or whose memory one large recording made grow (memory
 * of WebAssembly never shrinks), is let go, and the next call begins with a fresh one.
 */

import { __wbg_reset_state, initSync } from '../../generated/doctor/ws101_wasm_doctor.js';

/** The most that an instance may hold between two calls, in bytes. */
const KEPT = 16 * 1024 * 1024;

const decoder = new TextDecoder();

let module: WebAssembly.Module | undefined;
let spent = false;

/** Starts the module. */
export function start(compiled: WebAssembly.Module): void {
  module = compiled;
  memory();
}

/** What a function of the module answers. */
export function ask<T>(question: () => Uint8Array): T {
  if (spent) {
    renew();
  }
  const answer = attempt(question);
  if (memory().buffer.byteLength > KEPT) {
    renew();
  }
  return JSON.parse(decoder.decode(answer)) as T;
}

function attempt(question: () => Uint8Array): Uint8Array {
  try {
    return question();
  } catch (cause) {
    const held = Math.ceil(memory().buffer.byteLength / 2 ** 20);
    spent = true;
    throw new Error(
      `ws101/doctor stopped at this call: it ran out of memory (it held ${held} MiB), or there is a defect in it. ` +
        'The next call starts it anew',
      { cause },
    );
  }
}

function renew(): void {
  spent = true;
  __wbg_reset_state();
  spent = false;
}

/** The memory of the instance that runs; the first call makes one. */
function memory(): WebAssembly.Memory {
  return initSync({ module: module! }).memory;
}
