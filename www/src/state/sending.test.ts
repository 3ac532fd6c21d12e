import { expect, it } from 'vitest';
import { checkClose, checkHex } from './sending';

it.each(['1000', '3000', '4999', ' 4000 '])('lets close() have %s', (code) => {
  expect(checkClose(code, '')).toEqual({ code: Number(code), problem: null });
});

it.each(['', '999', '1001', '1005', '1006', '2999', '5000', '1e3', '-1000', '1000.5'])('tells that close() refuses %j', (code) => {
  expect(checkClose(code, '').problem).toEqual({ kind: 'code', text: code.trim() });
});

it('counts the reason in bytes of UTF-8', () => {
  expect(checkClose('1000', '你'.repeat(41)).problem).toBeNull();
  expect(checkClose('1000', '你'.repeat(41) + 'a').problem).toEqual({ kind: 'reason', bytes: 124 });
});

it('checks hex', () => {
  expect(checkHex('ff fe').bytes).toEqual(new Uint8Array([0xff, 0xfe]));
  expect(checkHex('f').problem).toEqual({ kind: 'hex', problem: { kind: 'half-byte', digits: 1 } });
});
