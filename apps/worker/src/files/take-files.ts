import { FETCH_WITHIN_MS, isTooLarge } from '@signalbox/contracts';
import type { Log } from '@signalbox/service';
import { words } from '../wording/words.ts';
import { type Arrival, arrivalsOf, type FileRun } from './arrival.ts';
import { type Fetched, type FetchingNeeds, fetchFile, problemOf } from './fetch-file.ts';
import { hear } from './hear.ts';
import { chooseImage, mayBeImage } from './images/choose-image.ts';
import { type Inbox, openInbox, readRegular, sizeOf } from './inbox.ts';
import type { TakenFile } from './taken-file.ts';
import type { Transcribe } from './transcribe.ts';

/** What taking files calls. */
export interface TakeFilesNeeds extends Omit<FetchingNeeds, 'signal' | 'onRetry'> {
  readonly transcribe: Transcribe | undefined;
  readonly log: Log;
}

/** How long a file is waited for, in ms: longer than a bot tries. After one that is late the others are not waited for. */
const WAIT_MS = FETCH_WITHIN_MS + 60_000;

/**
 * Puts the files of a turn into its session's inbox, and says in the chat what could not be. The turn goes on in any case. It may be
 * done again: a file that is there is not fetched anew. Rejects when the run is to end.
 */
export async function takeFiles(run: FileRun, needs: TakeFilesNeeds): Promise<TakenFile[]> {
  const { stop } = run;
  const arrivals = arrivalsOf(run.jobId, run.job, run.queue);
  if (arrivals.length === 0) return [];
  const signal = AbortSignal.any([run.signal, stop]);
  const found: TakenFile[] = [];
  try {
    const inbox = await openInbox(run.inbox);
    await takeInto(inbox, { ...run, signal }, arrivals, found, needs);
  } catch (error) {
    // Nobody will ask for them again.
    if (stop.aborted) await Promise.all(arrivals.map(({ transfer }) => drop(transfer, needs)));
    const problem = problemOf(error, needs.root);
    if (problem === undefined || signal.aborted) throw error;
    // The inbox or its disk: what is left of the files goes the same way.
    for (const each of arrivals.slice(found.length)) found.push(await miss(run, each, problem));
  }
  return found;
}

async function takeInto(
  inbox: Inbox,
  run: FileRun,
  arrivals: readonly Arrival[],
  found: TakenFile[],
  needs: TakeFilesNeeds,
): Promise<void> {
  let waitMs = WAIT_MS;
  for (const each of arrivals) {
    const source = await findSource(each);
    const fetched: Fetched =
      source === undefined ? await fetchInto(inbox, run, each, waitMs, needs) : { status: 'done' };
    if (fetched.status === 'late') waitMs = 0;
    found.push(
      fetched.status === 'done'
        ? await present(inbox, run, each, source, needs)
        : await miss(run, each, fetched.problem),
    );
  }
}

async function fetchInto(
  inbox: Inbox,
  { job, jobId, signal }: FileRun,
  arrival: Arrival,
  waitMs: number,
  needs: TakeFilesNeeds,
): Promise<Fetched> {
  const { file, name, transfer, origin } = arrival;
  if (isTooLarge(file)) return { status: 'failed', problem: words.fileTooLarge };
  if ((await inbox.sizeOf(name)) !== undefined) {
    // It may have been taken by a worker that died before it could clear up.
    await drop(transfer, needs);
    return { status: 'done' };
  }
  const write = (bytes: AsyncIterable<Buffer>) => inbox.write(name, bytes);
  const { addJob, transfers, waiting, root } = needs;
  const onRetry = (err: unknown) => needs.log.warn({ err, session: job.session, job: jobId }, 'A file is waited for');
  const fetching = { file, chatId: origin.place.chatId, transfer, write };
  return fetchFile(fetching, waitMs, { addJob, transfers, waiting, root, signal, onRetry });
}

/** What stays in Redis all the same goes after a while. */
async function drop(transfer: Arrival['transfer'], { transfers }: TakeFilesNeeds): Promise<void> {
  await transfers.drop(transfer).catch(() => undefined);
}

/** What Claude gets of a file that is in the inbox, or where Claude had it. */
async function present(
  inbox: Inbox,
  run: FileRun,
  arrival: Arrival,
  source: string | undefined,
  needs: TakeFilesNeeds,
): Promise<TakenFile> {
  const { file, part, name, isOfReplied } = arrival;
  const path = source ?? inbox.pathOf(name);
  const size = (await sizeOf(path)) ?? 0;
  const bytes = mayBeImage(file.kind, size) ? await readRegular(path) : undefined;
  const mediaType = bytes && chooseImage(bytes);
  const speech = source === undefined ? await hear(run, arrival, inbox, needs.transcribe) : undefined;
  return {
    status: 'here',
    ...{ part, file, path, size, isOfReplied },
    ...(bytes && mediaType ? { image: { mediaType, bytes } } : {}),
    ...(speech === undefined ? {} : { speech }),
  };
}

/** Where Claude had a file that it sent, if that is still the same there. */
async function findSource({ source }: Arrival): Promise<string | undefined> {
  if (!source) return undefined;
  const size = await sizeOf(source.path).catch(() => undefined);
  return size === source.size ? source.path : undefined;
}

async function miss({ notice }: FileRun, arrival: Arrival, problem: string): Promise<TakenFile> {
  const { file, part, index, origin, isOfReplied, source } = arrival;
  // What is too large the bot has said at once, unless Claude might have had it.
  if (!isTooLarge(file) || source) {
    await notice(`file-${index}`, origin, words.fileNotTaken(file.name ?? file.kind, problem));
  }
  return { status: 'missing', part, file, isOfReplied, problem };
}
