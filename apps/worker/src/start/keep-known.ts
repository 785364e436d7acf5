import type { Recollected, Recollection } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import type { SessionStore } from '@signalbox/sessions';

/** How often it is looked whether Redis still has its data, in ms: all of it is there again within 10 s. */
const LOOK_EVERY_MS = 4_000;

/** What keeping Redis informed calls. */
export interface KeepKnownNeeds {
  readonly recollection: Recollection;
  readonly store: Pick<SessionStore, 'names'>;
  readonly pool: string;
  readonly log: Log;
  /** Tells Redis of the sessions on disk that it does not know. */
  register(): Promise<void>;
}

/** The looks at what Redis holds. */
export interface KnownKeeper {
  /** Looks now. Rejects with Redis's error. */
  look(): Promise<void>;
  stop(): void;
}

/**
 * Looks again and again whether Redis still has its data, and remembers who talks to whom. A Redis that was emptied is told of that and
 * of all sessions: of its own pool's by their directories, of others by what is remembered. What it has by then stays as it is.
 */
export function keepKnown(needs: KeepKnownNeeds, everyMs = LOOK_EVERY_MS): KnownKeeper {
  const { recollection, log, register } = needs;
  let known: { dataId: string; remembered: Recollected } | undefined;
  const look = async () => {
    // In this order: what was read before the name is no younger than the name.
    const remembered = await recollection.recollect();
    const dataId = await recollection.dataId();
    if (known?.dataId === dataId) {
      known = { dataId, remembered };
      return;
    }
    if (known) {
      log.warn('Redis has lost its data. It is told of the sessions and of who talks to whom again');
      await recollection.remind(await stillTrue(known.remembered, needs));
    }
    await register();
    known = { dataId, remembered: known?.remembered ?? remembered };
  };
  let looking: Promise<void> | undefined;
  const lookOnce = () => {
    looking ??= look().finally(() => {
      looking = undefined;
    });
    return looking;
  };
  const timer = setInterval(() => {
    // Missing one does no harm: the next comes soon.
    lookOnce().catch((err: unknown) => log.debug({ err }, 'The look at what Redis holds waits'));
  }, everyMs);
  return { look: lookOnce, stop: () => clearInterval(timer) };
}

/** What of the remembered may be told: of sessions of this pool only what still has a directory, and nothing that was still to be made. */
async function stillTrue(
  { cards, places, renamed, activities }: Recollected,
  { store, pool }: Pick<KeepKnownNeeds, 'store' | 'pool'>,
): Promise<Recollected> {
  const others = cards.filter((card) => card.pool !== pool && card.awaits === undefined);
  const there = new Set([...others.map(({ name }) => name), ...(await store.names())]);
  const only = (entries: Readonly<Record<string, string>>, isTrue: (key: string, value: string) => boolean) =>
    Object.fromEntries(Object.entries(entries).filter((entry) => isTrue(...entry)));
  return {
    cards: others,
    places: only(places, (_place, session) => there.has(session)),
    renamed: only(renamed, (from, to) => there.has(to) && !there.has(from)),
    activities: only(activities, (session) => there.has(session)),
  };
}
