import { describe, expect, it } from 'vitest';
import { ByteQueue, excerptHex, formatHex, fromBase64, joinBytes, parseHex, readUtf8, replaceBytes, tailHex } from './bytes';

const bytes = (...values: number[]) => new Uint8Array(values);

describe('hex', () => {
  it.each(['81 85 37', '818537', '0x81, 0x85, 0x37', '81:85:37', '81-85_37', ' 81\n85\t37 ', '0X810x850x37'])('reads %j', (text) => {
    expect(parseHex(text)).toEqual({ bytes: bytes(0x81, 0x85, 0x37), problem: null });
  });

  it('reads bytes that begin with 0', () => {
    expect(parseHex('00 0a a0 0').problem).toEqual({ kind: 'half-byte', digits: 7 });
    expect(parseHex('000aa0').bytes).toEqual(bytes(0, 0x0a, 0xa0));
  });

  it('says which character is no hex, counted from 1', () => {
    expect(parseHex('81 8g').problem).toEqual({ kind: 'not-hex', character: 'g', position: 5 });
    expect(parseHex('你').problem).toEqual({ kind: 'not-hex', character: '你', position: 1 });
    expect(parseHex('8x85').problem).toEqual({ kind: 'not-hex', character: 'x', position: 2 });
  });

  it('says when half a byte is left', () => {
    expect(parseHex('818').problem).toEqual({ kind: 'half-byte', digits: 3 });
  });

  it('takes nothing for no bytes', () => {
    expect(parseHex('  ').bytes).toEqual(bytes());
  });

  it('comes back the same', () => {
    const all = Uint8Array.from({ length: 256 }, (_, value) => value);
    expect(parseHex(formatHex(all)).bytes).toEqual(all);
    expect(parseHex(formatHex(all, '')).bytes).toEqual(all);
  });

  it('shows that something was left out', () => {
    expect(excerptHex(bytes(1, 2, 3), 2)).toBe('01 02 …');
    expect(excerptHex(bytes(1, 2), 2)).toBe('01 02');
    expect(tailHex(bytes(1, 2, 3), 2)).toBe('… 02 03');
  });
});

it('reads base64 and UTF-8', () => {
  expect(fromBase64('gQVIZWxsbw==')).toEqual(bytes(0x81, 5, 0x48, 0x65, 0x6c, 0x6c, 0x6f));
  expect(readUtf8(bytes(0xe4, 0xbd, 0xa0))).toBe('你');
  expect(readUtf8(bytes(0xe4, 0xbd))).toBeNull();
});

it('replaces a stretch by a longer and a shorter one', () => {
  expect(replaceBytes(bytes(1, 2, 3, 4), 1, 3, bytes(9))).toEqual(bytes(1, 9, 4));
  expect(replaceBytes(bytes(1, 2), 2, 2, bytes(7, 8))).toEqual(bytes(1, 2, 7, 8));
});

describe('ByteQueue', () => {
  it('gives back any stretch by its offset in the stream, however it came and was released', () => {
    const whole = Uint8Array.from({ length: 9000 }, (_, index) => (index * 7) % 251);
    const queue = new ByteQueue();
    let sent = 0;
    for (let size = 1; sent < whole.length; size = (size * 3) % 1021) {
      const end = Math.min(whole.length, sent + size);
      queue.push(whole.subarray(sent, end));
      sent = end;
      const from = Math.max(queue.offset, sent - 700);
      expect(queue.copy(from, sent)).toEqual(whole.slice(from, sent));
      queue.release(sent - 700);
    }
    expect(queue.offset).toBe(whole.length - 700);
    expect(queue.length).toBe(700);
  });

  it('gives copies: what comes later does not change them', () => {
    const queue = new ByteQueue();
    queue.push(bytes(1, 2, 3));
    const copy = queue.copy(0, 3);
    queue.release(3);
    queue.push(joinBytes(bytes(9, 9, 9), new Uint8Array(5000)));
    expect(copy).toEqual(bytes(1, 2, 3));
  });
});
