import { type FileRef, type MessageJob, type Origin, sessionQueue, type Transfer } from '@signalbox/contracts';
import { inboxName } from './name-file.ts';

/** A file of a turn, the message that it came with, and its way. */
export interface Arrival {
  readonly file: FileRef;
  readonly origin: Origin;
  /** Which of the turn's messages it came with, and which of all its files it is, from 0. */
  readonly part: number;
  readonly index: number;
  /** Its name in the inbox. */
  readonly name: string;
  /** Where its bytes come through. */
  readonly transfer: Transfer;
}

/** The files of a turn, in order. The same job gives the same on any re-run. */
export function arrivalsOf(jobId: string, job: MessageJob, pool: string): Arrival[] {
  const queue = sessionQueue(job.session, pool).name;
  const files = [job, ...(job.more ?? [])].flatMap(({ files: sent = [], origin }, part) =>
    sent.map((file) => ({ file, origin, part, name: inboxName(file, origin) })),
  );
  return files.map((each, index) => ({ ...each, index, transfer: { queue, id: `${jobId}-${index}` } }));
}
