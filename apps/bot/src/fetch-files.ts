import { type FetchJob, MAX_DOWNLOAD_BYTES, readFetchJob } from '@signalbox/contracts';
import { type FileTransfers, type JobHandler, requireReadable } from '@signalbox/queues';
import { backoffMs, type Log, type Pause, untilDone } from '@signalbox/service';
import type { Download } from './download-file.ts';
import { TelegramFailure } from './telegram-api.ts';
import { words } from './words.ts';

/** How long a file is tried for, in ms: the worker that waits for it gives up a little later. */
const TRIED_FOR_MS = 120_000;

export interface FetchingParts {
  readonly download: Download;
  readonly transfers: FileTransfers;
  readonly pause: Pause;
  readonly log: Log;
  /** Default: `TRIED_FOR_MS`. */
  readonly triedForMs?: number;
}

/** Fetches the files of people for the workers that wait for them. May be done again: one that nobody waits for is let be. */
export function createFileFetcher(parts: FetchingParts): JobHandler {
  const { transfers, log } = parts;
  return {
    async handle(_queue, job, { lease, signal }) {
      const fetch = requireReadable(readFetchJob(job.data), 'a file to fetch');
      const surely = <T>(work: () => Promise<T>) =>
        untilDone(work, {
          signal,
          onRetry: (err) => log.debug({ err, job: job.id }, 'A file waits for Redis'),
        });
      await lease.whenSure();
      if (!(await surely(() => transfers.isWaiting(fetch.to, fetch.request)))) return;
      const limit = AbortSignal.any([signal, AbortSignal.timeout(parts.triedForMs ?? TRIED_FOR_MS)]);
      const problem = await bring(parts, fetch, limit);
      signal.throwIfAborted();
      if (problem === undefined) return;
      log.warn({ job: job.id, problem }, 'A file could not be fetched');
      await surely(() => transfers.fail(fetch.to, fetch.request, problem));
    },
    keeps: () => false,
    leave: async () => undefined,
  };
}

/** Downloads the file and passes it on. Resolves to why it could not be, in words for a person. */
async function bring(
  { download, transfers, pause, log }: FetchingParts,
  { file, to, request }: FetchJob,
  signal: AbortSignal,
): Promise<string | undefined> {
  for (let failures = 1; !signal.aborted; failures += 1) {
    try {
      await transfers.put(to, request, capped(download(file.fileId, signal)));
      return undefined;
    } catch (error) {
      if (signal.aborted) break;
      if (error instanceof TooLarge || isTooLargeForTelegram(error)) return words.notFetched.tooLarge;
      if (error instanceof TelegramFailure && error.kind === 'refused') return words.notFetched.refused(error.message);
      log.debug({ err: error }, 'A file is tried again');
      const waitMs = error instanceof TelegramFailure && error.kind === 'flood' ? error.retryAfterMs : 0;
      await pause(Math.max(waitMs, backoffMs(failures, 200, 10_000)), signal);
    }
  }
  return words.notFetched.noAnswer;
}

class TooLarge extends Error {}

/** The size that a message names is only what the sender's app said. */
async function* capped(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.byteLength;
    if (size > MAX_DOWNLOAD_BYTES) throw new TooLarge();
    yield chunk;
  }
}

function isTooLargeForTelegram(error: unknown): boolean {
  return error instanceof TelegramFailure && /file is too big/i.test(error.message);
}
