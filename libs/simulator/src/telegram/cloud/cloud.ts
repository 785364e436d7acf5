import type { BotCommand, CallbackQuery, User } from '../protocol/api-types.ts';
import { type Chats, createChats } from './chats.ts';
import { createFileStore, type FileStore } from './file-store.ts';
import { createActions, createDrafts, type Fleeting, type ShownAction, type ShownDraft } from './fleeting.ts';
import { createMessageStore, type MessageStore } from './message-store.ts';
import { showMessage } from './shown-message.ts';
import { createUpdateQueue, type UpdateQueue } from './update-queue.ts';
import type { Watch } from './watch.ts';

/** What the bot answered to the press of a button. */
export type CallbackAnswer = {
  /** Milliseconds since the epoch. */
  at: number;
  text: string;
  showAlert: boolean;
};

/** A pressed button that waits for, or has, its answer. */
type PressedButton = { query: CallbackQuery; at: number; answer: CallbackAnswer | undefined };

/** The state of the simulated Telegram. What people do and what the bot calls change it, nothing else does. */
export type Cloud = {
  me: User;
  chats: Chats;
  messages: MessageStore;
  updates: UpdateQueue;
  files: FileStore;
  drafts: Fleeting<ShownDraft>;
  actions: Fleeting<ShownAction>;
  /** By scope: `default`, `all_private_chats`, `chat 1001` … */
  commands: Map<string, BotCommand[]>;
  presses: Map<string, PressedButton>;
  /** Tells who watches that something besides messages, drafts and actions changed. */
  tell: Watch['tell'];
};

/** The empty state of a simulated Telegram with one bot. Every change of it is told to the watch. */
export function createCloud(me: User, { tell }: Pick<Watch, 'tell'>): Cloud {
  return {
    me,
    chats: createChats(),
    messages: createMessageStore((record) => {
      tell({ kind: 'message', chatId: record.message.chat.id, message: showMessage(record) });
    }),
    updates: createUpdateQueue(
      () => Date.now(),
      () => tell({ kind: 'updates' }),
    ),
    files: createFileStore(),
    drafts: createDrafts((chatId, thread) => tell({ kind: 'draft', chatId, thread })),
    actions: createActions((chatId, thread) => tell({ kind: 'action', chatId, thread })),
    commands: new Map(),
    presses: new Map(),
    tell,
  };
}
