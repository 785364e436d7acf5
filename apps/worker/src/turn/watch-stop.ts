import type { StopSignal } from '@signalbox/contracts';
import { type Signals, untilDone } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import type { Notifier } from '../asking/notifier.ts';

/**
 * How long a Claude that a person stopped may take to end its turn before its process is told to end, and that to do so before it is
 * killed, in ms: the person waits for both, at most 2 s.
 */
export const STOP_GRACE_MS = 700;

/** Why a turn ends: a person said so. */
export class Stopped extends Error {
  override name = 'Stopped';
  readonly by: string;
  constructor({ by }: Pick<StopSignal, 'by'>) {
    super('Stopped by a person');
    this.by = by;
  }
}

/** Whether a person wants a job to end. */
export interface StopWatch {
  /** Aborted with `Stopped` when they do. */
  readonly requested: AbortSignal;
  /** Ends the watch. */
  end(): void;
}

/** Watches for the word to stop a job, from now on. Resolves when it is known whether that was said before. */
export async function watchStop(
  { signals, notifier, log }: { signals: Pick<Signals, 'stopOf'>; notifier: Notifier; log: Log },
  { queue, jobId }: { queue: string; jobId: string },
  abandoned: AbortSignal,
): Promise<StopWatch> {
  const requested = new AbortController();
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, abandoned]);
  const look = async () => {
    const onRetry = (err: unknown) => log.warn({ err, queue }, 'A signal waits for Redis');
    const stop = await untilDone(() => signals.stopOf(queue, jobId), { signal, onRetry });
    if (!stop) return;
    requested.abort(new Stopped(stop));
    over.abort();
  };
  await look();
  void notifier.follow(look, signal).catch((err: unknown) => {
    if (!signal.aborted) log.error({ err, queue }, 'A turn can no longer be stopped');
  });
  return { requested: requested.signal, end: () => over.abort() };
}
