/** Bytes and texts on their way to the module and back. */

export const encoder = new TextEncoder();

/** A BOM is a character of a text like any other: RFC 6455 §5.6 knows no exception. */
export const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The bytes of a text, or the bytes themselves. */
export function utf8(text: string | Uint8Array): Uint8Array {
  return typeof text === 'string' ? encoder.encode(text) : text;
}

/** Bytes one after another; `null` stands for none. */
export function joined(parts: readonly (Uint8Array | null)[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + (part?.length ?? 0), 0));
  let end = 0;
  for (const part of parts) {
    if (part !== null) {
      bytes.set(part, end);
      end += part.length;
    }
  }
  return bytes;
}
