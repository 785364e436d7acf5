import { type SessionJob, sessionQueue } from '@signalbox/contracts';
import { type AddJob, heirOf, type Routing, type TakenJob } from '@signalbox/queues';

/**
 * What becomes of a job whose session has no directory: it is passed on if the session has another name now. `awaited`: the session is
 * still to be made in another one's queue · `gone`: it was removed. Rejects with Redis's error.
 */
export async function passOn(
  taken: TakenJob,
  job: SessionJob,
  { addJob, routing }: { addJob: AddJob; routing: Pick<Routing, 'session' | 'renamed'> },
): Promise<'passed on' | 'awaited' | 'gone'> {
  if ((await routing.session(job.session))?.awaits !== undefined) return 'awaited';
  const heir = await heirOf(routing, job.session);
  if (!heir) return 'gone';
  const data = { ...job, session: heir.name };
  await addJob(sessionQueue(heir.name, heir.pool), { id: taken.id, name: job.kind, data });
  return 'passed on';
}
