import { randomUUID } from 'node:crypto';
import type { LiveFrame } from '@signalbox/contracts';
import type { Redis } from 'ioredis';
import { type BugCounts, createBugCounts } from './beside/bug-counts.ts';
import { createFileTransfers, type FileTransfers } from './beside/file-transfer.ts';
import { createHouseRecords, type HouseRecords } from './beside/house-records.ts';
import { listenLive, publishLive } from './beside/live-channel.ts';
import { createQuestions, type Questions } from './beside/questions.ts';
import { createSignals, type Signals } from './beside/signals.ts';
import { createTelegramState, type TelegramState } from './beside/telegram-state.ts';
import { createWaiting, type Waiting } from './beside/waiting.ts';
import { connectRedis } from './redis/connections.ts';
import { readEvictionPolicy } from './redis/eviction-policy.ts';
import { type Surely, untilDone } from './redis/until-done.ts';
import { createOverview, type Overview } from './routing/overview.ts';
import { createRecollection, type Recollection } from './routing/recollection.ts';
import { createRouting, type Routing } from './routing/routing.ts';
import { createWorkforce, type Workforce } from './routing/workforce.ts';
import { type AddJob, createAddJob } from './serial/add-job.ts';
import { type BullQueues, createBullQueues } from './serial/bull-queues.ts';
import { type Consumer, startConsumer } from './serial/consumer.ts';
import type { EndReason, JobHandler } from './serial/job-handler.ts';
import { createLeaseKeeper, type LeaseKeeper } from './serial/lease.ts';

/** The connection to Redis, and its end. */
export interface RedisAccess {
  /** Names this life of this process, as the owner of its leases. */
  readonly owner: string;
  /** For what a process alone reads and writes, with keys of the schema. */
  readonly redis: Redis;
  /** Calls the listener whenever Redis takes writes again after it did not. Returns what ends that. */
  onBack(listener: () => void): () => void;
  /** Whether Redis answers now. */
  isWell(): Promise<boolean>;
  /** What Redis takes away when it has no room, however long it is away; see `readEvictionPolicy`. */
  evictionPolicy(): Promise<string | undefined>;
  close(): Promise<void>;
}

/** Adding jobs and doing them. */
export interface SerialQueues {
  readonly addJob: AddJob;
  readonly leases: LeaseKeeper;
  readonly bull: BullQueues;
  /** Serves the queues of a group. */
  consume(group: string, handler: JobHandler): Promise<Consumer>;
}

/** What goes past the queues, because it must not wait in them. */
export interface BesideQueues {
  readonly questions: Questions;
  readonly signals: Signals;
  readonly waiting: Waiting;
  readonly transfers: FileTransfers;
  readonly houseRecords: HouseRecords;
  publishLive(frame: LiveFrame): void;
  listenLive(listener: (frame: LiveFrame) => void): Promise<() => void>;
}

/** Who is there, and who talks to whom. */
export interface Directories {
  readonly routing: Routing;
  readonly recollection: Recollection;
  readonly workforce: Workforce;
  readonly overview: Overview;
  readonly bugs: BugCounts;
  readonly telegramState: TelegramState;
}

/** All that a process can have of the queues, on three connections; for what composes it. A thing is given the few functions it calls. */
export type Queues = RedisAccess & SerialQueues & BesideQueues & Directories;

/** As much of a log as is needed here. */
interface Report {
  info(message: string): void;
  warn(fields: object, message: string): void;
  error(message: string): void;
  error(fields: object, message: string): void;
}

/** Connects to the queues at `url`, however long Redis stays away; what is wrong is reported. Rejects when `signal` is aborted. */
export async function openQueues(
  url: string,
  { app, log, signal }: { app: string; log: Report; signal?: AbortSignal },
): Promise<Queues> {
  const owner = `${app}-${randomUUID()}`;
  const at = addressOf(url);
  const connections = await connectRedis(
    url,
    {
      onAway: ({ message }) => log.error(describeAbsence(at, message)),
      onBack: () => log.info(`Redis at ${at} answers again`),
    },
    signal,
  );
  const { commands: redis, subscriptions } = connections;
  const bull = createBullQueues(redis);
  const leases = createLeaseKeeper(connections.leases, { owner });
  // While Redis is away everything fails; that it is away has been said once.
  const onError = (err: unknown) => {
    if (!connections.isAbsence(err)) log.warn({ err }, 'A queue met an error; it goes on');
  };
  const surely: Surely = (work) =>
    untilDone(work, { signal: signal ?? new AbortController().signal, onRetry: () => undefined });
  const addJob = createAddJob(redis, bull);
  const bugs = createBugCounts(redis);
  return {
    owner,
    redis,
    bull,
    leases,
    addJob,
    routing: createRouting(redis),
    recollection: createRecollection(redis),
    workforce: createWorkforce(redis),
    overview: createOverview(redis, bull),
    bugs,
    telegramState: createTelegramState(redis),
    houseRecords: createHouseRecords(redis),
    questions: createQuestions(redis, bull, addJob),
    signals: createSignals(redis, subscriptions),
    waiting: createWaiting(redis),
    transfers: createFileTransfers(redis),
    consume: (group, handler) => {
      const holding = (queue: string, event: 'won' | EndReason) => {
        if (event === 'lost') log.warn({ queue }, `The lease of ${queue} is gone: another process serves it now`);
      };
      const bug = (err: unknown, at: object) => {
        log.error({ err, ...at }, 'A bug was met');
        bugs.count(group.split('.')[0] ?? group).catch(onError);
      };
      return startConsumer({
        redis,
        subscriptions,
        bull,
        leases,
        group,
        handler,
        report: { error: onError, bug, holding },
        isAway: connections.isAway,
      });
    },
    publishLive: (frame) => publishLive(redis, frame),
    listenLive: (listener) => listenLive(subscriptions, listener),
    onBack: connections.onBack,
    isWell: connections.isWell,
    evictionPolicy: () => surely(() => readEvictionPolicy(redis)),
    async close() {
      leases.close();
      await bull.close();
      connections.close();
    },
  };
}

function describeAbsence(at: string, message: string): string {
  if (message.includes('OOM'))
    return `Redis at ${at} has no room left and takes no writes. Trying on. Raise its maxmemory, or free some.`;
  return message.includes('READONLY')
    ? `Redis at ${at} is a read-only replica and takes no writes. Trying on. Set REDIS_URL to the master, or make it one (REPLICAOF NO ONE).`
    : `Redis at ${at} does not answer${message && ` (${message})`}. Trying on. Start it, or set REDIS_URL.`;
}

/** Where a Redis is, without the password in its address. */
function addressOf(url: string): string {
  if (url.startsWith('unix:')) return url.slice('unix:'.length);
  return URL.canParse(url) ? new URL(url).host : 'the address given';
}
