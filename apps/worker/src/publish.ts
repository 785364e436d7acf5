import {
  CONTRACT_VERSION,
  noticeReplyId,
  type Origin,
  type Place,
  type Reply,
  replyQueue,
  saidReplyId,
} from '@signalbox/contracts';
import type { AddJob, Lease } from '@signalbox/queues';
import { type Log, untilDone } from '@signalbox/service';

/** Publishes replies while the session is certainly ours, however long Redis is away. */
export interface Publisher {
  /** What Claude said. The same row is shown once. */
  said(place: Place, rowUuid: string, text: string): Promise<void>;
  /** A word of ours about a job, as an answer to its message if `messageId` is given. The same `what` of a job is shown once. */
  notice(
    jobId: string,
    what: string,
    origin: Pick<Origin, 'place'> & { messageId?: number },
    text: string,
  ): Promise<void>;
}

/** A publisher for the holder of `lease`. Its methods reject when the lease is lost: then another speaks for the session. */
export function createPublisher(parts: { session?: string; lease: Lease; addJob: AddJob; log: Log }): Publisher {
  const { session, lease, addJob, log } = parts;
  const publish = (id: string, reply: Omit<Reply, 'version' | 'session'>) =>
    untilDone(
      async () => {
        await lease.whenSure();
        await addJob(replyQueue(reply.place.chatId), {
          id,
          name: reply.kind,
          data: { version: CONTRACT_VERSION, ...(session === undefined ? {} : { session }), ...reply },
        });
      },
      { signal: lease.lost, onRetry: (err) => log.warn({ err, session }, 'A reply waits for Redis') },
    );
  return {
    said: async (place, rowUuid, text) => {
      if (text.trim() !== '') await publish(saidReplyId(rowUuid), { kind: 'markdown', place, text });
    },
    notice: (jobId, what, { place, messageId }, text) =>
      publish(noticeReplyId(jobId, what), {
        kind: 'text',
        place,
        text,
        ...(messageId === undefined ? {} : { replyTo: messageId }),
      }),
  };
}
