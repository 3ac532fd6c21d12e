import { describe, expect, it } from 'vitest';
import { buildRequest, buildResponse, encodeClosePayload, encodeFrame, forgeFrame, opcodes } from '../engine';
import { joinBytes, utf8 } from '../state/bytes';
import type { RecordKind } from '../state/tap';
import type { FrameRow, Row } from '../state/timeline';
import { Capture } from './capture';

const key = 'dGhlIHNhbXBsZSBub25jZQ==';
const request = buildRequest({ host: 'example.com', target: '/echo', key });
const response = buildResponse({ key });
const maskingKey = new Uint8Array([0x37, 0xfa, 0x21, 0x3d]);
const hello = encodeFrame({ opcode: opcodes.text, payload: '你好', maskingKey });
const echo = encodeFrame({ opcode: opcodes.text, payload: '你好' });
const closing = encodeFrame({ opcode: opcodes.close, payload: encodeClosePayload(1000, 'bye'), maskingKey });

/** Feeds records, each at the millisecond of its place. */
function capture(...records: [RecordKind, Uint8Array?][]): Capture {
  const made = new Capture();
  records.forEach(([kind, bytes], index) => made.accept({ kind, time: index * 1000, bytes: bytes ?? new Uint8Array(0) }));
  return made;
}

const frames = (rows: readonly Row[]) => rows.filter((row): row is FrameRow => row.kind === 'frame');

it('makes rows of heads and frames, and keeps the bytes as they were on the wire', () => {
  const { rows, lastBytes } = capture(['client-bytes', request], ['server-bytes', response], ['client-bytes', hello], ['server-bytes', echo], ['client-bytes', closing], ['server-fin'], ['client-fin']);
  expect(rows.map((row) => [row.id, row.kind, row.direction, row.time])).toEqual([
    [0, 'request', 'out', 0],
    [1, 'response', 'in', 1000],
    [2, 'frame', 'out', 2000],
    [3, 'frame', 'in', 3000],
    [4, 'frame', 'out', 4000],
    [5, 'fin', 'in', 5000],
    [6, 'fin', 'out', 6000],
  ]);
  expect(rows[0]).toMatchObject({ title: 'GET /echo HTTP/1.1', bytes: request });
  expect(rows[2]).toMatchObject({ bytes: hello, preview: '你好', maskingKey, payloadLength: 6, complete: true });
  expect(rows[3]).toMatchObject({ bytes: echo, maskingKey: null });
  expect(rows[4]).toMatchObject({ close: { code: 1000, reason: 'bye' }, preview: '1000 bye' });
  expect(lastBytes.out.slice(-closing.length)).toEqual(closing);
});

it('gives the same rows whole and byte by byte', () => {
  const stream = joinBytes(request, hello, closing);
  const whole = capture(['client-bytes', stream]);
  const bytewise = capture(...Array.from(stream, (byte): [RecordKind, Uint8Array] => ['client-bytes', new Uint8Array([byte])]));
  const timeless = (rows: readonly Row[]) => rows.map((row) => ({ ...row, time: 0 }));
  expect(timeless(bytewise.rows)).toEqual(timeless(whole.rows));
  // A frame's time is that of its first byte.
  expect(bytewise.rows[1]!.time).toBe(request.length * 1000);
});

it('shows frames that came in one chunk with the head', () => {
  expect(frames(capture(['server-bytes', joinBytes(response, echo, echo)]).rows)).toHaveLength(2);
});

it('keeps a large frame whole, and shows its beginning while it is under way', () => {
  const payload = new Uint8Array(1 << 20).fill(7);
  const large = encodeFrame({ opcode: opcodes.binary, payload, maskingKey });
  const made = capture(['client-bytes', request], ['client-bytes', large.slice(0, 100_000)]);
  expect(made.rows[1]).toMatchObject({ complete: false, length: large.length });
  expect(made.rows[1]!.bytes.length).toBeLessThan(5000);
  for (let at = 100_000; at < large.length; at += 65_536) made.accept({ kind: 'client-bytes', time: 0, bytes: large.slice(at, at + 65_536) });
  expect(made.rows[1]).toMatchObject({ complete: true });
  expect(made.rows[1]!.bytes.length).toBe(large.length);
  expect(made.rows[1]!.bytes.every((byte, index) => byte === large[index])).toBe(true);
});

describe('what breaks a rule', () => {
  it('becomes one row with the code and all that follows', () => {
    const broken = forgeFrame({ opcode: 3, payload: 'x' });
    const made = capture(['server-bytes', response], ['server-bytes', joinBytes(echo, broken)], ['server-bytes', utf8('more')]);
    expect(made.rows.map((row) => row.kind)).toEqual(['response', 'frame', 'unreadable']);
    expect(made.rows[2]).toMatchObject({ as: 'frames', code: 'FRAME_RESERVED_OPCODE', bytes: joinBytes(broken, utf8('more')) });
  });

  it('judges by direction: what a client sends must be masked', () => {
    expect(capture(['client-bytes', joinBytes(request, echo)]).rows[1]).toMatchObject({ kind: 'unreadable', code: 'FRAME_UNMASKED' });
    expect(capture(['server-bytes', joinBytes(response, hello)]).rows[1]).toMatchObject({ kind: 'unreadable', code: 'FRAME_MASKED' });
  });
});

it('cuts a preview between characters', () => {
  const row = frames(capture(['server-bytes', joinBytes(response, encodeFrame({ opcode: opcodes.text, payload: '你'.repeat(500) }))]).rows)[0]!;
  expect(row.preview).toMatch(/^你+…$/);
});
