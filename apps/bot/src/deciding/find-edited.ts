import { readSessionJob } from '@signalbox/contracts';
import type { Routing, Waiting } from '@signalbox/queues';
import type { Lookups } from './take-snapshot.ts';

/** Finds the message job that a message of a person became; nothing for one that became none, or that cannot be read. */
export function createFindEdited(jobOfMessage: Routing['jobOfMessage'], readJob: Waiting['read']): Lookups['edited'] {
  return async (chatId, messageId) => {
    const found = await jobOfMessage(chatId, messageId);
    if (!found) return undefined;
    const { queue, jobId } = found;
    const read = readSessionJob(await readJob(queue.name, jobId));
    return read.status === 'ok' && read.value.kind === 'message' ? { queue, jobId, job: read.value } : undefined;
  };
}
