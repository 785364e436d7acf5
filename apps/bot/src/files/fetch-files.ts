import { FETCH_WITHIN_MS, type FetchJob, MAX_DOWNLOAD_BYTES, readFetchJob } from '@signalbox/contracts';
import {
  type FileTransfers,
  JobFailed,
  type JobHandler,
  MOST_TRIES,
  mayPass,
  requireReadable,
  untilDone,
} from '@signalbox/queues';
import { backoffMs, type Log, type Pause } from '@signalbox/service';
import { TelegramFailure } from '../telegram/telegram-api.ts';
import { words } from '../wording/words.ts';
import type { Download } from './download-file.ts';

/** How long a download may bring nothing before it is begun anew, in ms. */
const STALLED_AFTER_MS = 20_000;
/** How often it is looked whether the file is still wanted, in ms: meanwhile the chat's other files wait. */
const LOOK_EVERY_MS = 1_000;

/** What fetching files calls. */
interface FetchDependencies {
  readonly download: Download;
  readonly transfers: FileTransfers;
  readonly pause: Pause;
  readonly log: Log;
  /** Instead of the usual ones. */
  readonly limits?: { readonly triedForMs?: number; readonly stalledAfterMs?: number };
}

/** Fetches the files of people for the workers that wait for them. May be done again: one that nobody waits for is let be. */
export function createFileFetcher(dependencies: FetchDependencies): JobHandler {
  const { transfers, log, limits } = dependencies;
  return {
    async handle(_queue, job, { lease, signal }) {
      const fetch = requireReadable(readFetchJob(job.data), 'a file to fetch');
      if (job.takeOvers >= MOST_TRIES) throw new JobFailed(`Given up after ${job.takeOvers} take-overs`);
      await job.begin();
      const onRetry = (err: unknown) => log.debug({ err, job: job.id }, 'A file waits for Redis');
      const surely = <T>(work: () => Promise<T>) => untilDone(work, { signal, onRetry });
      await lease.whenSure();
      if (!(await surely(() => transfers.isWaiting(fetch.to, fetch.request)))) return;
      const wanted = watchWanted(transfers, fetch);
      const over = AbortSignal.timeout(limits?.triedForMs ?? FETCH_WITHIN_MS);
      const until = AbortSignal.any([signal, wanted.signal, over]);
      const problem = await bring(dependencies, fetch, until).finally(wanted.stop);
      signal.throwIfAborted();
      if (problem === undefined || wanted.signal.aborted) return;
      log.warn({ job: job.id, problem }, 'A file could not be fetched');
      await surely(() => transfers.fail(fetch.to, fetch.request, problem));
    },
    async tellOfBug(_queue, { data }) {
      const read = readFetchJob(data);
      if (read.status === 'ok') await transfers.fail(read.value.to, read.value.request, words.notFetched.unforeseen);
    },
    keeps: () => false,
    leave: async () => undefined,
  };
}

/** A signal that is aborted when nobody waits for the file any more. */
function watchWanted(transfers: FileTransfers, { to, request }: FetchJob): { signal: AbortSignal; stop(): void } {
  const gone = new AbortController();
  const look = async () => {
    // A Redis that is away says nothing about that.
    if (!(await transfers.isWaiting(to, request).catch(() => true))) gone.abort(new Error('The file is not wanted'));
  };
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  return { signal: gone.signal, stop: () => clearInterval(timer) };
}

/** Downloads the file and passes it on. Resolves to why it could not be, in words for a person. */
async function bring(
  { download, transfers, pause, log, limits }: FetchDependencies,
  { file, to, request }: FetchJob,
  signal: AbortSignal,
): Promise<string | undefined> {
  for (let failures = 1; !signal.aborted; failures += 1) {
    const stall = watchStall(limits?.stalledAfterMs ?? STALLED_AFTER_MS);
    try {
      const bytes = download(file.fileId, AbortSignal.any([signal, stall.signal]));
      await transfers.put(to, request, capped(bytes, stall.alive));
      return undefined;
    } catch (error) {
      if (signal.aborted) break;
      if (error instanceof TooLarge || isTooLargeForTelegram(error)) return words.notFetched.tooLarge;
      if (error instanceof TelegramFailure && error.kind === 'refused') return words.notFetched.refused(error.message);
      if (!(error instanceof TelegramFailure) && !stall.signal.aborted && !mayPass(error)) throw error;
      log.info({ err: error }, 'A file is tried again');
      const waitMs = error instanceof TelegramFailure && error.kind === 'flood' ? error.retryAfterMs : 0;
      await pause(Math.max(waitMs, backoffMs(failures, 200, 10_000)), signal);
    } finally {
      stall.stop();
    }
  }
  return words.notFetched.noAnswer;
}

/** A signal that is aborted when `alive` was not called for so long. */
function watchStall(afterMs: number): { signal: AbortSignal; alive(): void; stop(): void } {
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(new Error(`Nothing came for ${afterMs} ms`)), afterMs);
  return { signal: stalled.signal, alive: () => void timer.refresh(), stop: () => clearTimeout(timer) };
}

class TooLarge extends Error {}

/** The size that a message names is only what the sender's app said. */
async function* capped(bytes: AsyncIterable<Buffer>, onChunk: () => void): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of bytes) {
    onChunk();
    size += chunk.byteLength;
    if (size > MAX_DOWNLOAD_BYTES) throw new TooLarge();
    yield chunk;
  }
}

function isTooLargeForTelegram(error: unknown): boolean {
  return error instanceof TelegramFailure && /file is too big/i.test(error.message);
}
