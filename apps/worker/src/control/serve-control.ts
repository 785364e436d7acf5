import { type ControlJob, controlQueue, readControlJob } from '@signalbox/contracts';
import { heirOf, type JobHandler, type Lease, requireReadable, type TakenJob, untilDone } from '@signalbox/queues';
import { createPublisher, type Publisher } from '../output/publish.ts';
import { requireMayTry } from '../output/require-may-try.ts';
import { tellOfBug } from '../output/tell-of-bug.ts';
import { describeDiskProblem } from '../wording/describe-disk-problem.ts';
import { words } from '../wording/words.ts';
import { answerControl } from './answer-control.ts';
import { allow } from './change-settings.ts';
import type { ControlParts } from './control-parts.ts';

/** Serves the sessions' control queues: commands about a session that must not wait behind its turn. */
export function serveControl(parts: ControlParts): JobHandler {
  return {
    async handle(_queue, taken, { lease, signal }) {
      const job = requireReadable(readControlJob(taken.data), "a session's command");
      const publisher = createPublisher({ session: job.session, lease, addJob: parts.queues.addJob, log: parts.log });
      await requireMayTry(taken, job.origin.place, publisher);
      const isHere = await parts.store.exists(job.session);
      if (isHere) await answer(taken, job, publisher, parts, signal);
      else await elsewhere(taken, job, publisher, parts, lease);
    },
    async tellOfBug(_queue, taken, error, { lease }) {
      const problem = describeDiskProblem(error, parts.store.root);
      const text = problem ? words.notHandled(problem) : words.unforeseen;
      await tellOfBug(taken, {
        publisher: createPublisher({ lease, addJob: parts.queues.addJob, log: parts.log }),
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
  parts: ControlParts,
  signal: AbortSignal,
): Promise<void> {
  if (job.kind === 'allow')
    return untilDone(() => allow(job, parts), {
      signal,
      onRetry: (err) => parts.log.warn({ err }, 'What was allowed could not be kept'),
    });
  const shown = await answerControl(job, parts);
  await publisher.show(taken.id, 'answer', { place: job.origin.place }, shown);
}

/** The session may have another name by now. */
async function elsewhere(
  taken: TakenJob,
  job: ControlJob,
  publisher: Publisher,
  { queues, log }: ControlParts,
  lease: Lease,
): Promise<void> {
  const onRetry = (err: unknown) => log.warn({ err, job: taken.id }, 'A command waits for Redis');
  const surely = <T>(work: () => Promise<T>) => untilDone(work, { signal: lease.lost, onRetry });
  const card = await surely(() => queues.routing.session(job.session));
  const heir = card ? undefined : await surely(() => heirOf(queues.routing, job.session));
  if (!heir) {
    const awaits = card?.awaits;
    const text = awaits === undefined ? words.noSuchSession(job.session) : words.notYetThere(job.session, awaits);
    return publisher.notice(taken.id, 'answer', job.origin, text);
  }
  const entry = { id: taken.id, name: job.kind, data: { ...job, session: heir.name } };
  await surely(() => queues.addJob(controlQueue(heir.name, heir.pool), entry));
}
