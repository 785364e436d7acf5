import type { ClaudeProcess, TurnOutcome } from '@signalbox/claude';
import { beforeEach, expect, it, vi } from 'vitest';
import { endIfInactive } from './end-if-inactive.ts';

/** A Claude that ends its turn when it is interrupted, and the turn. */
function createClaude() {
  let end = (_: Pick<TurnOutcome, 'status'>) => {};
  const process = {
    lastOutputAt: 0,
    interrupt: vi.fn(async () => end({ status: 'interrupted' })),
  };
  const turn = vi.fn(
    () =>
      new Promise<TurnOutcome>((resolve) => {
        end = (outcome) => resolve(outcome as TurnOutcome);
      }),
  );
  return { process: process as unknown as ClaudeProcess & typeof process, turn };
}

const claude = { stop: vi.fn(async () => undefined) };
const watch = { claude, limitMs: 60_000, isExcused: () => false, onInactive: async () => undefined };
beforeEach(() => {
  claude.stop.mockClear();
});

it('interrupts a turn when a person stops it', async () => {
  const stop = new AbortController();
  const { process, turn } = createClaude();
  const outcome = endIfInactive(process, stop.signal, watch, turn);
  stop.abort();
  expect(await outcome).toEqual({ status: 'interrupted' });
  expect(claude.stop).not.toHaveBeenCalled();
});

it('also begins and interrupts one that was stopped while Claude started: what is to be continued comes before any other', async () => {
  const { process, turn } = createClaude();
  expect(await endIfInactive(process, AbortSignal.abort(), watch, turn)).toEqual({ status: 'interrupted' });
  expect(turn).toHaveBeenCalledOnce();
  expect(process.interrupt).toHaveBeenCalledOnce();
});

it('that a stopped Claude does not end has its process ended, so that the next turn is not given to it', async () => {
  const stop = new AbortController();
  const { process, turn } = createClaude();
  process.interrupt.mockImplementation(async () => undefined);
  void endIfInactive(process, stop.signal, watch, turn);
  stop.abort();
  await expect.poll(() => claude.stop.mock.calls.length).toBe(1);
});
