// The one door to the protocol: every answer about bytes comes through here, from the core by way of the npm module.

export {
  FrameDecoder,
  HeadReader,
  applyMask,
  buildRequest,
  buildResponse,
  describeStatusCode,
  encodeClosePayload,
  encodeFrame,
  errorTexts,
  forgeFrame,
  generateKey,
  generateMaskingKey,
  opcodes,
  parseClosePayload,
  verifyRequest,
  verifyResponse,
  version,
} from 'ws101';

export { explainAcceptKey, fieldTexts, inspect } from 'ws101/inspect';

export type { ErrorCode, FramePart, Role, Ws101Error } from 'ws101';
export type { AcceptSteps, FieldKind, InspectedField, Inspection } from 'ws101/inspect';

import { errorTexts, forgeFrame, opcodes, type Ws101Error } from 'ws101';
import { inspect } from 'ws101/inspect';

/** Errors of the module are known by their code, never by their class: several copies of the module may be about. */
export function isProtocolError(error: unknown): error is Ws101Error {
  return error instanceof Error && typeof (error as Partial<Ws101Error>).code === 'string' && (error as Ws101Error).code in errorTexts;
}

/** What a call gives, or the protocol error it throws; any other error is a fault of ours and goes on. */
export function attempt<T>(call: () => T): { value: T; error: null } | { value: null; error: Ws101Error } {
  try {
    return { value: call(), error: null };
  } catch (error) {
    if (isProtocolError(error)) return { value: null, error };
    throw error;
  }
}

const names = new Map<number, string>(Object.entries(opcodes).map(([name, opcode]) => [opcode, name.toUpperCase()]));

/** `TEXT`, `CLOSE`, …; a reserved opcode by its number, as `%x3`. */
export function opcodeName(opcode: number): string {
  return names.get(opcode) ?? `%x${opcode.toString(16).toUpperCase()}`;
}

export const knownOpcodes: readonly number[] = Object.values(opcodes);

/** The values of the short payload length that announce a longer field, as the module writes them. */
export const lengthMarkers = { 16: markerOf(16), 64: markerOf(64) };

function markerOf(lengthForm: 16 | 64): bigint | null {
  const { fields } = inspect(forgeFrame({ opcode: opcodes.binary, lengthForm }), { as: 'frames' });
  return fields.find((field) => field.kind === 'payload-length')?.value ?? null;
}
