import { readSessionJob } from '@signalbox/contracts';
import type { TakenJob } from '@signalbox/queues';
import { tellOfBug } from '../output/tell-of-bug.ts';
import { ask, buttons } from '../turn/message-run.ts';
import { describeDiskProblem } from '../wording/describe-disk-problem.ts';
import { words } from '../wording/words.ts';
import type { HeldSession } from './open-claude.ts';

/** Says that a session's job failed unforeseen; a message can be tried again by a button. `root`: where sessions lie. */
export async function tellOfSessionBug(
  taken: TakenJob,
  error: unknown,
  { queue, publisher }: Pick<HeldSession, 'queue' | 'publisher'>,
  root: string,
): Promise<void> {
  const problem = describeDiskProblem(error, root);
  const text = problem ? words.notHandled(problem) : words.unforeseen;
  const read = readSessionJob(taken.data);
  if (read.status === 'ok' && read.value.kind === 'message')
    await ask({ taken, job: read.value, queue, publisher }, 'unforeseen', text, [buttons.retry]);
  else await tellOfBug(taken, { publisher, text });
}
