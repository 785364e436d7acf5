import type { SessionJob } from '@signalbox/contracts';
import type { Log } from '@signalbox/service';
import type { OpenedClaude } from './open-claude.ts';

/** Starts Claude ahead of the next message. If that fails, the message will say why. */
export async function warmUp(
  jobId: string,
  { session, origin: { place } }: SessionJob,
  signal: AbortSignal,
  { claude, machine, log }: Pick<OpenedClaude, 'claude' | 'machine'> & { log: Log },
): Promise<void> {
  if (claude.process) return;
  try {
    await claude.start(await machine.load({ jobId, to: { place } }), { signal });
  } catch (err) {
    if (!signal.aborted) log.warn({ err, session }, 'Claude could not be started ahead of the next message');
  }
}
