import type { EarlierFile, FileRef, MessageJob, Origin, Transfer } from '@signalbox/contracts';
import type { To } from '../wording/shown.ts';
import { inboxName } from './name-file.ts';

/** A message whose files are taken. */
export interface FileRun {
  readonly jobId: string;
  readonly job: MessageJob;
  /** The name of the session's queue. */
  readonly queue: string;
  /** The directory of the session that the files are put into. */
  readonly inbox: string;
  /** Marks the processes of the session. */
  readonly marker: string;
  /** Says something about the message; the same `what` once. */
  notice(what: string, to: To, text: string): Promise<void>;
  /** Aborted when this is to end; `stop`: for good. */
  readonly signal: AbortSignal;
  readonly stop: AbortSignal;
}

/** A file of a turn, the message that it came with, and its way. */
export interface Arrival {
  readonly file: FileRef;
  readonly origin: Origin;
  /** Which of the turn's messages it came with, and which of all its files it is, from 0. */
  readonly part: number;
  readonly index: number;
  /** It belongs to what that message replies to; then Claude may have it somewhere already. */
  readonly isOfReplied: boolean;
  readonly source: EarlierFile['source'];
  /** Its name in the inbox. */
  readonly name: string;
  /** Where its bytes come through. */
  readonly transfer: Transfer;
}

/** The files of a turn, in order: what a message replies to before its own. The same job gives the same on any re-run. */
export function arrivalsOf(jobId: string, job: MessageJob, queue: string): Arrival[] {
  const files = [job, ...(job.more ?? [])].flatMap((message, part) =>
    [...earlierFilesOf(message), ...ownFilesOf(message)].map((each) => ({ ...each, origin: message.origin, part })),
  );
  return files.map((each, index) => ({ ...each, index, transfer: { queue, id: `${jobId}-${index}` } }));
}

type Message = Pick<MessageJob, 'files' | 'replied' | 'origin'>;
type Named = Pick<Arrival, 'file' | 'name' | 'isOfReplied' | 'source'>;

function ownFilesOf({ files = [], origin }: Message): Named[] {
  return files.map((file) => ({ file, name: inboxName(file, origin), isOfReplied: false, source: undefined }));
}

/** One that this session took before has the name of then, so it is not fetched again. */
function earlierFilesOf({ replied, origin }: Message): Named[] {
  return (replied?.files ?? []).map(({ source, messageId = replied?.messageId, ...file }) => {
    const name = inboxName(file, { ...origin, messageId: messageId ?? origin.messageId });
    return { file, name, isOfReplied: true, source };
  });
}
