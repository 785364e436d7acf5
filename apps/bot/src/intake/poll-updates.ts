import { type Lease, type LeaseKeeper, mayPass, untilDone } from '@signalbox/queues';
import { backoffMs, FatalError, type Log, type Pause } from '@signalbox/service';
import { type TelegramApi, TelegramFailure } from '../telegram/telegram-api.ts';
import { updateIdOf } from './read-update.ts';

/** How long Telegram may hold a request open, in seconds. */
const POLL_SECONDS = 50;
/** How long to wait after another poller was met, in ms: long enough for a person to read the log. */
const CONFLICT_PAUSE_MS = 5_000;
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
  readonly log: Log;
  /** Told when this process begins and ends to be the one that polls. */
  onPolling?(polling: boolean): void;
}

/**
 * Polls Telegram whenever this process holds the lease for it, until `signal` is aborted. The offset moves past an update only once
 * the update is durable: what is not confirmed is delivered again. Rejects with `FatalError` if the token is refused.
 */
export async function pollUpdates(dependencies: PollDependencies, signal: AbortSignal): Promise<void> {
  const { acquire, botId, pause, onPolling, log } = dependencies;
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
      onPolling?.(false);
      await lease.release().catch(() => undefined);
    }
  }
}

async function pollWhileHeld(
  { getUpdates, handle, pause, log }: PollDependencies,
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
      for (const update of updates) {
        await untilDone(() => mayAct().then(() => handle(update, mayAct)), {
          signal,
          onRetry: (err) => log.warn({ err }, 'An update waits: it could not be written down'),
        });
        offset = updateIdOf(update) + 1;
      }
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      await pause(pauseAfter(error, failures, log), signal);
    }
  }
}

/** How long to wait after a failed request, in ms. Throws `FatalError` for what waiting does not mend. */
function pauseAfter(error: unknown, failures: number, log: Log): number {
  if (!(error instanceof TelegramFailure)) throw error;
  if (error.code === 401 || error.code === 404) {
    throw new FatalError(
      'Telegram does not know the bot token. Check TELEGRAM_BOT_TOKEN; @BotFather shows it under /mybots.',
    );
  }
  if (error.code === 409) {
    log.error(
      'Another program polls Telegram with the same bot token. Messages go to either of them: stop the other one.',
    );
    return CONFLICT_PAUSE_MS;
  }
  log.warn(error.message);
  return error.kind === 'flood' ? error.retryAfterMs : backoffMs(failures);
}

function whenAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
