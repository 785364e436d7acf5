import { setTimeout as pause } from 'node:timers/promises';
import { type WorkerCard, workerCardSchema } from '@signalbox/contracts';
import { keys, type Queues } from '@signalbox/queues';
import type { History } from './history.ts';

/** How often the leases are looked at, in ms: times of take-over and hand-over are exact to this. */
const LEASE_SAMPLE_MS = 50;

export interface LeaseWatch {
  /** The name under which the worker with this pid holds leases; `undefined` if Redis does not know it. */
  ownerOf(pid: number): Promise<string | undefined>;
  /** The sessions that this owner holds, with work and without, as Redis has it now. None if Redis does not answer. */
  heldBy(owner: string): Promise<{ busy: string[]; idle: string[] }>;
  stop(): Promise<void>;
}

/** Notes whenever a session's lease has another owner. While Redis is away there is nothing to see. */
export function watchLeases(
  queues: Pick<Queues, 'redis' | 'bull'>,
  sessions: readonly string[],
  history: History,
): LeaseWatch {
  const { redis } = queues;
  const leaseKeys = sessions.map((session) => keys.lease(`session-${session}`));
  const known = new Map<string, string | undefined>();
  const stopping = new AbortController();

  const look = async () => {
    const owners = await redis.mget(leaseKeys);
    for (const [i, session] of sessions.entries()) {
      const owner = owners[i] ?? undefined;
      if (known.get(session) === owner) continue;
      known.set(session, owner);
      const at = Date.now();
      history.record({ type: 'lease', session, owner, open: await openJobs(queues, session) }, at);
    }
  };
  const watching = (async () => {
    while (!stopping.signal.aborted) {
      await look().catch(() => undefined);
      await pause(LEASE_SAMPLE_MS);
    }
  })();

  return {
    async ownerOf(pid) {
      const cards = await redis.hvals('signalbox:workers').catch(() => []);
      return cards.map(readCard).find((card) => card.pid === pid)?.id;
    },
    async heldBy(owner) {
      const owners = await redis.mget(leaseKeys).catch(() => []);
      const held = sessions.filter((_, i) => owners[i] === owner);
      const open = await Promise.all(held.map((session) => openJobs(queues, session).catch(() => undefined)));
      return { busy: held.filter((_, i) => (open[i] ?? 0) > 0), idle: held.filter((_, i) => open[i] === 0) };
    },
    async stop() {
      stopping.abort();
      await watching;
    },
  };
}

/** How many jobs of a session wait or run. */
async function openJobs({ redis, bull }: Pick<Queues, 'redis' | 'bull'>, session: string): Promise<number> {
  const queue = bull.queue(`session-${session}`);
  const [waiting, active] = await Promise.all([redis.llen(queue.toKey('wait')), redis.llen(queue.toKey('active'))]);
  return waiting + active;
}

function readCard(json: string): WorkerCard {
  return workerCardSchema.parse(JSON.parse(json));
}
