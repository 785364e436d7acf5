import type { EarlierFile, Reply, ShownFile } from '@signalbox/contracts';
import type { FileTransfers, Surely } from '@signalbox/queues';
import { filesOf } from '../content/kinds/read-files.ts';
import type { SentMessage, Target, TelegramApi, Upload } from '../telegram/telegram-api.ts';
import { words } from '../wording/words.ts';
import type { FileMessage } from './earlier-files.ts';
import { type FilesPart, notShown } from './files-part.ts';

/** Messages that were sent, and what is to be kept of the files in them. */
export interface SentFiles {
  readonly messageIds: readonly number[];
  readonly kept: readonly (readonly [FileMessage, EarlierFile[]])[];
}

/** Sends files whose bytes are in Redis; if the bytes are gone, a message says so. */
export async function sendFilesPart(
  part: FilesPart,
  to: Target,
  {
    api,
    transfers,
    surely,
  }: { api: Pick<TelegramApi, 'sendMessage' | 'sendFiles'>; transfers: FileTransfers; surely: Surely },
): Promise<SentFiles> {
  const uploads: Upload[] = [];
  for (const file of part.files) {
    const bytes = await surely(() => readBytes(file, transfers));
    if (bytes === undefined)
      return { messageIds: [await api.sendMessage(to, notShown(part, words.filesGone).message)], kept: [] };
    uploads.push({ name: file.name, bytes });
  }
  const sent = await api.sendFiles(to, uploads, part.as, part.caption);
  const kept = sent.map((message, index) => keptOf(to.chatId, message, part.files[index]));
  return { messageIds: sent.map(({ message_id: id }) => id), kept };
}

/** Telegram says what it calls the file; where Claude has it only we know. */
function keptOf(chatId: number, message: SentMessage, file: ShownFile | undefined): [FileMessage, EarlierFile[]] {
  const { message_id: messageId, media_group_id: album } = message;
  const from = file?.path === undefined ? {} : { source: { path: file.path, size: file.size } };
  const files = filesOf(message).map((each) => ({ ...each, ...from }));
  return [{ chatId, messageId, album: typeof album === 'string' ? album : undefined }, files];
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
