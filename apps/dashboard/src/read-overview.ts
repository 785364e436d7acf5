import {
  type SessionActivity,
  type SessionCard,
  sessionQueue,
  type TelegramCard,
  type WorkerCard,
} from '@signalbox/contracts';
import type { Queues } from '@signalbox/queues';
import { countBots } from './count-bots.ts';

/** One session of the page. */
export interface SessionRow {
  readonly card: SessionCard;
  readonly activity: SessionActivity | undefined;
  /** Messages and commands that wait, as the chat counts them. */
  readonly waiting: number;
  /** Something waits or runs, parts of a turn included. */
  readonly hasWork: boolean;
  /** A worker holds its queue now. */
  readonly isHeld: boolean;
}

/** What the overview page shows. */
export interface OverviewPage {
  /** When it was read, in ms since the epoch. */
  readonly readAt: number;
  readonly bots: number;
  /** How the bot gets on with Telegram; `undefined`: none takes messages. */
  readonly telegram: TelegramCard | undefined;
  readonly workers: readonly WorkerCard[];
  /** The sessions used last, the latest first. */
  readonly sessions: readonly SessionRow[];
  /** How many there are in all. */
  readonly sessionCount: number;
  /** Replies that are not shown yet. */
  readonly waitingReplies: number;
  readonly modelIsSimulated: boolean;
  /** How many errors of our own each kind of work has met. */
  readonly bugs: Readonly<Record<string, number>>;
}

type OverviewSources = Pick<Queues, 'overview' | 'redis' | 'routing' | 'workforce' | 'telegramState' | 'bugs'>;

const MOST_SESSIONS = 100;
const MOST_QUEUES = 300;

/** Reads what the overview page shows. Rejects with Redis's error. */
export async function readOverview(
  { overview, redis, routing, workforce, telegramState, bugs: counted }: OverviewSources,
  modelIsSimulated: boolean,
  now = Date.now(),
): Promise<OverviewPage> {
  const [all, workers, bots, telegram, names, bugs] = await Promise.all([
    routing.sessions(),
    workforce.workers(),
    countBots(redis),
    telegramState.read(),
    overview.names(MOST_QUEUES),
    counted.read(),
  ]);
  const latest = all.sort((a, b) => lastUsed(b) - lastUsed(a)).slice(0, MOST_SESSIONS);
  const sessionQueues = latest.map(({ card }) => sessionQueue(card.name, card.pool).name);
  const replyQueues = names.filter((name) => name.startsWith('reply-'));
  const [openJobs, waiting, held] = await Promise.all([
    overview.openJobs([...sessionQueues, ...replyQueues]),
    overview.waiting(sessionQueues),
    overview.held(sessionQueues),
  ]);
  return {
    readAt: now,
    bugs,
    bots,
    telegram,
    workers,
    sessions: latest.map((session) => {
      const { name } = sessionQueue(session.card.name, session.card.pool);
      const hasWork = (openJobs.get(name) ?? 0) > 0;
      return { ...session, waiting: waiting.get(name) ?? 0, hasWork, isHeld: held.has(name) };
    }),
    sessionCount: all.length,
    waitingReplies: replyQueues.reduce((sum, name) => sum + (openJobs.get(name) ?? 0), 0),
    modelIsSimulated: modelIsSimulated || workers.some((worker) => worker.modelIsSimulated),
  };
}

function lastUsed({ card, activity }: { card: SessionCard; activity: SessionActivity | undefined }): number {
  return activity?.lastUsedAt ?? card.createdAt;
}
