import type { User } from '../protocol/api-types.ts';
import { createChatActions } from './chat-actions.ts';
import { createChats } from './chats.ts';
import type { Cloud } from './cloud.ts';
import { createDrafts } from './drafts.ts';
import { createFileStore } from './file-store.ts';
import { createMessageStore } from './message-store.ts';
import { showMessage } from './shown-message.ts';
import { createUpdateQueue } from './update-queue.ts';
import type { Watch } from './watch.ts';

/** The empty state of a simulated Telegram with one bot. Every change of it is told to the watch. */
export function createCloud(me: User, watch: Watch): Cloud {
  const now = () => Date.now();
  return {
    me,
    now,
    chats: createChats(),
    messages: createMessageStore(now, (record) => {
      watch.tell({ kind: 'message', chatId: record.message.chat.id, message: showMessage(record) });
    }),
    updates: createUpdateQueue(now),
    files: createFileStore(),
    drafts: createDrafts((chatId, thread) => watch.tell({ kind: 'draft', chatId, thread })),
    actions: createChatActions((chatId, thread) => watch.tell({ kind: 'action', chatId, thread })),
    commands: new Map(),
    presses: new Map(),
    tell: watch.tell,
  };
}
