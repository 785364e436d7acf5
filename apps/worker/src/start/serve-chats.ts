import { type ChatJob, readChatJob, type SessionsJob, sessionQueue } from '@signalbox/contracts';
import { type JobHandler, type Queues, requireReadable, type TakenJob, untilDone } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import { answerHomelab } from '../house/answer-homelab.ts';
import { answerStatus } from '../house/answer-status.ts';
import { expiredNotice } from '../house/expire.ts';
import type { House } from '../house/open-house.ts';
import { createPublisher } from '../output/publish.ts';
import { requireMayTry } from '../output/require-may-try.ts';
import { tellOfBug } from '../output/tell-of-bug.ts';
import { describeSessions, type ListedSession } from '../wording/describe-sessions.ts';
import type { Shown } from '../wording/shown.ts';
import { words } from '../wording/words.ts';

/** What serving chats calls. */
export interface ServeChatsNeeds {
  readonly queues: Pick<Queues, 'owner' | 'addJob' | 'routing' | 'overview' | 'workforce'>;
  readonly pool: string;
  readonly house: House;
  readonly log: Log;
}

/** Serves the chats' queues: commands that are not about one session and must not wait behind a turn. */
export function serveChats(needs: ServeChatsNeeds): JobHandler {
  return {
    async handle(_queue, taken, { lease, signal }) {
      const job = requireReadable(readChatJob(taken.data), "a chat's job");
      const publisher = createPublisher({ lease, addJob: needs.queues.addJob, log: needs.log });
      await requireMayTry(taken, job.origin.place, publisher);
      const onRetry = (err: unknown) => needs.log.warn({ err, job: taken.id }, 'A command waits for Redis');
      const shown = await untilDone(() => answer(job, taken, signal, needs), { signal, onRetry });
      await publisher.show(taken.id, 'answer', { place: job.origin.place }, shown);
    },
    tellOfBug: (_queue, taken, _error, { lease }) =>
      tellOfBug(taken, {
        publisher: createPublisher({ lease, addJob: needs.queues.addJob, log: needs.log }),
        text: words.unforeseen,
      }),
    keeps: () => false,
    leave: async () => undefined,
  };
}

/** Throws `ParkJob` if another worker is to answer. */
async function answer(job: ChatJob, taken: TakenJob, signal: AbortSignal, needs: ServeChatsNeeds): Promise<Shown> {
  if (job.kind === 'sessions') return answerSessions(job, needs);
  const notice = expiredNotice(job.kind === 'status' ? 'status' : job.name, taken.addedAt, Date.now());
  if (notice !== undefined) return { kind: 'text', text: notice };
  const run = { log: needs.log, now: Date.now, signal };
  return job.kind === 'status' ? answerStatus(needs, run) : answerHomelab(job, needs, run);
}

async function answerSessions({ origin, all = false }: SessionsJob, { queues, pool }: ServeChatsNeeds): Promise<Shown> {
  const [listed, active] = await Promise.all([listSessions(queues), queues.routing.activeSession(origin.place)]);
  return describeSessions(listed, { active, now: Date.now(), pool, all });
}

/** All sessions as they are now. What a dead worker last said of a session is corrected by whether anybody holds it. */
async function listSessions({ routing, overview }: ServeChatsNeeds['queues']): Promise<ListedSession[]> {
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
