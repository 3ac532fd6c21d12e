import { expect, it } from 'vitest';
import { inspect } from '../engine';
import { joinBytes, parseHex, utf8 } from './bytes';
import { byteTint, isMasked, leavesOf, leavesWithin, maskedRuns } from './tints';

const hex = (text: string) => parseHex(text).bytes!;
const masked = hex('81 85 37 fa 21 3d 7f 9f 4d 51 58');
const unmasked = hex('81 05 48 65 6c 6c 6f');

it('tints each byte of the masked Hello by its field, the second by both that share it', () => {
  const leaves = leavesOf(inspect(masked, { as: 'frames' }).fields);
  const tints = Array.from(masked, (_, index) => byteTint(leaves, index));
  expect(tints).toEqual(['control', 'control-length', ...Array(4).fill('key'), ...Array(5).fill('payload')]);
});

it('leaves no byte of a head without a field', () => {
  const head = utf8('GET / HTTP/1.1\r\nHost:  a \r\n\r\n');
  const leaves = leavesOf(inspect(head, { as: 'request' }).fields);
  expect(Array.from(head, (_, index) => byteTint(leaves, index))).not.toContain('none');
});

it('finds the leaves of a stretch as a plain search does', () => {
  const stream = joinBytes(masked, unmasked, masked);
  const leaves = leavesOf(inspect(stream, { as: 'frames' }).fields);
  for (let start = 0; start < stream.length * 8; start += 3) {
    for (const length of [1, 5, 8, 40]) {
      const plain = leaves.filter((leaf) => leaf.start < start + length && leaf.end > start);
      expect(leavesWithin(leaves, start, start + length)).toEqual(plain);
    }
  }
});

it('knows which bytes are masked, frame by frame', () => {
  const runs = maskedRuns(inspect(joinBytes(masked, unmasked), { as: 'frames' }).fields);
  expect(runs).toEqual([{ start: 6, end: 11, key: { start: 2, end: 6 } }]);
  expect(isMasked(runs, 5)).toBe(false);
  expect(isMasked(runs, 10)).toBe(true);
  expect(isMasked(runs, 13)).toBe(false);
});
