// A frame as the form shows it, read from the labelled fields of the Inspector's own list.

import type { FieldKind, InspectedField } from '../engine';
import { replaceBytes } from './bytes';

export type LengthForm = 7 | 16 | 64;

export interface FrameModel {
  /** Byte range in the stream. */
  start: number;
  end: number;
  complete: boolean;
  fin: boolean;
  rsv1: boolean;
  rsv2: boolean;
  rsv3: boolean;
  opcode: number;
  lengthForm: LengthForm;
  /** The length that the header announces, whatever follows it. */
  declaredLength: bigint;
  maskingKey: Uint8Array | null;
  /** Payload data as it lies on the wire, masked or not. */
  wirePayload: Uint8Array;
}

/** The values of the short length that stand for a longer field behind it. */
export type LengthMarkers = Record<16 | 64, bigint | null>;

/** The frames of a stream, in order; `fields` are those of `inspect(stream, { as: 'frames' })`. */
export function framesOf(fields: readonly InspectedField[], stream: Uint8Array, markers: LengthMarkers): FrameModel[] {
  const starts = fields.flatMap((field, index) => (field.kind === 'frame' ? [index] : []));
  return starts.map((index, nth) => readFrame(fields.slice(index, starts[nth + 1]), stream, markers));
}

function readFrame(fields: readonly InspectedField[], stream: Uint8Array, markers: LengthMarkers): FrameModel {
  const whole = fields[0]!;
  const find = (kind: FieldKind) => fields.find((field) => field.kind === kind);
  const flag = (kind: FieldKind) => (find(kind)?.value ?? 0n) === 1n;
  const slice = (field: InspectedField) => stream.slice(Math.floor(field.start / 8), Math.ceil(field.end / 8));
  const extended = find('extended-payload-length');
  const payload = find('payload-data');
  return {
    start: Math.floor(whole.start / 8),
    end: Math.ceil(whole.end / 8),
    complete: whole.complete,
    fin: flag('fin'),
    rsv1: flag('rsv1'),
    rsv2: flag('rsv2'),
    rsv3: flag('rsv3'),
    opcode: Number(find('opcode')?.value ?? 0n),
    lengthForm: lengthForm(find('payload-length'), extended, markers),
    declaredLength: extended?.value ?? find('payload-length')?.value ?? 0n,
    maskingKey: flag('mask') ? fourBytes(find('masking-key'), slice) : null,
    wirePayload: payload ? slice(payload) : new Uint8Array(0),
  };
}

/** By the width of the extended field where it is whole; a cut one is still announced by the number before it. */
function lengthForm(short: InspectedField | undefined, extended: InspectedField | undefined, markers: LengthMarkers): LengthForm {
  if (extended?.complete) return extended.end - extended.start === 16 ? 16 : 64;
  if (short && short.value === markers[16]) return 16;
  return short && short.value === markers[64] ? 64 : 7;
}

/** A key that the stream cuts short is filled up with zeros, so that the form can go on. */
function fourBytes(field: InspectedField | undefined, slice: (field: InspectedField) => Uint8Array): Uint8Array {
  const key = new Uint8Array(4);
  if (field) key.set(slice(field).subarray(0, 4));
  return key;
}

/** What the form may change; `payload` is unmasked. */
export interface FrameEdit {
  fin: boolean;
  rsv1: boolean;
  rsv2: boolean;
  rsv3: boolean;
  opcode: number;
  lengthForm: LengthForm | 'shortest';
  declaredLength: bigint | null;
  maskingKey: Uint8Array | null;
  payload: Uint8Array;
}

/** The stream with one frame replaced, and where the new one ends. */
export function replaceFrame(stream: Uint8Array, frame: Pick<FrameModel, 'start' | 'end'>, by: Uint8Array): Uint8Array<ArrayBuffer> {
  return replaceBytes(stream, frame.start, frame.end, by);
}
