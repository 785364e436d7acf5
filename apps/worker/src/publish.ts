import {
  type Button,
  noticeReplyId,
  type Origin,
  type Place,
  type Question,
  type Reply,
  replyQueue,
  SINCE,
  type Subject,
  saidReplyId,
} from '@signalbox/contracts';
import type { AddJob, Lease } from '@signalbox/queues';
import { type Log, untilDone } from '@signalbox/service';

/** Where a word of ours goes; it answers the message if `messageId` is given. */
export type To = Pick<Origin, 'place'> & { messageId?: number };

/** Publishes replies while the session is certainly ours, however long Redis is away. */
export interface Publisher {
  /** What Claude said. The same row is shown once. */
  said(place: Place, rowUuid: string, text: string): Promise<void>;
  /** A word of ours about a job. The same `what` of a job is shown once. */
  notice(jobId: string, what: string, to: To, text: string): Promise<void>;
  /** The same with buttons below, in Markdown. Resolves to the id that an answer names. */
  question(
    about: Subject,
    what: string,
    to: To,
    asked: { markdown: string; buttons: readonly Button[] },
  ): Promise<string>;
}

type Said = { kind: 'markdown' | 'text'; place: Place; text: string; replyTo?: number };

/** A publisher for the holder of `lease`. Its methods reject when the lease is lost: then another speaks for the session. */
export function createPublisher(parts: { session?: string; lease: Lease; addJob: AddJob; log: Log }): Publisher {
  const { session, lease, addJob, log } = parts;
  const publish = (id: string, reply: Said | Omit<Question, 'version' | 'session'>) =>
    untilDone(
      async () => {
        await lease.whenSure();
        const data = { version: SINCE[reply.kind], ...(session === undefined ? {} : { session }), ...reply };
        await addJob(replyQueue(reply.place.chatId), { id, name: reply.kind, data: data satisfies Reply });
      },
      { signal: lease.lost, onRetry: (err) => log.warn({ err, session }, 'A reply waits for Redis') },
    );
  return {
    said: async (place, rowUuid, text) => {
      if (text.trim() !== '') await publish(saidReplyId(rowUuid), { kind: 'markdown', place, text });
    },
    notice: (jobId, what, to, text) => publish(noticeReplyId(jobId, what), { kind: 'text', text, ...addressed(to) }),
    async question(about, what, to, { markdown, buttons }) {
      const id = noticeReplyId(about.jobId, what);
      await publish(id, { kind: 'question', text: markdown, about, buttons: [...buttons], ...addressed(to) });
      return id;
    },
  };
}

function addressed({ place, messageId }: To): { place: Place; replyTo?: number } {
  return messageId === undefined ? { place } : { place, replyTo: messageId };
}
