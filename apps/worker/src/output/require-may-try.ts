import type { Place } from '@signalbox/contracts';
import { JobFailed, MOST_TRIES, type TakenJob } from '@signalbox/queues';
import { words } from '../wording/words.ts';
import type { Publisher } from './publish.ts';

/** Whether a job brought its workers down so often that it is not tried again. */
export function hasTriedEnough({ takeOvers }: TakenJob): boolean {
  return takeOvers >= MOST_TRIES;
}

/** Throws `JobFailed`, once that is told, for a command that brought its workers down too often. From here on its try counts. */
export async function requireMayTry(taken: TakenJob, place: Place, publisher: Publisher): Promise<void> {
  if (!hasTriedEnough(taken)) return taken.begin();
  await publisher.notice(taken.id, 'gave-up', { place }, words.commandGaveUp(taken.takeOvers));
  throw new JobFailed(`Given up after ${taken.takeOvers} take-overs`);
}
