import type {
  ChatJob,
  ControlJob,
  FileRef,
  Menu,
  MessageJob,
  Origin,
  QueueRef,
  Replied,
  SessionCard,
  SessionJob,
  Subject,
  Written,
} from '@signalbox/contracts';
import type { Kept } from './snapshot.ts';

/**
 * What is to be done about one update: plain data, so that it can be kept before any of it is done. Doing it again has no further effect.
 * `claim`, `answer`, `edit` and `forget` may turn out to be impossible by the time they are tried: then their `otherwise` is done in place of all else.
 */
export interface Decision {
  /** A name is taken for a session, in the name of the update. Otherwise: it is another's. */
  readonly claim?: { readonly card: Omit<SessionCard, 'claimedBy'>; readonly otherwise: Decision };
  /** The first of these questions that is still open gets its answer, and its message shows `shown`. Otherwise: none is. */
  readonly answer?: {
    readonly to: readonly {
      readonly about: Subject;
      readonly questionId: string;
      readonly value: string;
      readonly shown: string;
    }[];
    readonly otherwise: Decision;
  };
  /** A job that waits becomes this one. Otherwise: it does not wait any more. */
  readonly edit?: {
    readonly queue: QueueRef;
    readonly jobId: string;
    readonly job: MessageJob;
    readonly otherwise: Decision;
  };
  /** A session whose pool has no worker is gone, with what waits in it. Otherwise: somebody has it after all. */
  readonly forget?: { readonly card: SessionCard; readonly otherwise: Decision };
  /** A session is put away, ahead of the job that does the rest. */
  readonly putAway?: string;
  /** The place talks to this session from now on. */
  readonly activate?: string;
  readonly enqueue?: { readonly queue: QueueRef; readonly job: SessionJob | ChatJob | ControlJob };
  /** A forum topic of this name is made first, if there can be one: then all of this is about that place. */
  readonly topic?: string;
  /** What comes behind `enqueue`, in order. `id`: of the job, if another update has named it. */
  readonly afterwards?: readonly { readonly queue: QueueRef; readonly job: SessionJob; readonly id?: string }[];
  /** What is kept in the place from now on, is kept in another wording, or is kept no longer (by its messages). */
  readonly kept?: { readonly add?: Written; readonly change?: Kept; readonly take?: readonly number[] };
  /** To be said in the place at once. */
  readonly say?: string;
  /** The id of these words, if they are to be said once, however many updates lead to them. Default: that of the update. */
  readonly sayId?: string;
  /** The same with buttons below, in Markdown. */
  readonly menu?: Pick<Menu, 'text' | 'rows' | 'once' | 'plain'>;
  /** Jobs whose turn ends for good, or which are taken out of their queue. */
  readonly stop?: readonly { readonly queue: QueueRef; readonly jobIds: readonly string[] }[];
}

/** How a message was heard, in a group with others. */
export interface Heard {
  /** It is taken if it is a command, and is for others if not. */
  readonly onlyCommands?: boolean;
  /** What others said before it. */
  readonly talk?: NonNullable<MessageJob['talk']>;
}

/** A message of a person that is to be decided about. */
export interface Spoken extends Heard {
  readonly origin: Origin;
  /** As it was typed. */
  readonly text: string;
  /** The same with its formatting, if it has any: this is for Claude. */
  readonly markdown?: string;
  readonly forwardedFrom?: string;
  readonly files?: readonly FileRef[];
  readonly album?: string;
  /** The message that it replies to, what that holds, and the album that this is part of. */
  readonly repliesTo?: number | undefined;
  readonly replied?: Replied;
  readonly repliedAlbum?: string;
}

/** What Claude gets as a person's words. */
export function wordsOf({ text, markdown = text }: Pick<Spoken, 'text' | 'markdown'>): string {
  return markdown;
}
