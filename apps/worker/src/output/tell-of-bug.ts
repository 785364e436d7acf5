import { findPlace } from '@signalbox/contracts';
import type { TakenJob } from '@signalbox/queues';
import type { Publisher } from './publish.ts';

/** What tells of a job that failed unforeseen needs. */
export interface BugTelling {
  readonly publisher: Pick<Publisher, 'notice'>;
  /** What is wrong, for the chat. */
  readonly text: string;
}

/** Says in its place that a job failed unforeseen; of an entry that does not even say where it came from, only the log does. */
export async function tellOfBug({ id, data }: TakenJob, { publisher, text }: BugTelling): Promise<void> {
  const place = findPlace(data);
  if (place) await publisher.notice(id, 'unforeseen', { place }, text);
}
