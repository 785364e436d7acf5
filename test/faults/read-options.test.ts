import { expect, it } from 'vitest';
import { readOptions } from './read-options.ts';

const read = (...args: string[]) => readOptions(args, ['worker-kill', 'bot-kill'], 42);

it('without options it is a short run of all faults with a seed of its own', () => {
  expect(read()).toEqual({ seed: 42, minutes: 2, only: undefined, keep: false, record: false });
});

it('a long run of all faults is recorded unless that is refused, a short one if it is asked for', () => {
  expect(read('--minutes', '20').record).toBe(true);
  expect(read('--minutes', '20', '--no-record').record).toBe(false);
  expect(read('--minutes', '20', '--only', 'bot-kill').record).toBe(false);
  expect(read('--record').record).toBe(true);
});

it('what cannot be used is named, with what was expected', () => {
  expect(() => read('--seed', 'x')).toThrow('--seed: expected a whole number from 0, got "x".');
  expect(() => read('--minutes', '0')).toThrow('--minutes: expected a number above 0, got "0".');
  expect(() => read('--only', 'rain')).toThrow('--only: expected one of worker-kill, bot-kill, got "rain".');
});
