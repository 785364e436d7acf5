import { type ControlJob, controlQueue, readControlJob } from '@signalbox/contracts';
import {
  type AddJob,
  heirOf,
  type JobHandler,
  type Lease,
  type Routing,
  requireReadable,
  type TakenJob,
  untilDone,
} from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import type { SessionStore } from '@signalbox/sessions';
import { createPublisher, type Publisher } from '../output/publish.ts';
import { requireMayTry } from '../output/require-may-try.ts';
import { tellOfBug } from '../output/tell-of-bug.ts';
import { describeDiskProblem } from '../wording/describe-disk-problem.ts';
import type { Shown } from '../wording/shown.ts';
import { words } from '../wording/words.ts';
import type { AskingJob } from './answer-control.ts';
import { allow } from './change-settings.ts';

/** What serving the control queues calls. */
export interface ServeControlNeeds {
  readonly store: Pick<SessionStore, 'root' | 'exists' | 'readSettings' | 'writeSettings'>;
  readonly routing: Pick<Routing, 'session' | 'renamed'>;
  readonly addJob: AddJob;
  readonly log: Log;
  /** What is answered to a command about a session that is there. */
  answer(job: AskingJob): Promise<Shown>;
}

/** Serves the sessions' control queues: commands about a session that must not wait behind its turn. */
export function serveControl(needs: ServeControlNeeds): JobHandler {
  return {
    async handle(_queue, taken, { lease, signal }) {
      const job = requireReadable(readControlJob(taken.data), "a session's command");
      const publisher = createPublisher({ session: job.session, lease, addJob: needs.addJob, log: needs.log });
      await requireMayTry(taken, job.origin.place, publisher);
      const isHere = await needs.store.exists(job.session);
      if (isHere) await answer(taken, job, publisher, needs, signal);
      else await elsewhere(taken, job, publisher, needs, lease);
    },
    async tellOfBug(_queue, taken, error, { lease }) {
      const problem = describeDiskProblem(error, needs.store.root);
      const text = problem ? words.notHandled(problem) : words.unforeseen;
      await tellOfBug(taken, {
        publisher: createPublisher({ lease, addJob: needs.addJob, log: needs.log }),
        text,
      });
    },
    keeps: () => false,
    leave: async () => undefined,
  };
}

async function answer(
  taken: TakenJob,
  job: ControlJob,
  publisher: Publisher,
  needs: ServeControlNeeds,
  signal: AbortSignal,
): Promise<void> {
  if (job.kind === 'allow')
    return untilDone(() => allow(job, needs.store), {
      signal,
      onRetry: (err) => needs.log.warn({ err }, 'What was allowed could not be kept'),
    });
  const shown = await needs.answer(job);
  await publisher.show(taken.id, 'answer', { place: job.origin.place }, shown);
}

/** The session may have another name by now. */
async function elsewhere(
  taken: TakenJob,
  job: ControlJob,
  publisher: Publisher,
  { routing, addJob, log }: ServeControlNeeds,
  lease: Lease,
): Promise<void> {
  const onRetry = (err: unknown) => log.warn({ err, job: taken.id }, 'A command waits for Redis');
  const surely = <T>(work: () => Promise<T>) => untilDone(work, { signal: lease.lost, onRetry });
  const card = await surely(() => routing.session(job.session));
  const heir = card ? undefined : await surely(() => heirOf(routing, job.session));
  if (!heir) {
    const awaits = card?.awaits;
    const text = awaits === undefined ? words.noSuchSession(job.session) : words.notYetThere(job.session, awaits);
    return publisher.notice(taken.id, 'answer', job.origin, text);
  }
  const entry = { id: taken.id, name: job.kind, data: { ...job, session: heir.name } };
  await surely(() => addJob(controlQueue(heir.name, heir.pool), entry));
}
