import type { Reply, ShownFile } from '@signalbox/contracts';
import type { FileTransfers, Surely } from '@signalbox/queues';
import type { Target, TelegramApi, Upload } from '../telegram/telegram-api.ts';
import { words } from '../wording/words.ts';
import { type FilesPart, notShown } from './files-part.ts';

/** Sends files whose bytes are in Redis. Resolves to the ids of the messages; if the bytes are gone, one says so. */
export async function sendFilesPart(
  part: FilesPart,
  to: Target,
  {
    api,
    transfers,
    surely,
  }: { api: Pick<TelegramApi, 'sendMessage' | 'sendFiles'>; transfers: FileTransfers; surely: Surely },
): Promise<number[]> {
  const uploads: Upload[] = [];
  for (const file of part.files) {
    const bytes = await surely(() => readBytes(file, transfers));
    if (bytes === undefined) return [await api.sendMessage(to, notShown(part, words.filesGone).message)];
    uploads.push({ name: file.name, bytes });
  }
  return api.sendFiles(to, uploads, part.as, part.caption);
}

/** Takes the bytes of a reply out of Redis: it was shown, or never will be. */
export async function dropFiles(reply: Reply, transfers: FileTransfers, surely: Surely): Promise<void> {
  if (reply.kind !== 'files') return;
  for (const { transfer } of reply.files) await surely(() => transfers.drop(transfer));
}

async function readBytes({ transfer }: ShownFile, transfers: FileTransfers): Promise<Buffer | undefined> {
  if ((await transfers.look(transfer)).status !== 'done') return undefined;
  const chunks: Buffer[] = [];
  for await (const chunk of transfers.read(transfer)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
