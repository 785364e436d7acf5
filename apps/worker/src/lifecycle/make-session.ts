import type { NewJob } from '@signalbox/contracts';
import { mayPass, type Routing, type Surely } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import type { Publisher } from '../output/publish.ts';
import { words } from '../wording/words.ts';
import { type CreateSessionNeeds, createSession } from './create-session.ts';

/** What making a session calls. */
export interface MakeSessionNeeds extends CreateSessionNeeds {
  readonly routing: Pick<Routing, 'session' | 'unclaim' | 'setActivity' | 'setRenamed'>;
  readonly publisher: Publisher;
  readonly log: Log;
  readonly surely: Surely;
  /** What is wrong with the session's disk, in words; `undefined` for what is none of its errors. */
  diskProblem(error: unknown): string | undefined;
}

/** Makes the session that a job asks for, and says what came of it. Resolves to whether it is there. */
export async function makeSession(jobId: string, job: NewJob, needs: MakeSessionNeeds): Promise<boolean> {
  const { routing, publisher, log, surely, diskProblem } = needs;
  const { session } = job;
  const { status, text } = await createSession(jobId, job, needs).catch(async (err: NodeJS.ErrnoException) => {
    const problem = diskProblem(err) ?? err.code;
    if (problem === undefined) {
      // A bug fails the job, and leaves no name behind; what may pass is tried again.
      if (!mayPass(err)) await unclaimFor(jobId, session, needs);
      throw err;
    }
    log.error({ err, session }, 'A session could not be created');
    return { status: 'gone', text: words.notCreated(session, problem) } as const;
  });
  if (status === 'gone') await unclaimFor(jobId, session, needs);
  else await surely(() => routing.setRenamed(session, undefined));
  await publisher.notice(jobId, 'created', { place: job.origin.place }, text);
  if (status !== 'created') return false;
  await surely(() => routing.setActivity(session, { status: 'idle', lastUsedAt: Date.now() }));
  return true;
}

/** Gives a session's name back, if it was claimed for this job: there is no session. */
export async function unclaimFor(
  jobId: string,
  session: string,
  { routing, surely }: Pick<MakeSessionNeeds, 'routing' | 'surely'>,
): Promise<void> {
  const card = await surely(() => routing.session(session));
  if (card?.claimedBy === jobId) await surely(() => routing.unclaim(card));
}
