// Counts what was found to be as it should, and throws at the first that is not. No runtime's own assertions, because
// this runs in all of them.

export class Checks {
  count = 0;

  /** A condition holds. @param {string} what @param {unknown} condition @param {unknown} [seen] */
  that(what, condition, seen) {
    if (!condition) throw new Error(seen === undefined ? what : `${what}: ${plain(seen)}`);
    this.count++;
  }

  /** Two values are the same in every part. @param {string} what @param {unknown} actual @param {unknown} expected */
  same(what, actual, expected) {
    const [found, wanted] = [plain(actual), plain(expected)];
    if (found !== wanted) throw new Error(`${what}: ${found} should be ${wanted}`);
    this.count++;
  }

  /**
   * A call throws an error that has these properties; a pattern stands for all texts that it fits.
   *
   * @param {string} what @param {() => unknown} call @param {Record<string, unknown>} expected
   */
  throws(what, call, expected) {
    const error = thrownBy(call);
    if (!(error instanceof Error)) throw new Error(`${what}: no error was thrown, but ${plain(error)}`);
    for (const [name, wanted] of Object.entries(expected)) {
      const found = /** @type {any} */ (error)[name];
      const fits = wanted instanceof RegExp ? wanted.test(String(found)) : plain(found) === plain(wanted);
      if (!fits) throw new Error(`${what}: ${name} is ${plain(found)}, which should be ${plain(wanted)}`, { cause: error });
    }
    this.count++;
  }
}

/** What a call throws; nothing when it throws nothing. @param {() => unknown} call */
export function thrownBy(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  return undefined;
}

/** A value as text: bytes as digits, the names of an object in order. @param {unknown} value @returns {string} */
function plain(value) {
  if (value instanceof Uint8Array) return `<${hex(value)}>`;
  if (Array.isArray(value)) return `[${value.map(plain).join(', ')}]`;
  if (value instanceof RegExp) return String(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
    return `{ ${parts.map(([name, part]) => `${name}: ${plain(part)}`).join(', ')} }`;
  }
  return JSON.stringify(value) ?? String(value);
}

/** Bytes from hexadecimal digits; blanks between them count for nothing. @param {string} digits */
export function bytes(digits) {
  const pairs = digits.replaceAll(' ', '').match(/../g) ?? [];
  return Uint8Array.from(pairs, (pair) => parseInt(pair, 16));
}

/** @param {Uint8Array} data */
export function hex(data) {
  return Array.from(data, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A text's UTF-8. @param {string} text */
export function utf8(text) {
  return new TextEncoder().encode(text);
}

/** @param {Uint8Array} data */
export function text(data) {
  return new TextDecoder().decode(data);
}

/** @param {readonly Uint8Array[]} parts */
export function joined(parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * The ways in which data may arrive: whole, in two pieces at every place, and byte by byte.
 *
 * @param {Uint8Array} data
 */
export function* arrivals(data) {
  yield [data];
  for (let at = 0; at <= data.length; at++) yield [data.subarray(0, at), data.subarray(at)];
  yield Array.from(data, (_, at) => data.subarray(at, at + 1));
}
