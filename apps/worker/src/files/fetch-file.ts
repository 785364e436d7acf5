import { FETCH_WITHIN_MS, type FetchJob, type FileRef, filesQueue, SINCE, type Transfer } from '@signalbox/contracts';
import {
  type AddJob,
  type FileTransfers,
  retention,
  type TransferState,
  untilDone,
  type Waiting,
} from '@signalbox/queues';
import { pause } from '@signalbox/service';
import { describeDiskProblem } from '../wording/describe-disk-problem.ts';
import { words } from '../wording/words.ts';
import { InboxProblem } from './inbox.ts';

/** How often a file that is waited for is looked for, in ms. */
const LOOK_EVERY_MS = 100;
/** How many files of a chat are looked at that may come before this one. */
const MOST_AHEAD = 20;

/** A file to be fetched, and where its bytes go. */
export interface Fetching {
  readonly file: FileRef;
  readonly chatId: number;
  readonly transfer: Transfer;
  /** Takes the bytes. */
  write(bytes: AsyncIterable<Buffer>): Promise<void>;
}

/** What fetching calls. */
export interface FetchingNeeds {
  readonly addJob: AddJob;
  readonly transfers: FileTransfers;
  readonly waiting: Pick<Waiting, 'list'>;
  readonly signal: AbortSignal;
  /** The directory whose disk problems are told to the person. */
  readonly root: string;
  onRetry(error: unknown): void;
}

/** What came of it. `late`: no bot has brought it in time. */
export type Fetched = { status: 'done' } | { status: 'failed' | 'late'; problem: string };

/**
 * Has a bot fetch a file from Telegram, and takes its bytes. Whatever is killed on the way, it may be done again; nothing of it stays in
 * Redis. Redis being away is waited for. Rejects when `signal` is aborted. `waitMs`: from when the chat's files before it are done.
 */
export async function fetchFile(fetching: Fetching, waitMs: number, needs: FetchingNeeds): Promise<Fetched> {
  const { transfer, write } = fetching;
  const { transfers, signal, onRetry } = needs;
  let leftMs: number | undefined;
  /** The time that Redis is away does not count. */
  const settled = async (ahead: number): Promise<TransferState | undefined> => {
    // One that is not waited for at all is not either behind others.
    leftMs ??= waitMs > 0 ? waitMs + ahead * FETCH_WITHIN_MS : 0;
    for (; leftMs > 0; leftMs -= LOOK_EVERY_MS) {
      const state = await transfers.look(transfer);
      if (state.status !== 'wanted') return state;
      await pause(LOOK_EVERY_MS, signal);
      signal.throwIfAborted();
    }
    return undefined;
  };
  const once = async (): Promise<Fetched> => {
    const state = await settled(await ask(fetching, needs));
    // It went from Redis while it was waited for: it is asked for again.
    if (state?.status === 'absent') return once();
    if (state?.status === 'done') await write(transfers.read(transfer));
    await transfers.drop(transfer);
    if (!state) return { status: 'late', problem: words.fileLate(waitMs) };
    return state.status === 'failed' ? { status: 'failed', problem: state.reason } : { status: 'done' };
  };
  try {
    return await untilDone(once, { signal, onRetry });
  } catch (error) {
    const problem = problemOf(error, needs.root);
    if (problem === undefined) throw error;
    await untilDone(() => transfers.drop(transfer), { signal, onRetry });
    return { status: 'failed', problem };
  }
}

/** The same request is the same job; after the file was taken away, a new one. Resolves to how many files of the chat come before. */
async function ask(
  { file, chatId, transfer }: Fetching,
  { addJob, transfers, waiting }: Pick<FetchingNeeds, 'addJob' | 'transfers' | 'waiting'>,
): Promise<number> {
  const request = await transfers.want(transfer, retention.requestedFile);
  const data: FetchJob = { version: SINCE.fetch, kind: 'fetch', file, to: transfer, request };
  const queue = filesQueue(chatId);
  const id = `${transfer.id}-${request}`;
  await addJob(queue, { id, name: 'fetch', data });
  const inOrder = await waiting.list(queue.name, MOST_AHEAD);
  return Math.max(
    0,
    inOrder.findIndex((each) => each.id === id),
  );
}

/** What is wrong with the inbox or its disk, in words; `undefined` for what may pass by itself. */
export function problemOf(error: unknown, root: string): string | undefined {
  return error instanceof InboxProblem ? error.message : describeDiskProblem(error, root);
}
