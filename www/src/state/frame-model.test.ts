import { describe, expect, it } from 'vitest';
import { forgeFrame, inspect, lengthMarkers } from '../engine';
import { joinBytes, parseHex, utf8 } from './bytes';
import { framesOf, replaceFrame } from './frame-model';

const read = (stream: Uint8Array) => framesOf(inspect(stream, { as: 'frames' }).fields, stream, lengthMarkers);
const hex = (text: string) => parseHex(text).bytes!;

it('reads the masked text frame of §5.7', () => {
  expect(read(hex('81 85 37 fa 21 3d 7f 9f 4d 51 58'))).toEqual([
    {
      start: 0,
      end: 11,
      complete: true,
      fin: true,
      rsv1: false,
      rsv2: false,
      rsv3: false,
      opcode: 1,
      lengthForm: 7,
      declaredLength: 5n,
      maskingKey: hex('37 fa 21 3d'),
      wirePayload: hex('7f 9f 4d 51 58'),
    },
  ]);
});

it('reads one frame after another, each at its place', () => {
  const frames = read(hex('01 03 48 65 6c 80 02 6c 6f'));
  expect(frames.map(({ start, end, fin, opcode }) => ({ start, end, fin, opcode }))).toEqual([
    { start: 0, end: 5, fin: false, opcode: 1 },
    { start: 5, end: 9, fin: true, opcode: 0 },
  ]);
});

describe('forms of length', () => {
  it.each([7, 16, 64] as const)('knows the %d-bit form of a short payload', (lengthForm) => {
    const frame = read(forgeFrame({ opcode: 2, lengthForm, payload: utf8('Hello') }))[0]!;
    expect(frame).toMatchObject({ lengthForm, declaredLength: 5n, wirePayload: utf8('Hello'), complete: true });
  });

  it('keeps a length that the payload does not reach', () => {
    const frame = read(forgeFrame({ opcode: 2, declaredLength: 2n ** 62n, payload: utf8('a') }))[0]!;
    expect(frame).toMatchObject({ lengthForm: 64, declaredLength: 2n ** 62n, complete: false, wirePayload: utf8('a') });
  });
});

it('reads whatever is there of a frame that is cut anywhere', () => {
  const whole = forgeFrame({ opcode: 1, maskingKey: hex('01 02 03 04'), payload: 'x'.repeat(200) });
  for (let length = 1; length < whole.length; length++) {
    const frames = read(whole.slice(0, length));
    expect(frames).toHaveLength(1);
    if (length > 1) expect(frames[0]!.lengthForm).toBe(16);
    expect(frames[0]).toMatchObject({ start: 0, end: length, complete: false, fin: true, opcode: 1 });
  }
});

it('puts a frame in the place of another', () => {
  const stream = hex('81 01 61 81 01 62 81 01 63');
  const replaced = replaceFrame(stream, read(stream)[1]!, forgeFrame({ opcode: 9, payload: '' }));
  expect(replaced).toEqual(joinBytes(hex('81 01 61'), hex('89 00'), hex('81 01 63')));
});
