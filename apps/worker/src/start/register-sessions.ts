import type { SessionCard } from '@signalbox/contracts';
import { type RedisAccess, type Routing, type Surely, untilDone } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import type { SessionStore } from '@signalbox/sessions';
import { type KeepKnownNeeds, keepKnown } from './keep-known.ts';

/** Where a session that was found is made known. */
type KnownSessions = Pick<Routing, 'activateIfNone' | 'claim' | 'setActivityIfNone'>;

/** What registering needs of a worker. */
export interface RegistrationNeeds {
  readonly store: Pick<SessionStore, 'names' | 'peekMetadata'>;
  readonly routing: KnownSessions & Pick<Routing, 'sessions'>;
  readonly pool: string;
  readonly log: Log;
}

/**
 * Registers the sessions now, however long Redis is away, whenever it is back (with data of earlier, perhaps), and whenever it turns out
 * to have lost its data. Resolves, after the first time, to what ends that.
 */
export async function keepRegistered(
  needs: RegistrationNeeds & Pick<KeepKnownNeeds, 'recollection'>,
  { onBack, signal }: { readonly onBack: RedisAccess['onBack']; readonly signal: AbortSignal },
): Promise<() => void> {
  const { log } = needs;
  const onRetry = (err: unknown) => log.warn({ err }, 'The start waits for Redis');
  const surely: Surely = (work) => untilDone(work, { signal, onRetry });
  const register = async () => {
    const found = await registerSessions(needs);
    if (found.length > 0) log.info(`Found on disk: ${found.join(', ')}`);
  };
  const keeper = keepKnown({ ...needs, register });
  const endListening = onBack(() => {
    const all = surely(() => keeper.look().then(register));
    all.catch((err: unknown) => signal.aborted || log.error({ err }, 'Sessions could not be registered'));
  });
  await surely(() => keeper.look());
  return () => {
    endListening();
    keeper.stop();
  };
}

/**
 * Tells the routing of every session on disk that it does not know: losing Redis loses no session. A place that talks to none goes on
 * with the session that was last used there. Resolves to the names that were new. May be done at any time, and by several workers at once.
 */
export async function registerSessions({ store, routing, pool, log }: RegistrationNeeds): Promise<string[]> {
  const known = new Map((await routing.sessions()).map(({ card }) => [card.name, card]));
  const unknown: string[] = [];
  for (const name of await store.names()) {
    const card = known.get(name);
    if (!card) unknown.push(name);
    else if (card.pool !== pool) warnOfOtherPool(card, pool, log);
  }
  const found = await Promise.all(unknown.map(async (name) => ({ name, metadata: await store.peekMetadata(name) })));
  const lastUsed = ({ metadata }: (typeof found)[number]) => (metadata ? Date.parse(metadata.lastUsedAt) : 0);
  // The last used first: the first to name a place has it.
  for (const each of found.sort((a, b) => lastUsed(b) - lastUsed(a))) await register(each, { routing, pool });
  return found.map(({ name }) => name);
}

async function register(
  { name, metadata }: { name: string; metadata: Awaited<ReturnType<SessionStore['peekMetadata']>> },
  { routing, pool }: { routing: KnownSessions; pool: string },
): Promise<void> {
  // Before the claim: a crash in between leaves the session unknown, and so to be done again.
  if (metadata?.lastPlace && !metadata.archived) await routing.activateIfNone(metadata.lastPlace, name);
  const createdAt = metadata ? Date.parse(metadata.createdAt) : Date.now();
  const claimedBy = metadata?.createdBy ?? 'found-on-disk';
  const archived = metadata?.archived ? { archived: true } : {};
  await routing.claim({ name, pool, persona: metadata?.persona ?? 'default', claimedBy, createdAt, ...archived });
  const status = !metadata || metadata.turns === 0 ? 'idle' : 'suspended';
  await routing.setActivityIfNone(name, {
    status,
    lastUsedAt: metadata ? Date.parse(metadata.lastUsedAt) : createdAt,
  });
}

function warnOfOtherPool({ name, pool: itsPool }: SessionCard, pool: string, log: Log): void {
  log.warn(
    { session: name, pool: itsPool },
    `The directory of session '${name}' is left alone: the session belongs to pool ${itsPool}, and this worker serves pool ${pool}. ` +
      `If its directory was copied here, remove the copy. If this worker has the wrong POOL or SESSIONS_DIR, correct it.`,
  );
}
