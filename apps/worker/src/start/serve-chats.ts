import { type ChatJob, type HomelabJob, readChatJob, type SessionsJob } from '@signalbox/contracts';
import type { RunOptions } from '@signalbox/homelab';
import { type AddJob, type JobHandler, requireReadable, type TakenJob, untilDone } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import { expiredNotice } from '../house/expire.ts';
import { createPublisher } from '../output/publish.ts';
import { requireMayTry } from '../output/require-may-try.ts';
import { tellOfBug } from '../output/tell-of-bug.ts';
import type { Shown } from '../wording/shown.ts';
import { words } from '../wording/words.ts';

/** What serving chats calls. */
export interface ServeChatsNeeds {
  readonly addJob: AddJob;
  readonly log: Log;
  // What is answered. Each throws `ParkJob` if another worker is to answer, and rejects with Redis's error.
  answerSessions(job: SessionsJob): Promise<Shown>;
  answerStatus(run: RunOptions): Promise<Shown>;
  answerHomelab(job: HomelabJob, run: RunOptions): Promise<Shown>;
}

/** Serves the chats' queues: commands that are not about one session and must not wait behind a turn. */
export function serveChats(needs: ServeChatsNeeds): JobHandler {
  return {
    async handle(_queue, taken, { lease, signal }) {
      const job = requireReadable(readChatJob(taken.data), "a chat's job");
      const publisher = createPublisher({ lease, addJob: needs.addJob, log: needs.log });
      await requireMayTry(taken, job.origin.place, publisher);
      const onRetry = (err: unknown) => needs.log.warn({ err, job: taken.id }, 'A command waits for Redis');
      const shown = await untilDone(() => answer(job, taken, signal, needs), { signal, onRetry });
      await publisher.show(taken.id, 'answer', { place: job.origin.place }, shown);
    },
    tellOfBug: (_queue, taken, _error, { lease }) =>
      tellOfBug(taken, {
        publisher: createPublisher({ lease, addJob: needs.addJob, log: needs.log }),
        text: words.unforeseen,
      }),
    keeps: () => false,
    leave: async () => undefined,
  };
}

/** Throws `ParkJob` if another worker is to answer. */
async function answer(job: ChatJob, taken: TakenJob, signal: AbortSignal, needs: ServeChatsNeeds): Promise<Shown> {
  if (job.kind === 'sessions') return needs.answerSessions(job);
  const notice = expiredNotice(job.kind === 'status' ? 'status' : job.name, taken.addedAt, Date.now());
  if (notice !== undefined) return { kind: 'text', text: notice };
  const run = { log: needs.log, now: Date.now, signal };
  return job.kind === 'status' ? needs.answerStatus(run) : needs.answerHomelab(job, run);
}
