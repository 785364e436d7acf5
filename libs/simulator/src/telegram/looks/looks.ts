import type { CallbackAnswer, Cloud } from '../cloud/cloud.ts';
import { commandsFor } from '../cloud/commands.ts';
import type { StoredFile } from '../cloud/file-store.ts';
import type { ShownAction, ShownDraft } from '../cloud/fleeting.ts';
import { type ShownMessage, showMessage } from '../cloud/shown-message.ts';
import type { BotCommand } from '../protocol/api-types.ts';

/** What people see. */
export type Looks = {
  /** What a chat, or a topic of it, shows now, oldest first. */
  messages(chat: number, thread?: number): ShownMessage[];
  /** The same with the deleted ones. */
  allMessages(chat: number): ShownMessage[];
  draft(chat: number, thread?: number): ShownDraft | undefined;
  /** Every draft frame of a chat, oldest first (the newest 2,000). */
  draftFrames(chat: number): ShownDraft[];
  /** Every chat action of a chat, oldest first (the newest 500). */
  actions(chat: number): ShownAction[];
  /** What the bot is shown to be doing in a place now. */
  action(chat: number, thread?: number): ShownAction | undefined;
  /** What the bot answered to a press; undefined until it does. */
  answer(queryId: string): CallbackAnswer | undefined;
  /** The file behind an id. @throws Error if there is none */
  fileData(fileId: string): Uint8Array;
  /** The stored file behind an id or a download path. */
  findFile(by: { id: string } | { path: string }): StoredFile | undefined;
  /** The commands a person is offered in a chat. */
  commandsFor(chat: number, userId: number): BotCommand[];
};

/** Makes what looks at the cloud. It never changes it. */
export function createLooks(cloud: Cloud): Looks {
  const allMessages = (chat: number) => cloud.messages.list(chat).map(showMessage);
  return {
    messages: (chat, thread) =>
      allMessages(chat).filter((message) => !message.deleted && (thread === undefined || message.thread === thread)),
    allMessages,
    draft: cloud.drafts.current,
    draftFrames: cloud.drafts.all,
    actions: cloud.actions.all,
    action: cloud.actions.current,
    answer: (queryId) => cloud.presses.get(queryId)?.answer,
    fileData(fileId) {
      const file = cloud.files.byId(fileId);
      if (file === undefined) throw new Error(`The simulator holds no file with the id ${fileId}`);
      return file.data;
    },
    findFile: (by) => ('id' in by ? cloud.files.byId(by.id) : cloud.files.byPath(by.path)),
    commandsFor: (chat, userId) => commandsFor(cloud.commands, cloud.chats.get(chat).chat, userId),
  };
}
