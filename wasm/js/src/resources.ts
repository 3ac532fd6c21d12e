/** What all classes that hold memory of the module have in common. */

/** The most bytes that are given to the module at a time: a failed allocation of more could stop it. */
export const SLICE = 65_536;

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
