import assert from 'node:assert/strict';
import { test } from 'node:test';
import { median, minimum, quantile, speed } from '../src/statistics.mjs';

test('the median is the middle whatever the order', () => {
  assert.equal(median([9, 1, 4]), 4);
  assert.equal(median([9, 1, 4, 2]), 3);
  assert.equal(median([7]), 7);
});

test('quantiles lie between numbers', () => {
  assert.equal(quantile([4, 1, 3, 2, 5], 0.25), 2);
  assert.equal(quantile([1, 2], 0.75), 1.75);
});

test('without times they are infinite', () => {
  assert.deepEqual([minimum([]), median([])], [Infinity, Infinity]);
});

test('half the time is twice the speed', () => {
  assert.deepEqual(speed([10], [20]), { byMinimum: 2, byRounds: 2, low: 2, high: 2 });
});

test('rounds in which the machine was slow do not count for one alone', () => {
  // The machine is half as fast in the second half; one round of theirs was lucky.
  const { byMinimum, byRounds } = speed([10, 10, 20, 20, 20], [15, 15, 30, 30, 8]);
  assert.deepEqual([byMinimum, byRounds], [0.8, 1.5]);
});
