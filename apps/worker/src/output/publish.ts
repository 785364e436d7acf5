import {
  type Attachment,
  noticeReplyId,
  type Place,
  type Question,
  type Reply,
  replyQueue,
  SINCE,
  saidReplyId,
  type ToolCall,
  toolsReplyId,
} from '@signalbox/contracts';
import { type AddJob, type Lease, untilDone } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import type { Shown, To } from '../wording/shown.ts';

/** Publishes replies while the session is certainly ours, however long Redis is away. */
export interface Publisher {
  /** What Claude said. The same row is shown once. */
  said(place: Place, rowUuid: string, text: string, options?: SaidOptions): Promise<void>;
  /** What Claude did, silently. The same first use of a tool is shown once. */
  tools(place: Place, firstUseId: string, calls: ToolCall[], attachment?: Attachment): Promise<void>;
  /** A word of ours about a job. The same `what` of a job is shown once. */
  notice(jobId: string, what: string, to: To, text: string): Promise<void>;
  /** The same in any form, e.g. as a menu or a document. */
  show(jobId: string, what: string, to: To, shown: Shown): Promise<void>;
  /** Asks a person, in Markdown. The same `id` is shown once. */
  question(id: string, to: To, question: Asked): Promise<void>;
  /** Puts an emoji below the messages of a job that is done; the last one holds. */
  reaction(jobId: string, place: Place, messageIds: readonly number[], emoji: string): Promise<void>;
  /** Takes the buttons of a question away, and shows `text` in their place. */
  settled(questionId: string, to: To, text: string): Promise<void>;
}

/** How a text of Claude's is shown. */
export interface SaidOptions {
  /** A long one as its beginning. */
  readonly shorten?: boolean;
  /** The message that it answers. */
  readonly replyTo?: number | undefined;
}

/** A question, apart from where it is asked. */
type Asked = Pick<Question, 'about' | 'text' | 'rows'> & {
  readonly [Key in 'attachment' | 'userId' | 'textAnswers']?: Question[Key] | undefined;
};

type Unsigned<T> = T extends Reply ? Omit<T, 'version' | 'session'> : never;

function withoutUndefined<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}

interface PublisherNeeds {
  readonly session?: string;
  readonly lease: Lease;
  readonly addJob: AddJob;
  readonly log: Log;
}

/** A publisher for the holder of `lease`. Its methods reject when the lease is lost: then another speaks for the session. */
export function createPublisher({ session, lease, addJob, log }: PublisherNeeds): Publisher {
  const publish = (id: string, reply: Unsigned<Reply>) =>
    untilDone(
      async () => {
        await lease.whenSure();
        const data = { version: SINCE[reply.kind], ...(session === undefined ? {} : { session }), ...reply };
        await addJob(replyQueue(reply.place.chatId), { id, name: reply.kind, data: data satisfies Reply });
      },
      { signal: lease.lost, onRetry: (err) => log.warn({ err, session }, 'A reply waits for Redis') },
    );
  return {
    said: async (place, rowUuid, text, { shorten, replyTo } = {}) => {
      const options = { ...(shorten ? { shorten } : {}), ...(replyTo === undefined ? {} : { replyTo }) };
      const reply = { kind: 'markdown', place, text, ...options } as const;
      if (text.trim() !== '') await publish(saidReplyId(rowUuid), reply);
    },
    tools: (place, firstUseId, calls, attachment) => {
      const text = calls.map(({ name }) => name).join(', ');
      const whole = attachment === undefined ? {} : { attachment };
      return publish(toolsReplyId(firstUseId), { kind: 'tools', place, text, calls, ...whole, silent: true });
    },
    notice: (jobId, what, to, text) => publish(noticeReplyId(jobId, what), { kind: 'text', text, ...addressed(to) }),
    show: (jobId, what, to, shown) => publish(noticeReplyId(jobId, what), { ...shown, ...addressed(to) }),
    question: (id, to, { text, about, rows, attachment, userId, textAnswers }) => {
      const optional = withoutUndefined({ attachment, userId, textAnswers });
      return publish(id, { kind: 'question', text, about, rows, ...optional, ...addressed(to) });
    },
    reaction: (jobId, place, messageIds, emoji) =>
      publish(noticeReplyId(jobId, `reaction-${emoji.codePointAt(0)?.toString(16)}`), {
        kind: 'reaction',
        place,
        text: emoji,
        messageIds: [...messageIds],
      }),
    settled: (questionId, { place }, text) =>
      publish(`settled-${questionId}`, { kind: 'settled', questionId, text, place }),
  };
}

function addressed({ place, messageId }: To): { place: Place; replyTo?: number } {
  return messageId === undefined ? { place } : { place, replyTo: messageId };
}
