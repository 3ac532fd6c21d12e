/** What callers give us, judged before it reaches the module: a wrong type is a TypeError that names the argument. */

/** Bytes, wherever they lie. */
export type Bytes = Uint8Array | ArrayBuffer;

/** Bytes, as a view; neither shared nor detached. */
export function bytes(name: string, value: unknown): Uint8Array {
  const view = value instanceof Uint8Array ? value : viewOf(name, value);
  if (!(view.buffer instanceof ArrayBuffer) && tag(view.buffer) === 'SharedArrayBuffer') {
    throw new TypeError(`${name} lies in a SharedArrayBuffer, which may change while it is read: copy it first`);
  }
  if (view.byteLength === 0 && isDetached(view.buffer)) {
    throw detached(name);
  }
  return view;
}

/** Bytes, or any view of bytes, or a text that stands for its UTF-8; `null` when it is left out. */
export function optionalBytesOrText(name: string, value: unknown): Uint8Array | string | null {
  if (value === undefined || value === null || typeof value === 'string') {
    return value ?? null;
  }
  return bytes(`${name} (bytes or a string)`, tag(value) === 'DataView' ? bytesOfView(name, value as DataView) : value);
}

/** Bytes, or a text that stands for its UTF-8. */
export function bytesOrText(name: string, value: unknown): Uint8Array | string {
  if (typeof value === 'string') {
    return value;
  }
  return bytes(`${name} (bytes or a string)`, value);
}

/** A whole number between two others. */
export function integer(name: string, value: unknown, least: number, most: number): number {
  return between(name, value, least, most, 'whole number', Number.isInteger);
}

/** A number between two others. */
export function number(name: string, value: unknown, least: number, most: number): number {
  return between(name, value, least, most, 'number', Number.isFinite);
}

/** One of a few texts; `fallback` when it is left out. */
export function oneOf<T extends string>(name: string, value: unknown, choices: readonly T[], fallback?: T): T {
  const found = value === undefined ? fallback : choices.find((choice) => choice === value);
  if (found === undefined) {
    const given = typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : describe(value);
    throw new TypeError(`${name} must be ${choices.map((choice) => `'${choice}'`).join(' or ')}, but is ${given}`);
  }
  return found;
}

/** A string. */
export function text(name: string, value: unknown): string {
  if (typeof value !== 'string') {
    throw new TypeError(`${name} must be a string, but is ${describe(value)}`);
  }
  return value;
}

/** A string, or nothing. */
export function optionalText(name: string, value: unknown): string | null {
  return value === undefined || value === null ? null : text(name, value);
}

/** A list of strings; none when it is left out. */
export function texts(name: string, value: unknown): readonly string[] {
  return list(name, value).map((item, place) => text(`${name}[${place}]`, item));
}

/** A list of pairs of strings, flat; none when it is left out. */
export function pairs(name: string, value: unknown): readonly string[] {
  return list(name, value).flatMap((item, place) => {
    if (!Array.isArray(item) || item.length !== 2) {
      throw new TypeError(`${name}[${place}] must be a name and a value, as in ["Cookie", "a=1"]`);
    }
    return [text(`${name}[${place}][0]`, item[0]), text(`${name}[${place}][1]`, item[1])];
  });
}

/** A flag; `fallback` when it is left out. */
export function flag(name: string, value: unknown, fallback: boolean): boolean {
  if (value === undefined) {
    return fallback;
  }
  if (typeof value !== 'boolean') {
    throw new TypeError(`${name} must be true or false, but is ${describe(value)}`);
  }
  return value;
}

/** A masking-key: four bytes as one word, the first byte lowest. */
export function maskingKey(name: string, value: unknown): number {
  const key = bytes(name, value);
  if (key.length !== 4) {
    throw new RangeError(`${name} must have 4 bytes, but has ${key.length}`);
  }
  return (key[0]! | (key[1]! << 8) | (key[2]! << 16) | (key[3]! << 24)) >>> 0;
}

/** A list of anything; none when it is left out. */
export function list(name: string, value: unknown): readonly unknown[] {
  if (value === undefined) {
    return [];
  }
  if (!Array.isArray(value)) {
    throw new TypeError(`${name} must be an array, but is ${describe(value)}`);
  }
  return value;
}

/** An object of options. */
export function options<T extends object>(name: string, value: T | undefined): Partial<T> {
  if (value === undefined) {
    return {};
  }
  if (typeof value !== 'object' || value === null) {
    throw new TypeError(`${name} must be an object of options, but is ${describe(value)}`);
  }
  return value;
}

function between(
  name: string,
  value: unknown,
  least: number,
  most: number,
  kind: string,
  isOfKind: (value: number) => boolean,
): number {
  if (typeof value !== 'number') {
    throw new TypeError(`${name} must be a number, but is ${describe(value)}`);
  }
  if (!isOfKind(value) || value < least || value > most) {
    throw new RangeError(`${name} must be a ${kind} from ${least} to ${most}, but is ${value}`);
  }
  return value;
}

/** Views and buffers of another realm are no instances of this realm's classes. */
function viewOf(name: string, value: unknown): Uint8Array {
  if (ArrayBuffer.isView(value) && tag(value) === 'Uint8Array') {
    return value as Uint8Array;
  }
  if (tag(value) === 'ArrayBuffer') {
    if (isDetached(value as ArrayBuffer)) {
      throw detached(name);
    }
    return new Uint8Array(value as ArrayBuffer);
  }
  throw new TypeError(`${name} must be a Uint8Array or an ArrayBuffer, but is ${describe(value)}`);
}

/** The bytes that a DataView looks at; one whose buffer is gone cannot even say where it looked. */
function bytesOfView(name: string, view: DataView): Uint8Array {
  if (isDetached(view.buffer)) {
    throw detached(name);
  }
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

function detached(name: string): TypeError {
  return new TypeError(`${name} is detached: its buffer was transferred elsewhere`);
}

function isDetached(buffer: ArrayBufferLike): boolean {
  try {
    new Uint8Array(buffer);
    return false;
  } catch {
    return true;
  }
}

function tag(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

function describe(value: unknown): string {
  return value === null || value === undefined ? String(value) : `of type ${tag(value)}`;
}
