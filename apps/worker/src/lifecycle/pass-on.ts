import { type SessionJob, sessionQueue } from '@signalbox/contracts';
import type { Queues, TakenJob } from '@signalbox/queues';

/**
 * What becomes of a job whose session has no directory: it is passed on if the session has another name now. `awaited`: the session is
 * still to be made in another one's queue · `gone`: it was removed. Rejects with Redis's error.
 */
export async function passOn(
  taken: TakenJob,
  job: SessionJob,
  { addJob, routing }: Pick<Queues, 'addJob' | 'routing'>,
): Promise<'passed on' | 'awaited' | 'gone'> {
  if ((await routing.session(job.session))?.awaits !== undefined) return 'awaited';
  const since = await routing.renamed(job.session);
  const heir = since === undefined ? undefined : await routing.session(since);
  if (!heir) return 'gone';
  const data = { ...job, session: heir.name };
  await addJob(sessionQueue(heir.name, heir.pool), { id: taken.id, name: job.kind, data });
  return 'passed on';
}
