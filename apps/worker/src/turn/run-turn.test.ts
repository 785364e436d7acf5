import type { ClaudeProcess, TurnOutcome } from '@signalbox/claude';
import { expect, it, vi } from 'vitest';
import { origin, taken } from '../../testing/parts.ts';
import type { Publisher } from '../output/publish.ts';
import { watched } from './run-turn.ts';

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

const runWith = (stop: AbortSignal) => ({
  ...{ taken: taken('u-1-1', {}), job: { origin }, stop, isAsking: () => false },
  publisher: {} as Publisher,
});

it('interrupts a turn when a person stops it', async () => {
  const stop = new AbortController();
  const { process, turn } = createClaude();
  const outcome = watched(runWith(stop.signal), process, 60_000, turn);
  stop.abort();
  expect(await outcome).toEqual({ status: 'interrupted' });
  expect(process.stop).not.toHaveBeenCalled();
});

it('also begins and interrupts one that was stopped while Claude started: what is to be continued comes before any other', async () => {
  const { process, turn } = createClaude();
  expect(await watched(runWith(AbortSignal.abort()), process, 60_000, turn)).toEqual({ status: 'interrupted' });
  expect(turn).toHaveBeenCalledOnce();
  expect(process.interrupt).toHaveBeenCalledOnce();
});
