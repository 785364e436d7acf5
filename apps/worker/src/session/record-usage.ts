import type { TurnOutcome } from '@signalbox/claude';
import type { Log } from '@signalbox/service';
import { addTurn, noUsage, type SessionStore } from '@signalbox/sessions';

/** Adds what a turn used to the session's usage. Never rejects: it is for showing, and must not harm a turn that has answered. */
export async function recordUsage(
  session: string,
  outcome: TurnOutcome,
  { store, log }: { store: Pick<SessionStore, 'readUsage' | 'writeUsage'>; log: Log },
): Promise<void> {
  // What was found finished was used by a process that did not live to say how much.
  if (outcome.recovered === 'from-transcript') return;
  const { usage, costUsd, context, rateLimit } = outcome;
  const now = new Date();
  const use = {
    turns: 1,
    inputTokens: usage.inputTokens + usage.cacheReadTokens + usage.cacheCreationTokens,
    outputTokens: usage.outputTokens,
    costUsd,
    ...(context ? { context } : {}),
    ...(rateLimit ? { limit: { ...rateLimit, kind: rateLimit.kind ?? 'plan', seenAt: now.getTime() } } : {}),
  };
  try {
    const read = await store.readUsage(session);
    if (read.status === 'corrupt') log.warn({ session, setAside: read.setAside }, 'The usage could not be read');
    await store.writeUsage(session, addTurn(read.status === 'ok' ? read.value : noUsage(), use, now));
  } catch (err) {
    log.warn({ err, session }, 'The usage of a turn could not be written down');
  }
}
