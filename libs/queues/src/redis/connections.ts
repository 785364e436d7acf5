import { type CommonRedisOptions, Redis } from 'ioredis';
import { keepAlive } from './keep-alive.ts';
import { createSubscriptions, type Subscriptions } from './subscriptions.ts';
import { type ConnectionListener, watchConnection } from './watch-connection.ts';

/** The connections of one process. Their number does not depend on how many queues it serves. */
export interface RedisConnections {
  /** Commands and BullMQ. */
  readonly commands: Redis;
  /** Leases alone, so that a long reply on the other connection cannot delay a renewal. */
  readonly leases: Redis;
  /** On a connection of their own. */
  readonly subscriptions: Subscriptions;
  /** Calls the listener whenever Redis takes writes again after it did not. Returns what ends that. */
  onBack(listener: () => void): () => void;
  /** Whether Redis is known to take no writes at this moment. */
  isAway(): boolean;
  /** Says what a command ran into. Resolves to whether Redis is away, of which the listener was told. */
  isAbsence(error: unknown): boolean;
  /** Whether Redis answers now. */
  isWell(): Promise<boolean>;
  close(): void;
}

/** The longest pause between two tries to connect, in ms. */
const LONGEST_RETRY_MS = 1_000;

/** Commands fail soon rather than hang: every caller retries what it may not lose. */
const FAIL_FAST: CommonRedisOptions = {
  enableOfflineQueue: false,
  // A command whose answer was lost must not be sent again behind its caller's back: a fetch that was carried out twice would take a
  // second job before the first.
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  commandTimeout: 1_500,
  connectTimeout: 3_000,
  // The processes come back within about a second of each other: after an outage the holders of leases are waited for longer.
  retryStrategy: (attempt) => Math.min(100 * 2 ** Math.min(attempt, 5), LONGEST_RETRY_MS),
  maxLoadingRetryTime: LONGEST_RETRY_MS / 2,
};

/** How long a connection to a read-only replica is kept before another is made, in ms: it may lead to the new master. */
const READONLY_PATIENCE_MS = 2_000;

/**
 * Connects to `url` (`redis://`, `rediss://` or `unix:` and a path) and waits until Redis answers, however long that takes;
 * `listener` hears of every failure in the meantime. Rejects only when `signal` is aborted.
 */
export async function connectRedis(
  url: string,
  listener: ConnectionListener,
  signal?: AbortSignal,
): Promise<RedisConnections> {
  const suspect = (error: Error) => watch.suspect(error);
  const commands = openConnection(url, { ...FAIL_FAST, ...whenReadOnly(suspect) });
  const leases = openConnection(url, { ...FAIL_FAST, ...whenReadOnly(suspect) });
  const subscriber = openConnection(url, { ...FAIL_FAST, autoResubscribe: false });
  const all = [commands, leases, subscriber];
  const listeners = new Set([listener.onBack]);
  const onBack = () => {
    for (const listen of listeners) listen();
  };
  const watch = watchConnection(commands, { onAway: listener.onAway, onBack });
  for (const connection of [leases, subscriber]) connection.on('error', () => undefined);
  const subscriptions = createSubscriptions(subscriber);
  const endings = all.map(keepAlive);
  const close = () => {
    watch.stop();
    for (const end of endings) end();
    for (const connection of all) connection.disconnect();
  };
  signal?.addEventListener('abort', close, { once: true });
  await Promise.all(all.map((connection) => whenReady(connection, signal)));
  // From here on the connections are the caller's to close, when all that needs them has ended.
  signal?.removeEventListener('abort', close);
  return {
    commands,
    leases,
    subscriptions,
    close,
    onBack(listen) {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
    isAway: watch.isAway,
    isAbsence(error) {
      if (error instanceof Error && /^Command timed out$|\bOOM command not allowed/.test(error.message)) suspect(error);
      return watch.isAway();
    },
    isWell: () =>
      commands.ping().then(
        () => true,
        () => false,
      ),
  };
}

function openConnection(url: string, options: CommonRedisOptions): Redis {
  return url.startsWith('unix:') ? new Redis({ ...options, path: url.slice('unix:'.length) }) : new Redis(url, options);
}

/** After a failover the old master answers READONLY: the caller hears of it, and the connection is made anew, now and then. */
function whenReadOnly(tell: (error: Error) => void): Pick<CommonRedisOptions, 'reconnectOnError'> {
  let lastAt = Number.NEGATIVE_INFINITY;
  return {
    reconnectOnError(error) {
      if (!error.message.includes('READONLY')) return false;
      tell(error);
      if (performance.now() - lastAt < READONLY_PATIENCE_MS) return false;
      lastAt = performance.now();
      return 1;
    },
  };
}

function whenReady(connection: Redis, signal: AbortSignal | undefined): Promise<void> {
  if (connection.status === 'ready') return Promise.resolve();
  return new Promise((resolve, reject) => {
    connection.once('ready', () => resolve());
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
