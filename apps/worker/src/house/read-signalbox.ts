import { sessionQueue, type WorkerCard } from '@signalbox/contracts';
import type { Overview, Routing, Workforce } from '@signalbox/queues';

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

/** What reading how Signalbox is calls. */
export interface ReadSignalboxNeeds {
  readonly workers: Workforce['workers'];
  readonly sessions: Routing['sessions'];
  readonly load: Overview['load'];
}

/** Reads how Signalbox is. Rejects with Redis's error. */
export async function readSignalbox(needs: ReadSignalboxNeeds): Promise<SignalboxState> {
  const begun = performance.now();
  const workers = await needs.workers();
  const redisMs = performance.now() - begun;
  const sessions = (await needs.sessions()).filter(({ card }) => !card.archived && card.awaits === undefined);
  const load = await needs.load(sessions.map(({ card }) => sessionQueue(card.name, card.pool).name));
  const pools = [...new Set([...workers.map(({ pool }) => pool), ...sessions.map(({ card }) => card.pool)])];
  return { workers, pools: pools.sort(), sessions: sessions.length, ...load, redisMs };
}
