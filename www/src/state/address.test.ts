import { describe, expect, it } from 'vitest';
import { defaultAddress, formatAddress, longestLinkedStream, longestLinkedText, parseAddress, type Address } from './address';

const address = (part: Partial<Address>): Address => ({ ...defaultAddress, ...part });

describe('parseAddress', () => {
  it.each(['', '#', '#/'])('takes %j for the defaults', (hash) => {
    expect(parseAddress(hash)).toEqual({ address: defaultAddress, problems: [] });
  });

  it('lays a link over the defaults', () => {
    const { address: read } = parseAddress('#/frame?v=1&hex=8105&at=4-8');
    expect(read).toEqual(address({ section: 'frame', stream: new Uint8Array([0x81, 5]), at: { start: 4, end: 8 } }));
    expect(read.key).toBe(defaultAddress.key);
  });

  it('opens Frame on §5.7 and Handshake on the key of the RFC', () => {
    expect([...parseAddress('#/frame').address.stream!]).toEqual([0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58]);
    expect(parseAddress('#/handshake').address.key).toBe('dGhlIHNhbXBsZSBub25jZQ==');
  });

  it('keeps the + and / of base64, and an empty key', () => {
    expect(parseAddress('#/handshake?v=1&k=a%2Bb%2Fc%3D%3D').address.key).toBe('a+b/c==');
    expect(parseAddress('#/handshake?v=1&k=').address.key).toBe('');
  });

  it('reports what it cannot read, and shows the defaults for it', () => {
    expect(parseAddress('#/frame?v=1&hex=8g').problems).toEqual([{ kind: 'hex' }]);
    expect(parseAddress('#/frame?v=1&at=8-4').problems).toEqual([{ kind: 'at' }]);
    expect(parseAddress('#/frame?v=2&hex=00')).toEqual({ address: address({ section: 'frame' }), problems: [{ kind: 'version', version: '2' }] });
    expect(parseAddress('#/rooms?v=1').problems).toEqual([{ kind: 'section', section: 'rooms' }]);
  });
});

describe('formatAddress', () => {
  it.each<[string, Partial<Address>]>([
    ['live', { section: 'live', url: 'wss://example.com/a?b=c&d=é' }],
    ['handshake', { section: 'handshake', key: 'a+b/c==', response: 'HTTP/1.1 101 X\n\n' }],
    ['frame', { section: 'frame', stream: new Uint8Array([0, 255]), at: { start: 0, end: 16 } }],
    ['doctor', { section: 'doctor', pasted: 'GET / HTTP/1.1\n\n你好 & #', readAs: 'recording' }],
    ['rule', { section: 'doctor', rule: 'FRAME_MASKED' }],
    ['case', { section: 'doctor', misbehave: 'unframed-json' }],
  ])('comes back the same: %s', (_, part) => {
    expect(parseAddress(formatAddress(address(part)))).toEqual({ address: address(part), problems: [] });
  });

  it('holds only what its section shows', () => {
    expect(formatAddress(address({ section: 'live', at: { start: 1, end: 2 } }))).toBe('#/live?v=1');
    expect(formatAddress(address({ section: 'frame', at: { start: 16, end: 48 } }))).toBe('#/frame?v=1&hex=818537fa213d7f9f4d5158&at=16-48');
  });

  it('gives a rule its own link, whatever was pasted', () => {
    expect(formatAddress(address({ section: 'doctor', pasted: 'secret', rule: 'FRAME_MASKED' }))).toBe('#/doctor?v=1&rule=FRAME_MASKED');
    expect(formatAddress(address({ section: 'doctor', pasted: 'x'.repeat(longestLinkedText + 1), readAs: 'code' }))).toBe('#/doctor?v=1');
  });

  it('leaves out a stream that is too long for a link', () => {
    expect(formatAddress(address({ section: 'frame', stream: new Uint8Array(longestLinkedStream + 1), at: { start: 0, end: 8 } }))).toBe('#/frame?v=1');
  });
});
