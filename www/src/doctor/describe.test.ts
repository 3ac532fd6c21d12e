import { expect, it } from 'vitest';
import { Locator } from '../state/locate';
import { describe } from './describe';
import * as doctor from './engine';
import { partsOf, type PartName, type Parts } from './parts';
import { read } from './read';
import { request, response } from './rules/good';
import { hexBytes, recordingOf } from './rules/recording';
import { timelineOf } from './timeline';

const names: readonly PartName[] = ['request', 'response', 'fromClient', 'fromServer'];

function partsOfExample(example: Parameters<typeof recordingOf>[0]): Parts {
  const recording = recordingOf(example);
  return partsOf(recording, doctor.diagnose(recording).heads);
}

const note = { en: '', zh: '' };
const whole = { request, response, fromClient: '81 85 37 fa 21 3d 7f 9f 4d 51 58', fromServer: '81 02 68 69 82 7e 00 c8 41*200', note };

it('is read back as what it describes', () => {
  const parts = partsOfExample(whole);
  const { connections, form } = read(doctor, describe(parts).text, 'auto');
  expect(form).toBe('text');
  const { recording } = connections[0]!;
  const again = partsOf(recording, doctor.diagnose(recording).heads);
  for (const name of names) expect(again[name], name).toEqual(parts[name]);
});

it('says of every byte where it stands', () => {
  const parts = partsOfExample(whole);
  const { text, marks } = describe(parts);
  const locator = new Locator(text, marks, (part) => parts[part as PartName]);
  for (const name of ['fromClient', 'fromServer'] as const) {
    for (const [at, byte] of parts[name].entries()) {
      const { from, to } = locator.locate(name, at, at + 1)!;
      expect(hexBytes(text.slice(from, to)), `${name} ${at}`).toEqual(Uint8Array.of(byte));
    }
  }
  const key = new TextDecoder().decode(parts.request).indexOf('dGhl');
  const { from, to } = locator.locate('request', key, key + 24)!;
  expect(text.slice(from, to)).toBe('dGhlIHNhbXBsZSBub25jZQ==');
});

it('divides a timeline where its heads end', () => {
  const streams = partsOfExample(whole);
  const bytes = (...parts: PartName[]) => Uint8Array.from(parts.flatMap((part) => [...streams[part]]));
  const records = [
    { kind: 'client-bytes', time: 1000, bytes: bytes('request', 'fromClient') },
    { kind: 'server-bytes', time: 2000, bytes: bytes('response') },
    { kind: 'server-bytes', time: 2500, bytes: bytes('fromServer') },
    { kind: 'server-fin', time: 3000, bytes: new Uint8Array(0) },
  ] as const;
  const recording = { timeline: timelineOf(records) };
  expect(recording.timeline[3]).toEqual({ at: 3, from: 'server', ended: 'fin' });
  expect(partsOf(recording, doctor.diagnose(recording).heads)).toEqual(streams);
});
