import type { ClaudeProcess, TurnOutcome } from '@signalbox/claude';
import { expect, it, vi } from 'vitest';
import { endIfInactive } from './end-if-inactive.ts';

/** A Claude that ends its turn when it is interrupted, and the turn. */
function createClaude() {
  let end = (_: Pick<TurnOutcome, 'status'>) => {};
  const process = {
    lastOutputAt: 0,
    interrupt: vi.fn(async () => end({ status: 'interrupted' })),
    stop: vi.fn(async () => undefined),
  };
  const turn = vi.fn(
    () =>
      new Promise<TurnOutcome>((resolve) => {
        end = (outcome) => resolve(outcome as TurnOutcome);
      }),
  );
  return { process: process as unknown as ClaudeProcess & typeof process, turn };
}

const watch = { limitMs: 60_000, isExcused: () => false, onInactive: async () => undefined };

it('interrupts a turn when a person stops it', async () => {
  const stop = new AbortController();
  const { process, turn } = createClaude();
  const outcome = endIfInactive(process, stop.signal, watch, turn);
  stop.abort();
  expect(await outcome).toEqual({ status: 'interrupted' });
  expect(process.stop).not.toHaveBeenCalled();
});

it('also begins and interrupts one that was stopped while Claude started: what is to be continued comes before any other', async () => {
  const { process, turn } = createClaude();
  expect(await endIfInactive(process, AbortSignal.abort(), watch, turn)).toEqual({ status: 'interrupted' });
  expect(turn).toHaveBeenCalledOnce();
  expect(process.interrupt).toHaveBeenCalledOnce();
});
