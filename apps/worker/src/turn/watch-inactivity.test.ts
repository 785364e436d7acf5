import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchInactivity } from './watch-inactivity.ts';

let isExcused = false;
beforeEach(() => {
  isExcused = false;
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('tells of a silence once, when it has lasted long enough', () => {
  const told = vi.fn();
  watchInactivity({ lastOutputAt: 1 }, { limitMs: 1_000, isExcused: () => isExcused }, told);
  vi.advanceTimersByTime(950);
  expect(told).not.toHaveBeenCalled();
  vi.advanceTimersByTime(5_000);
  expect(told).toHaveBeenCalledTimes(1);
});

it('starts anew with every sign of life', () => {
  const told = vi.fn();
  const process = { lastOutputAt: 1 };
  watchInactivity(process, { limitMs: 1_000, isExcused: () => isExcused }, told);
  for (let at = 2; at < 10; at += 1) {
    vi.advanceTimersByTime(800);
    process.lastOutputAt = at;
  }
  expect(told).not.toHaveBeenCalled();
});

it('tells nothing when the watch has ended, nor because the date jumps', () => {
  const told = vi.fn();
  const stop = watchInactivity({ lastOutputAt: 1 }, { limitMs: 1_000, isExcused: () => isExcused }, told);
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.advanceTimersByTime(500);
  stop();
  vi.advanceTimersByTime(5_000);
  expect(told).not.toHaveBeenCalled();
});

it('tells nothing while the silence is excused, and begins anew after that', () => {
  const told = vi.fn();
  isExcused = true;
  watchInactivity({ lastOutputAt: 1 }, { limitMs: 1_000, isExcused: () => isExcused }, told);
  vi.advanceTimersByTime(5_000);
  isExcused = false;
  vi.advanceTimersByTime(950);
  expect(told).not.toHaveBeenCalled();
  vi.advanceTimersByTime(100);
  expect(told).toHaveBeenCalledTimes(1);
});
