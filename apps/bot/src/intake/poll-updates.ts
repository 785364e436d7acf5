import { type Lease, type LeaseKeeper, mayPass, untilDone } from '@signalbox/queues';
import { backoffMs, type Log, type Pause } from '@signalbox/service';
import { type TelegramApi, TelegramFailure } from '../telegram/telegram-api.ts';
import type { TelegramHealth } from '../telegram/telegram-health.ts';
import { updateIdOf } from './reading/read-update.ts';

/** How long Telegram may hold a request open, in seconds. */
const POLL_SECONDS = 50;
/** How long to wait after another poller was met, in ms: long enough for a person to read the log. */
const CONFLICT_PAUSE_MS = 5_000;
/** How long to wait at first, and at most, while Telegram does not know the token, in ms: it may be known again, and is not to be asked often. */
const FIRST_TOKEN_PAUSE_MS = 5_000;
const LONGEST_TOKEN_PAUSE_MS = 120_000;
/** How often a bot that stands by asks for the right to poll, in ms: it is to have it within a second of the other's lease running out. */
const STANDBY_MS = 500;

/** What polling calls. */
interface PollDependencies {
  readonly getUpdates: TelegramApi['getUpdates'];
  readonly acquire: LeaseKeeper['acquire'];
  readonly botId: number;
  /** Takes one update: it is confirmed when that resolves, and given again if it rejects. */
  handle(raw: unknown, mayAct: () => Promise<void>): Promise<void>;
  readonly pause: Pause;
  /** Told of each request how it went. */
  readonly health: Pick<TelegramHealth, 'failed' | 'answered' | 'rests'>;
  readonly log: Log;
  /** Told when this process begins and ends to be the one that polls. */
  onPolling?(polling: boolean): void;
}

/**
 * Polls Telegram whenever this process holds the lease for it, until `signal` is aborted. The offset moves past an update only once
 * the update is durable: what is not confirmed is delivered again. What Telegram refuses is tried again, however long.
 */
export async function pollUpdates(dependencies: PollDependencies, signal: AbortSignal): Promise<void> {
  const { acquire, botId, pause, health, onPolling, log } = dependencies;
  let standsBy = false;
  while (!signal.aborted) {
    const lease = await acquire(`poll-${botId}`).catch((err: unknown) => {
      if (!mayPass(err)) log.error({ err }, 'The lease for polling Telegram could not be asked for');
      return 'unknown' as const;
    });
    if (!lease && !standsBy) log.info('Another bot takes the messages; standing by');
    standsBy = !lease;
    if (!lease || lease === 'unknown') {
      await pause(STANDBY_MS, signal);
      continue;
    }
    onPolling?.(true);
    try {
      await pollWhileHeld(dependencies, lease, AbortSignal.any([signal, lease.lost]));
    } finally {
      health.rests();
      onPolling?.(false);
      await lease.release().catch(() => undefined);
    }
  }
}

async function pollWhileHeld(
  { getUpdates, handle, pause, health, log }: PollDependencies,
  lease: Lease,
  signal: AbortSignal,
): Promise<void> {
  let offset = 0;
  // One that was frozen while it polled, or in the middle of an update, must not act on what another has handled meanwhile.
  const mayAct = async () => {
    if (!lease.isSure()) await Promise.race([lease.whenSure(), whenAborted(signal)]);
    signal.throwIfAborted();
  };
  for (let failures = 0; !signal.aborted; ) {
    try {
      const updates = await getUpdates(offset, POLL_SECONDS, signal);
      failures = 0;
      health.answered();
      for (const update of updates) {
        await untilDone(() => mayAct().then(() => handle(update, mayAct)), {
          signal,
          onRetry: (err) => log.warn({ err }, 'An update waits: it could not be written down'),
        });
        offset = updateIdOf(update) + 1;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof TelegramFailure)) throw error;
      failures += 1;
      health.failed(error);
      if (error.kind === 'flood') log.warn(error.message);
      await pause(pauseAfter(error, failures), signal);
    }
  }
}

/** How long to wait after so many failed requests, in ms. */
export function pauseAfter({ kind, code, retryAfterMs }: TelegramFailure, failures: number): number {
  if (kind === 'flood') return retryAfterMs;
  if (code === 409) return CONFLICT_PAUSE_MS;
  if (code === 401 || code === 404) return backoffMs(failures, FIRST_TOKEN_PAUSE_MS, LONGEST_TOKEN_PAUSE_MS);
  return backoffMs(failures);
}

function whenAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
