import { type ChatJob, readChatJob, sessionQueue } from '@signalbox/contracts';
import { type JobHandler, type Queues, requireReadable } from '@signalbox/queues';
import { type Log, untilDone } from '@signalbox/service';
import { describeSessions, type ListedSession } from './describe-sessions.ts';
import { createPublisher, type Shown } from './publish.ts';

export interface ChatParts {
  readonly queues: Pick<Queues, 'addJob' | 'routing' | 'overview'>;
  readonly pool: string;
  readonly log: Log;
}

/** Serves the chats' queues: commands that are not about one session and must not wait behind a turn. */
export function serveChats(parts: ChatParts): JobHandler {
  return {
    async handle(_queue, taken, { lease, signal }) {
      const job = requireReadable(readChatJob(taken.data), "a chat's job");
      const publisher = createPublisher({ lease, addJob: parts.queues.addJob, log: parts.log });
      const onRetry = (err: unknown) => parts.log.warn({ err, job: taken.id }, 'A command waits for Redis');
      const shown = await untilDone(() => answer(job, parts), { signal, onRetry });
      await publisher.show(taken.id, 'answer', { place: job.origin.place }, shown);
    },
    keeps: () => false,
    leave: async () => undefined,
  };
}

async function answer({ origin, all = false }: ChatJob, { queues, pool }: ChatParts): Promise<Shown> {
  const [listed, active] = await Promise.all([listSessions(queues), queues.routing.activeSession(origin.place)]);
  return describeSessions(listed, { active, now: Date.now(), pool, all });
}

/** All sessions as they are now. What a dead worker last said of a session is corrected by whether anybody holds it. */
async function listSessions({ routing, overview }: ChatParts['queues']): Promise<ListedSession[]> {
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
