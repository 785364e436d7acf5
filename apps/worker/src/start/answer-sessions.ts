import { type SessionsJob, sessionQueue } from '@signalbox/contracts';
import type { Overview, Routing, Workforce } from '@signalbox/queues';
import { describeSessions, type ListedSession } from '../wording/describe-sessions.ts';
import type { Shown } from '../wording/shown.ts';

/** What listing the sessions calls. */
export interface AnswerSessionsNeeds {
  readonly routing: Pick<Routing, 'sessions' | 'activeSession'>;
  readonly overview: Pick<Overview, 'waiting' | 'held'>;
  readonly workers: Workforce['workers'];
  readonly pool: string;
}

/** Answers `/sessions`. Rejects with Redis's error. */
export async function answerSessions(
  { origin, all = false }: SessionsJob,
  { routing, overview, workers, pool }: AnswerSessionsNeeds,
): Promise<Shown> {
  const [listed, active, alive] = await Promise.all([
    listSessions(routing, overview),
    routing.activeSession(origin.place),
    workers(),
  ]);
  const served = new Set([pool, ...alive.map((worker) => worker.pool)]);
  return describeSessions(listed, { active, now: Date.now(), pool, served, all });
}

/** All sessions as they are now. What a dead worker last said of a session is corrected by whether anybody holds it. */
async function listSessions(
  routing: AnswerSessionsNeeds['routing'],
  overview: AnswerSessionsNeeds['overview'],
): Promise<ListedSession[]> {
  // One that is still to be made is told of when it is.
  const sessions = (await routing.sessions()).filter(({ card }) => card.awaits === undefined);
  const names = sessions.map(({ card }) => sessionQueue(card.name, card.pool).name);
  const [waiting, held] = await Promise.all([overview.waiting(names), overview.held(names)]);
  return sessions.map(({ card, activity }) => {
    const queue = sessionQueue(card.name, card.pool).name;
    const said = activity?.status ?? 'idle';
    const status = said === 'active' && !held.has(queue) ? 'suspended' : said;
    return { ...card, status, lastUsedAt: activity?.lastUsedAt ?? card.createdAt, waiting: waiting.get(queue) ?? 0 };
  });
}
