import { sessionQueue, type WorkerCard } from '@signalbox/contracts';
import type { Queues } from '@signalbox/queues';

/** How Signalbox itself is. */
export interface SignalboxState {
  readonly workers: readonly WorkerCard[];
  /** Pools that have sessions, with or without a worker. */
  readonly pools: readonly string[];
  readonly sessions: number;
  /** Turns that run. */
  readonly running: number;
  /** Jobs that wait in the sessions. */
  readonly waiting: number;
  /** Since when the oldest of them waits, in ms since the epoch. */
  readonly oldestAt: number | undefined;
  /** How long Redis took to answer, in ms. */
  readonly redisMs: number;
}

/** Reads how Signalbox is. Rejects with Redis's error. */
export async function readSignalbox({
  workforce,
  routing,
  overview,
}: Pick<Queues, 'workforce' | 'routing' | 'overview'>): Promise<SignalboxState> {
  const begun = performance.now();
  const workers = await workforce.workers();
  const redisMs = performance.now() - begun;
  const sessions = (await routing.sessions()).filter(({ card }) => !card.archived && card.awaits === undefined);
  const load = await overview.load(sessions.map(({ card }) => sessionQueue(card.name, card.pool).name));
  const pools = [...new Set([...workers.map(({ pool }) => pool), ...sessions.map(({ card }) => card.pool)])];
  return { workers, pools: pools.sort(), sessions: sessions.length, ...load, redisMs };
}
