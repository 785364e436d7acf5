import { type SessionsJob, sessionQueue } from '@signalbox/contracts';
import type { Overview, Routing } from '@signalbox/queues';
import { describeSessions, type ListedSession } from '../wording/describe-sessions.ts';
import type { Shown } from '../wording/shown.ts';

/** What listing the sessions calls. */
export interface AnswerSessionsNeeds {
  readonly routing: Pick<Routing, 'sessions' | 'activeSession'>;
  readonly overview: Pick<Overview, 'openJobs' | 'held'>;
  readonly pool: string;
}

/** Answers `/sessions`. Rejects with Redis's error. */
export async function answerSessions(
  { origin, all = false }: SessionsJob,
  { routing, overview, pool }: AnswerSessionsNeeds,
): Promise<Shown> {
  const [listed, active] = await Promise.all([listSessions(routing, overview), routing.activeSession(origin.place)]);
  return describeSessions(listed, { active, now: Date.now(), pool, all });
}

/** All sessions as they are now. What a dead worker last said of a session is corrected by whether anybody holds it. */
async function listSessions(
  routing: AnswerSessionsNeeds['routing'],
  overview: AnswerSessionsNeeds['overview'],
): Promise<ListedSession[]> {
  // One that is still to be made is told of when it is.
  const sessions = (await routing.sessions()).filter(({ card }) => card.awaits === undefined);
  const names = sessions.map(({ card }) => sessionQueue(card.name, card.pool).name);
  const [open, held] = await Promise.all([overview.openJobs(names), overview.held(names)]);
  return sessions.map(({ card, activity }) => {
    const queue = sessionQueue(card.name, card.pool).name;
    const said = activity?.status ?? 'idle';
    const status = said === 'active' && !held.has(queue) ? 'suspended' : said;
    return { ...card, status, lastUsedAt: activity?.lastUsedAt ?? card.createdAt, open: open.get(queue) ?? 0 };
  });
}
