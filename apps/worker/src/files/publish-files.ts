import { createHash } from 'node:crypto';
import { type Files, filesReplyId, type Place, replyQueue, SINCE } from '@signalbox/contracts';
import { type AddJob, type FileTransfers, type Lease, type Overview, retention, untilDone } from '@signalbox/queues';
import type { Log } from '@signalbox/service';

/** A file with its bytes, on its way to a chat. */
export interface OutgoingFile {
  readonly name: string;
  /** Where it lies. */
  readonly path: string;
  readonly bytes: Buffer;
  readonly as: 'photo' | 'document';
}

/** Where files go, and on what occasion: the same ones are shown once for each. */
export interface Occasion {
  /** The job whose turn it is, or what else Claude speaks about. */
  readonly id: string;
  readonly place: Place;
}

/** How files are published. */
export interface FilePublishing {
  readonly session: string;
  readonly lease: Lease;
  /** Aborted when Claude no longer wants it. */
  readonly signal: AbortSignal;
  readonly addJob: AddJob;
  readonly transfers: FileTransfers;
  readonly overview: Pick<Overview, 'knows'>;
  readonly log: Log;
}

/**
 * Publishes files while the session is certainly ours, however long Redis is away. Resolves, once they are durable, to whether they were
 * new: a turn that is continued after a crash may send the same ones again. Rejects when the lease is lost, or `signal` is aborted.
 */
export async function publishFiles(
  occasion: Occasion,
  files: readonly OutgoingFile[],
  caption: string,
  { session, lease, signal, addJob, transfers, overview, log }: FilePublishing,
): Promise<boolean> {
  const { place } = occasion;
  const queue = replyQueue(place.chatId);
  const id = filesReplyId(occasion.id, digestOf(files, caption));
  const publish = async () => {
    await lease.whenSure();
    if (await overview.knows(queue.name, id)) return false;
    const shown = files.map(({ name, path, bytes, as }, index) => {
      return { transfer: { queue: queue.name, id: `${id}-${index}` }, name, size: bytes.length, as, path };
    });
    for (const [index, { transfer }] of shown.entries()) {
      const request = await transfers.want(transfer, retention.idempotency);
      const isThere = await transfers.put(transfer, request, [files[index]?.bytes ?? Buffer.alloc(0)]);
      if (!isThere) throw new Error(`The file ${transfer.id} went from Redis while it was put there`);
    }
    const reply: Files = { version: SINCE.files, kind: 'files', session, place, text: caption, files: shown };
    await addJob(queue, { id, name: reply.kind, data: reply });
    return true;
  };
  const onRetry = (err: unknown) => log.warn({ err, session }, 'Files wait for Redis');
  return untilDone(publish, { signal: AbortSignal.any([lease.lost, signal]), onRetry });
}

/** Names files by what they hold and how they are shown. */
function digestOf(files: readonly OutgoingFile[], caption: string): string {
  const hash = createHash('sha256').update(JSON.stringify([caption, files.map(({ name, as }) => [name, as])]));
  for (const { bytes } of files) hash.update(createHash('sha256').update(bytes).digest());
  return hash.digest('hex').slice(0, 20);
}
