// Frame: one stream of bytes is the truth; the form, the hex and the list are views of it.

import { computed, signal } from '@preact/signals';
import { applyMask, forgeFrame, generateMaskingKey, inspect, lengthMarkers, opcodes, type Role } from '../engine';
import type { Finding, Recording } from '../doctor/engine';
import { doctor } from '../doctor/load';
import { t } from '../locale';
import { createInspected, type Target } from '../parts/inspected';
import { createView } from '../parts/workbench';
import { defaultAddress, type Address } from '../state/address';
import { joinBytes, parseHex } from '../state/bytes';
import { framesOf, replaceFrame, type FrameEdit, type FrameModel, type LengthForm } from '../state/frame-model';
import { moveIndex } from '../state/selection';

export const stream = signal<Uint8Array>(defaultAddress.stream!);
export const selectedIndex = signal(0);
/** Who reads the stream: decides whether its frames must be masked. */
export const reader = signal<'any' | Role>('any');
export const view = createView('source', 'half');

const inspection = computed(() => inspect(stream.value, reader.value === 'any' ? { as: 'frames' } : { as: 'frames', role: reader.value }));
export const problems = computed(() => inspection.value.problems);
export const frames = computed(() => framesOf(inspection.value.fields, stream.value, lengthMarkers));
export const selectedFrame = computed<FrameModel | null>(() => frames.value[Math.min(selectedIndex.value, frames.value.length - 1)] ?? null);
export const shownIndex = computed(() => (selectedFrame.value ? frames.value.indexOf(selectedFrame.value) : -1));

/** The stream as the doctor takes it: sent by whom it is said to be, or else by whom its first frame looks like. */
export const recording = computed<Recording>(() => {
  const sentByClient = reader.value === 'any' ? frames.value[0]?.maskingKey != null : reader.value === 'server';
  return sentByClient ? { fromClient: stream.value } : { fromServer: stream.value };
});
export const diagnosis = computed(() => {
  if (!doctor.value || stream.value.length === 0) return null;
  const { findings, ...rest } = doctor.value.diagnose(recording.value);
  // Where anybody may have sent it, nobody knows who should have masked.
  const told = reader.value === 'any' ? findings.filter(({ rule }) => rule !== 'FRAME_MASKED' && rule !== 'FRAME_UNMASKED') : findings;
  return { ...rest, findings: told };
});

export const inspected = createInspected(
  computed<Target | null>(() => {
    const frame = selectedFrame.value;
    if (!frame) return null;
    return {
      bytes: stream.value.slice(frame.start, frame.end),
      before: stream.value.slice(0, frame.start),
      as: 'frames',
      ...(reader.value === 'any' ? {} : { role: reader.value }),
      title: t.value.frame.nth(shownIndex.value + 1),
    };
  }),
);

/** The payload as it was meant. */
export function payloadOf(frame: FrameModel): Uint8Array {
  return frame.maskingKey ? applyMask(frame.wirePayload.slice(), frame.maskingKey) : frame.wirePayload;
}

/** Whether the length is written as short as it can be: then it stays so while the payload changes. */
export function formChoice(frame: FrameModel): LengthForm | 'shortest' {
  const shortest = forgeFrame({ opcode: opcodes.binary, declaredLength: frame.declaredLength });
  const form = framesOf(inspect(shortest, { as: 'frames' }).fields, shortest, lengthMarkers)[0]?.lengthForm;
  return form === frame.lengthForm ? 'shortest' : frame.lengthForm;
}

/** The length that the header announces where it is not the payload's. */
export function declaredChoice(frame: FrameModel): bigint | null {
  return frame.declaredLength === BigInt(frame.wirePayload.length) ? null : frame.declaredLength;
}

export function editFrame(frame: FrameModel, change: Partial<FrameEdit>): void {
  const edit: FrameEdit = {
    fin: frame.fin,
    rsv1: frame.rsv1,
    rsv2: frame.rsv2,
    rsv3: frame.rsv3,
    opcode: frame.opcode,
    maskingKey: frame.maskingKey,
    payload: payloadOf(frame),
    lengthForm: formChoice(frame),
    declaredLength: change.payload ? null : declaredChoice(frame),
    ...change,
  };
  const { lengthForm, declaredLength, ...bits } = edit;
  const forged = forgeFrame({ ...bits, ...(lengthForm === 'shortest' ? {} : { lengthForm }), ...(declaredLength === null ? {} : { declaredLength }) });
  setStream(replaceFrame(stream.value, frame, forged));
}

export function rollKey(frame: FrameModel): void {
  editFrame(frame, { maskingKey: generateMaskingKey() });
}

export function addFrame(): void {
  const added = forgeFrame({ opcode: opcodes.text, maskingKey: selectedFrame.value?.maskingKey ? generateMaskingKey() : null, payload: '你好' });
  setStream(joinBytes(stream.value, added));
  selectFrame(frames.value.length - 1);
}

export function removeFrame(frame: FrameModel): void {
  setStream(replaceFrame(stream.value, frame, new Uint8Array(0)));
  selectFrame(Math.max(0, selectedIndex.value - 1));
}

export function setStream(bytes: Uint8Array): void {
  stream.value = bytes;
  inspected.hover.value = null;
}

export function selectFrame(index: number): void {
  selectedIndex.value = index;
  inspected.selection.value = null;
}

/** The frame that a finding is about, and its bytes in it. */
export function selectFinding({ where: { start, end } }: Finding): void {
  const index = frames.value.findLastIndex((frame) => frame.start <= start);
  const frame = frames.value[index];
  if (!frame) return;
  selectFrame(index);
  if (end > start) inspected.selection.value = { start: (start - frame.start) * 8, end: (Math.min(end, frame.end) - frame.start) * 8 };
}

export function moveFrame(step: 1 | -1): void {
  const next = moveIndex(shownIndex.value, step, frames.value.length);
  if (next >= 0) selectFrame(next);
}

/** A link counts bits from the stream's first byte, the Inspector from the frame's. */
export function addressPart(): Partial<Address> {
  const frame = selectedFrame.value;
  const range = inspected.selection.value;
  const at = frame && range ? { start: range.start + frame.start * 8, end: range.end + frame.start * 8 } : null;
  return { stream: stream.value, at };
}

export function restore({ stream: bytes, at }: Address): void {
  if (bytes) setStream(bytes);
  const index = at ? frames.value.findIndex((frame) => at.start >= frame.start * 8 && at.start < frame.end * 8) : 0;
  selectFrame(Math.max(0, index));
  const frame = selectedFrame.value;
  if (at && frame && index >= 0) {
    inspected.selection.value = { start: at.start - frame.start * 8, end: Math.min(at.end, frame.end * 8) - frame.start * 8 };
    view.sheet.value = 'half';
  }
}

const hexOf = (hex: string) => () => parseHex(hex).bytes!;

/** §5.7, in its order. */
export const examples = {
  text: hexOf('81 05 48 65 6c 6c 6f'),
  maskedText: hexOf('81 85 37 fa 21 3d 7f 9f 4d 51 58'),
  fragmented: hexOf('01 03 48 65 6c 80 02 6c 6f'),
  pingPong: hexOf('89 05 48 65 6c 6c 6f 8a 85 37 fa 21 3d 7f 9f 4d 51 58'),
  binary256: () => forgeFrame({ opcode: opcodes.binary, payload: countingBytes(256) }),
  binary64k: () => forgeFrame({ opcode: opcodes.binary, payload: countingBytes(65536) }),
};

function countingBytes(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => index % 256);
}
