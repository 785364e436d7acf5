import { type CommonRedisOptions, Redis } from 'ioredis';

/** The connections of one process. Their number does not depend on how many queues it serves. */
export interface RedisConnections {
  /** Commands and BullMQ. */
  readonly commands: Redis;
  /** Leases alone, so that a long reply on the other connection cannot delay a renewal. */
  readonly leases: Redis;
  /** Subscriptions. */
  readonly subscriber: Redis;
  /** Whether Redis answers now. */
  isWell(): Promise<boolean>;
  close(): void;
}

/** Called when the state of the connection changes, and while it cannot be made. */
export interface ConnectionListener {
  onAway(error: Error): void;
  onBack(): void;
}

/** Commands fail soon rather than hang: every caller retries what it may not lose. */
const FAIL_FAST: CommonRedisOptions = {
  enableOfflineQueue: false,
  // A command whose answer was lost must not be sent again behind its caller's back: a fetch that was carried out twice would take a
  // second job before the first.
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  commandTimeout: 1_500,
  connectTimeout: 3_000,
  retryStrategy: (attempt) => Math.min(100 * 2 ** Math.min(attempt, 5), 2_000),
  // After a failover the old master answers READONLY: reconnect, and send the command again.
  reconnectOnError: (error) => (error.message.includes('READONLY') ? 2 : false),
};

/**
 * Connects to `url` (`redis://`, `rediss://` or `unix:` and a path) and waits until Redis answers, however long that takes;
 * `listener` hears of every failure in the meantime. Rejects only when `signal` is aborted.
 */
export async function connectRedis(
  url: string,
  listener: ConnectionListener,
  signal?: AbortSignal,
): Promise<RedisConnections> {
  const commands = openConnection(url, FAIL_FAST);
  const leases = openConnection(url, FAIL_FAST);
  // It must wait instead of fail: subscriptions are asked for at any time and made again after each reconnect.
  const subscriber = openConnection(url, { ...FAIL_FAST, enableOfflineQueue: true, maxRetriesPerRequest: null });
  const all = [commands, leases, subscriber];
  const mute = reportState(commands, listener);
  for (const connection of [leases, subscriber]) connection.on('error', () => undefined);
  const close = () => {
    mute();
    for (const connection of all) connection.disconnect();
  };
  signal?.addEventListener('abort', close, { once: true });
  await Promise.all(all.map((connection) => whenReady(connection, signal)));
  // From here on the connections are the caller's to close, when all that needs them has ended.
  signal?.removeEventListener('abort', close);
  return {
    commands,
    leases,
    subscriber,
    close,
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

/** Tells the listener of each change once. Returns what ends that. */
function reportState(connection: Redis, { onAway, onBack }: ConnectionListener): () => void {
  let away = false;
  connection.on('error', (error: Error) => {
    if (!away) onAway(error);
    away = true;
  });
  connection.on('close', () => {
    if (!away) onAway(new Error('The connection was closed'));
    away = true;
  });
  connection.on('ready', () => {
    if (away) onBack();
    away = false;
  });
  return () => {
    away = true;
  };
}

function whenReady(connection: Redis, signal: AbortSignal | undefined): Promise<void> {
  if (connection.status === 'ready') return Promise.resolve();
  return new Promise((resolve, reject) => {
    connection.once('ready', () => resolve());
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
