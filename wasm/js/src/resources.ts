/** What all classes that hold memory of the module have in common. */

import { oneOf } from './arguments.ts';

/** The most bytes that are given to the module at a time: a failed allocation of more could stop it. */
export const SLICE = 65_536;

/**
 * Where the bytes of what comes in lie:
 *
 * - `'copy'`: in memory of their own, the caller's to keep; what comes in one chunk may share it. The chunk is not changed.
 * - `'write-back'`: in the chunk itself, which is changed (payloads are unmasked where they came), where they lie in it whole;
 *   else as with `'copy'`. The chunk must be the caller's to give away, as those of a socket are.
 * - `'view'`: in the memory of the module, until anything of this package is called again.
 */
export type BytesDelivery = 'copy' | 'write-back' | 'view';

/** `Symbol.dispose`, where the runtime has it: `using` then frees the object. */
export function dispose(type: { prototype: { free(): void } }): void {
  if (typeof Symbol.dispose === 'symbol') {
    Object.defineProperty(type.prototype, Symbol.dispose, {
      value(this: { free(): void }) {
        this.free();
      },
      configurable: true,
      writable: true,
    });
  }
}

/** Where payloads are wanted. */
export function delivery(bytes: BytesDelivery | undefined): BytesDelivery {
  return oneOf('bytes', bytes, ['copy', 'write-back', 'view'], 'copy');
}
