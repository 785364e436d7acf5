import { expect, it } from 'vitest';
import { comparePairs, spreadOf } from './statistics.ts';

it('the quartiles lie between their neighbours, in whatever order the values came', () => {
  expect(spreadOf([4, 1, 3, 2, 5])).toEqual({ lower: 2, median: 3, upper: 4 });
  expect(spreadOf([10, 20])).toEqual({ lower: 12.5, median: 15, upper: 17.5 });
  expect(spreadOf([7])).toEqual({ lower: 7, median: 7, upper: 7 });
});

it('one outlier moves no median', () => {
  expect(spreadOf([1, 1, 1, 1, 1000]).median).toBe(1);
});

it('no values have no quartiles', () => {
  expect(() => spreadOf([])).toThrow('got none');
});

it('values are compared with those of the same round', () => {
  expect(comparePairs([2, 9], [1, 3], 'ratio')).toEqual([2, 3]);
  expect(comparePairs([2, 9], [1, 3], 'difference')).toEqual([1, 6]);
  expect(() => comparePairs([1], [], 'ratio')).toThrow('1 and 0 values');
});
