import { createHash } from 'node:crypto';
import type { Report } from '@signalbox/homelab';
import { type HouseRecords, type Lease, mayPass, untilDone } from '@signalbox/queues';
import type { Log, Pause } from '@signalbox/service';
import { foldProblems, isQuietAt, type NewsItem } from './fold-problems.ts';
import { problemsOf } from './problems-of.ts';
import { readProblems } from './read-problems.ts';

/** What is watched, and how. */
export interface WatchPlan {
  /** The integrations that are watched. */
  readonly names: readonly string[];
  /** How often they are asked, in ms. What lasts for two looks is news. */
  readonly everyMs: number;
  /** Hours in which nobody is told anything, such as `22:00-07:00`, in this machine's time. */
  readonly quietHours: string | undefined;
  readonly pool: string;
}

/** What watching calls. */
export interface WatchNeeds {
  /** Asks for the right to watch; `undefined` if another worker has it. Rejects with Redis's error. */
  acquire(resource: string): Promise<Pick<Lease, 'lost' | 'release'> | undefined>;
  readonly houseRecords: Pick<HouseRecords, 'problems' | 'keepProblems'>;
  /** Asks an integration. Never rejects but when `signal` is aborted. */
  look(name: string, signal: AbortSignal): Promise<Report>;
  /** Tells people; what has the same `mark` once. */
  tell(news: IntegrationNews): Promise<void>;
  /** Tells of an error of our own at a look; the next look goes on. */
  onBug(error: unknown, name: string): Promise<void>;
  readonly pause: Pause;
  readonly log: Log;
}

/** What has changed about one integration. */
export interface IntegrationNews {
  readonly name: string;
  readonly report: Report;
  /** The worst first. */
  readonly items: readonly NewsItem[];
  /** Names this news among all, in hexadecimal digits: the same when it is told again because its worker died before it could note that. */
  readonly mark: string;
}

/** How often a worker that does not watch asks whether it may, in ms. */
const STANDBY_MS = 5_000;

/**
 * Watches integrations until `signal` is aborted: one worker of the pool does, and another goes on where it was. Problems are told once,
 * also over restarts.
 */
export async function watchHouse(plan: WatchPlan, needs: WatchNeeds, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const lease = await needs.acquire(`watch-${plan.pool}`).catch((err: unknown) => {
      if (!mayPass(err)) needs.log.error({ err }, 'The lease for watching the house could not be asked for');
      return undefined;
    });
    if (lease) {
      const held = AbortSignal.any([signal, lease.lost]);
      const seen = new Set<string>();
      while (!held.aborted) {
        await lookOnce(plan, needs, seen, held);
        await needs.pause(plan.everyMs, held);
      }
      await lease.release().catch(() => undefined);
    } else await needs.pause(STANDBY_MS, signal);
  }
}

/** `seen`: what the look before this one has seen and written down. */
async function lookOnce(plan: WatchPlan, needs: WatchNeeds, seen: Set<string>, signal: AbortSignal): Promise<void> {
  const looks = plan.names.map(async (name) => {
    const isFirst = !seen.delete(name);
    try {
      await lookAt({ name, isFirst }, plan, needs, signal);
      seen.add(name);
    } catch (error) {
      if (!signal.aborted)
        await needs.onBug(error, name).catch((err: unknown) => needs.log.warn({ err }, 'A bug was not told'));
    }
  });
  await Promise.all(looks);
}

async function lookAt(
  { name, isFirst }: { name: string; isFirst: boolean },
  { pool, everyMs, quietHours }: WatchPlan,
  needs: WatchNeeds,
  signal: AbortSignal,
): Promise<void> {
  const { houseRecords } = needs;
  const onRetry = (err: unknown) => needs.log.warn({ err }, 'The watch waits for Redis');
  const surely = <T>(work: () => Promise<T>) => untilDone(work, { signal, onRetry });
  const report = await needs.look(name, signal);
  const record = await surely(() => houseRecords.problems(pool, name));
  const before = await Promise.resolve(record)
    .then(readProblems)
    .catch(async (error: unknown) => {
      // What cannot be read now never can be: the watch begins anew with it.
      await needs.onBug(error, name);
      return {};
    });
  const at = new Date();
  const isQuiet = isQuietAt(at.getHours() * 60 + at.getMinutes(), quietHours);
  // Two looks see the same a little less than their distance apart.
  const times = { now: at.getTime(), steadyMs: everyMs * 0.9, isFirst, isQuiet };
  const { problems, news } = foldProblems(before, problemsOf(name, report), times);
  const mark = markOf(`${pool}:${name}`, news);
  if (news.length > 0) await needs.tell({ name, report, items: worstFirst(news), mark });
  await surely(() => houseRecords.keepProblems(pool, name, JSON.stringify(problems)));
}

function worstFirst(news: readonly NewsItem[]): NewsItem[] {
  const order = ['error', 'warn', 'ok'];
  return news.toSorted((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
}

function markOf(watched: string, news: readonly NewsItem[]): string {
  const marks = news.map(({ mark }) => mark).sort();
  return createHash('sha256')
    .update(JSON.stringify([watched, marks]))
    .digest('hex')
    .slice(0, 12);
}
