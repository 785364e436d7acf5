import type { ChatRecord, Topic } from '../cloud/chats.ts';
import type { Cloud } from '../cloud/cloud.ts';
import type { StoredFile } from '../cloud/file-store.ts';
import type { MessageRecord } from '../cloud/shown-message.ts';
import type { SavedUpdates } from '../cloud/update-queue.ts';
import type { BotCommand, Message, User } from '../protocol/api-types.ts';

/** What of a simulated Telegram outlives its process, as JSON; the bytes of files lie beside it. */
export type SavedCloud = {
  version: 1;
  users: User[];
  chats: (Omit<ChatRecord, 'members' | 'topics'> & { members: number[]; topics: Topic[] })[];
  messages: SavedMessage[];
  /** The last id of each sequence. */
  ids: [sequence: number, last: number][];
  updates: SavedUpdates;
  files: SavedFile[];
  commands: [scope: string, commands: BotCommand[]][];
};

type SavedMessage = { message: Message; at: number; silent: boolean; reactions: [user: number, emojis: string[]][] };
type SavedFile = Omit<StoredFile, 'data'>;

/** The newest messages of a chat, so many of them, are kept. */
const MOST_MESSAGES = 1_000;
/** After a process that was killed, ids go on so far behind the last one that it had written down. */
const GAP = 1_000;

/** What there is now. Pure. */
export function saveCloud({ chats, messages, updates, files, commands }: Cloud): SavedCloud {
  const shown = chats.all().flatMap(({ chat }) => newest(messages.list(chat.id)));
  const named = JSON.stringify(shown.map(({ message }) => message));
  return {
    version: 1,
    users: chats.people(),
    chats: chats.all().map((record) => ({
      ...record,
      members: [...record.members],
      topics: [...record.topics.values()],
    })),
    messages: shown.map(({ message, at, silent, reactions }) => ({ message, at, silent, reactions: [...reactions] })),
    ids: messages.ids.save(),
    updates: updates.save(),
    files: files
      .all()
      .filter(({ ref }) => named.includes(ref.file_id))
      .map(({ data: _, ...file }) => file),
    commands: [...commands],
  };
}

/**
 * Makes a new cloud what it was. `isWhole`: nothing happened since it was saved; otherwise no id is given that may have been given.
 * @param bytesOf the bytes of a file; one without them is gone
 */
export function restoreCloud(
  cloud: Cloud,
  saved: SavedCloud,
  { isWhole, bytesOf }: { isWhole: boolean; bytesOf: (file: SavedFile) => Uint8Array | undefined },
): void {
  const gap = isWhole ? 0 : GAP;
  const records = saved.chats.map(({ members, topics, ...record }) => ({
    ...record,
    members: new Set(members),
    topics: new Map(topics.map((topic) => [topic.id, topic])),
  }));
  cloud.chats.restore(saved.users, records);
  for (const { reactions, ...message } of saved.messages) {
    const past = { deleted: false, history: [], calls: [], shown: undefined };
    cloud.messages.restore({ ...message, ...past, reactions: new Map(reactions) });
  }
  cloud.messages.ids.restore(saved.ids.map(([sequence, last]) => [sequence, last + gap]));
  cloud.updates.restore({ ...saved.updates, nextId: saved.updates.nextId + gap });
  for (const file of saved.files) {
    const data = bytesOf(file);
    if (data) cloud.files.restore({ ...file, data });
  }
  for (const [scope, commands] of saved.commands) cloud.commands.set(scope, commands);
}

function newest(records: readonly MessageRecord[]): MessageRecord[] {
  return records.filter(({ deleted }) => !deleted).slice(-MOST_MESSAGES);
}
