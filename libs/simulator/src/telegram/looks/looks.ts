import type { BotCommand, User } from '../protocol/api-types.ts';
import type { ShownAction } from '../cloud/chat-actions.ts';
import type { ChatRecord, Topic } from '../cloud/chats.ts';
import type { CallbackAnswer, Cloud } from '../cloud/cloud.ts';
import type { ShownDraft } from '../cloud/drafts.ts';
import { dumpChat } from './dump-chat.ts';
import type { StoredFile } from '../cloud/file-store.ts';
import { commandsFor } from '../methods/bot-commands.ts';
import { type ShownMessage, showMessage } from '../cloud/shown-message.ts';
import type { WaitOptions, Watch } from '../cloud/watch.ts';

/** A chat in the list of chats. */
export type ShownChat = {
  id: number;
  type: 'private' | 'supergroup';
  title: string;
  members: number[];
  topics: Topic[];
  isForum: boolean;
  blocked: boolean;
};

/** Where to look; everything left out means everywhere. */
export type Where = { chat?: number; thread?: number };

/** What people see, and waiting for it. */
export type Looks = {
  readonly users: User[];
  readonly chats: ShownChat[];
  /** What a chat, or a topic of it, shows now, oldest first. */
  messages(chat: number, thread?: number): ShownMessage[];
  /** The same with the deleted ones. */
  allMessages(chat: number): ShownMessage[];
  draft(chat: number, thread?: number): ShownDraft | undefined;
  /** Every draft frame of a chat, oldest first. */
  draftFrames(chat: number): ShownDraft[];
  /** Every chat action of a chat, oldest first. */
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
  /**
   * Waits until `look` finds something truthy in the shown messages, and resolves to it.
   * @throws Error with the chat written down when the time (10 s) is over
   */
  waitFor<T>(
    look: (messages: ShownMessage[]) => T | undefined | null | false,
    options?: WaitOptions & Where,
  ): Promise<T>;
  /** Waits for the first shown message that matches. */
  waitForMessage(matches: (message: ShownMessage) => boolean, options?: WaitOptions & Where): Promise<ShownMessage>;
  /** A chat, or all, written down for people. */
  dump(where?: Where): string;
};

/** Makes what looks at the cloud. It never changes it. */
export function createLooks(cloud: Cloud, watch: Watch): Looks {
  const allMessages = (chat: number) => cloud.messages.list(chat).map(showMessage);
  const messages = (chat: number, thread?: number) =>
    allMessages(chat).filter((message) => !message.deleted && (thread === undefined || message.thread === thread));
  const everything = () => cloud.chats.all().flatMap((record) => messages(record.chat.id));
  const look = ({ chat, thread }: Where) => (chat === undefined ? everything() : messages(chat, thread));
  const dump = ({ chat, thread }: Where = {}) => {
    const chosen = cloud.chats.all().filter((record) => chat === undefined || record.chat.id === chat);
    const write = (record: ChatRecord) => {
      const { id } = record.chat;
      return dumpChat(`Chat ${id} (${titleOf(record)})`, messages(id, thread), cloud.drafts.get(id, thread));
    };
    return chosen.map(write).join('\n');
  };
  const waitFor: Looks['waitFor'] = (find, wait = {}) =>
    watch.waitFor(
      () => find(look(wait)),
      () => dump(wait),
      wait,
    );
  return {
    get users() {
      return cloud.chats.people();
    },
    get chats() {
      return cloud.chats.all().map(showChat);
    },
    messages,
    allMessages,
    draft: cloud.drafts.get,
    draftFrames: cloud.drafts.frames,
    actions: cloud.actions.list,
    action: cloud.actions.current,
    answer: (queryId) => cloud.presses.get(queryId)?.answer,
    fileData(fileId) {
      const file = cloud.files.byId(fileId);
      if (file === undefined) throw new Error(`The simulator holds no file with the id ${fileId}`);
      return file.data;
    },
    findFile: (by) => ('id' in by ? cloud.files.byId(by.id) : cloud.files.byPath(by.path)),
    commandsFor: (chat, userId) => commandsFor(cloud.commands, cloud.chats.get(chat).chat, userId),
    waitFor,
    waitForMessage: (matches, wait) => waitFor((shown) => shown.find(matches), wait),
    dump,
  };
}

function showChat({ chat, members, topics, hasTopics, blocked }: ChatRecord): ShownChat {
  return {
    id: chat.id,
    type: chat.type,
    title: titleOf({ chat }),
    members: [...members],
    topics: [...topics.values()],
    isForum: hasTopics,
    blocked,
  };
}

function titleOf({ chat }: Pick<ChatRecord, 'chat'>): string {
  return chat.title ?? [chat.first_name, chat.last_name].filter((name) => name !== undefined).join(' ');
}
