import { setTimeout as pause } from 'node:timers/promises';
import type { Fault, FaultContext } from './fault.ts';
import type { Random } from './random.ts';
import type { Range } from './run-options.ts';

/** How soon another fault is chosen if there was nothing to break for one, in ms. */
const TRY_AGAIN_MS = 200;

/** Breaks one thing after the other until `signal` is aborted: each fault once, in any order, and then by weight. Mends all in the end. */
export async function runNemesis(
  faults: readonly Fault[],
  given: Omit<FaultContext, 'pause' | 'later'>,
  { betweenMs, signal }: { betweenMs: Range; signal: AbortSignal },
): Promise<void> {
  const { random } = given;
  const mending: Promise<void>[] = [];
  const wait = (ms: number) => pause(ms, undefined, { signal }).catch(() => undefined);
  const context = { ...given, pause: wait, later: (mend: Promise<void>) => void mending.push(mend) };
  const firstRound = random.shuffled(faults);
  const struck = new Set<Fault>();
  while (!signal.aborted) {
    const fault = firstRound.shift() ?? chooseByWeight(faults, random);
    const hasStruck = await fault.strike(context, fault.name);
    if (!hasStruck && !struck.has(fault)) firstRound.push(fault);
    if (hasStruck) struck.add(fault);
    await wait(hasStruck ? random.between(betweenMs.least, betweenMs.most) : TRY_AGAIN_MS);
  }
  await Promise.all(mending);
}

/** Throws if there are none. */
function chooseByWeight(faults: readonly Fault[], random: Random): Fault {
  let left = random.next() * faults.reduce((sum, { weight }) => sum + weight, 0);
  for (const fault of faults) {
    left -= fault.weight;
    if (left < 0) return fault;
  }
  const [first] = faults;
  if (!first) throw new Error('Expected at least one fault, got none.');
  return first;
}
