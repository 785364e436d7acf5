import { readSessionJob } from '@signalbox/contracts';
import type { Waiting } from '@signalbox/queues';
import type { SessionRecord } from '../warm/session-record.ts';
import type { AnswersTo, MessageRun } from './message-run.ts';

/** What telling one answer from another calls. */
export interface AnswersToNeeds {
  readonly listWaiting: Waiting['list'];
  readonly record: Pick<SessionRecord, 'metadata'>;
}

/** How many jobs are looked at: more than one message is enough. */
const MOST_LOOKED_AT = 50;

/** See `AnswersTo`. */
export function createAnswersTo({ taken, job, queue }: MessageRun, { listWaiting, record }: AnswersToNeeds): AnswersTo {
  const { place, messageId } = job.origin;
  // It came while the session was at the one before.
  const hasWaited = taken.addedAt < Date.parse(record.metadata?.lastUsedAt ?? '');
  let isOneOfMany = place.chatId < 0 || hasWaited;
  const isWaiting = async () =>
    (await listWaiting(queue.name, MOST_LOOKED_AT)).some(
      ({ id, data, joinedTo }) => id !== taken.id && joinedTo === undefined && isMessage(data),
    );
  return async () => {
    // What it is for is worth no wait: the answer itself waits for Redis.
    isOneOfMany ||= await isWaiting().catch(() => false);
    return isOneOfMany ? messageId : undefined;
  };
}

function isMessage(data: unknown): boolean {
  const read = readSessionJob(data);
  return read.status === 'ok' && read.value.kind === 'message';
}
