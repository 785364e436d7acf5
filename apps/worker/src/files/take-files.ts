import { type FileRef, isTooLarge, sessionQueue } from '@signalbox/contracts';
import type { MessageRun } from '../message-run.ts';
import { words } from '../words.ts';
import { chooseImage, mayBeImage } from './choose-image.ts';
import { type Fetched, fetchFile, problemOf } from './fetch-file.ts';
import { hear } from './hear.ts';
import { type Inbox, openInbox } from './inbox.ts';
import { inboxName } from './name-file.ts';
import type { TakenFile } from './taken-file.ts';

/** How long a file is waited for, in ms: longer than a bot tries. After one that is late the others are not waited for. */
const WAIT_MS = 180_000;

/** A file of a message, and where it goes. */
interface Incoming {
  readonly file: FileRef;
  /** Which one of the message it is. */
  readonly index: number;
  /** Its name in the inbox. */
  readonly name: string;
}

/**
 * Puts the files of a message into its session's inbox, and says in the chat what could not be. The message goes on in any case. It may
 * be done again: a file that is there is not fetched anew. Rejects when the run's signal is aborted.
 */
export async function takeFiles(run: MessageRun): Promise<TakenFile[]> {
  const { job, parts } = run;
  const incoming = (job.files ?? []).map((file, index) => ({ file, index, name: inboxName(file, job.origin) }));
  if (incoming.length === 0) return [];
  const found: TakenFile[] = [];
  try {
    const inbox = await openInbox(parts.store.paths(job.session).inbox);
    let waitMs = WAIT_MS;
    for (const each of incoming) {
      const fetched = await fetchInto(inbox, run, each, waitMs);
      if (fetched.status === 'late') waitMs = 0;
      found.push(fetched.status === 'done' ? await present(inbox, run, each) : await miss(run, each, fetched.problem));
    }
  } catch (error) {
    const problem = problemOf(error, parts.store.root);
    if (problem === undefined) throw error;
    // The inbox or its disk: what is left of the files goes the same way.
    for (const each of incoming.slice(found.length)) found.push(await miss(run, each, problem));
  }
  return found;
}

async function fetchInto(
  inbox: Inbox,
  run: MessageRun,
  { file, index, name }: Incoming,
  waitMs: number,
): Promise<Fetched> {
  const { job, taken, parts, signal } = run;
  const transfer = { queue: sessionQueue(job.session, parts.pool).name, id: `${taken.id}-${index}` };
  if (isTooLarge(file)) return { status: 'failed', problem: words.fileTooLarge };
  if ((await inbox.sizeOf(name)) !== undefined) {
    // It may have been taken by a worker that died before it could clear up.
    await parts.queues.transfers.drop(transfer).catch(() => undefined);
    return { status: 'done' };
  }
  const { chatId } = job.origin.place;
  const fetching = { file, chatId, transfer, write: (bytes: AsyncIterable<Buffer>) => inbox.write(name, bytes) };
  const onRetry = (err: unknown) =>
    parts.log.warn({ err, session: job.session, job: taken.id }, 'A file is waited for');
  return fetchFile(fetching, waitMs, { queues: parts.queues, signal, root: parts.store.root, onRetry });
}

/** What Claude gets of a file that is in the inbox. */
async function present(inbox: Inbox, run: MessageRun, { file, index, name }: Incoming): Promise<TakenFile> {
  const size = (await inbox.sizeOf(name)) ?? 0;
  const bytes = mayBeImage(file.kind, size) ? await inbox.read(name) : undefined;
  const mediaType = bytes && chooseImage(bytes);
  const speech = await hear(run, file, { name, index, inbox });
  return {
    status: 'here',
    file,
    path: inbox.pathOf(name),
    size,
    ...(bytes && mediaType ? { image: { mediaType, bytes } } : {}),
    ...(speech === undefined ? {} : { speech }),
  };
}

async function miss(
  { taken, job, publisher }: MessageRun,
  { file, index }: Incoming,
  problem: string,
): Promise<TakenFile> {
  // What is too large the bot has said at once.
  if (!isTooLarge(file)) {
    await publisher.notice(taken.id, `file-${index}`, job.origin, words.fileNotTaken(file.name ?? file.kind, problem));
  }
  return { status: 'missing', file, problem };
}
