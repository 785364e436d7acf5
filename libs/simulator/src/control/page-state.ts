import type { ShownAction } from '../telegram/cloud/chat-actions.ts';
import type { ShownDraft } from '../telegram/cloud/drafts.ts';
import type { ShownMessage } from '../telegram/cloud/shown-message.ts';
import type { TelegramSimulator } from '../telegram/telegram-simulator.ts';
import type { Change } from '../telegram/cloud/watch.ts';

/** A message without what only tests look at. */
export type PageMessage = Omit<ShownMessage, 'history' | 'calls'>;

/** An event of `/control/events`. */
export type PageEvent = { event: string; data: unknown };

/** How many messages of a chat the page is given. */
const PAGE_MESSAGES = 500;

/** Everything the chat page shows at first. */
export function pageState(telegram: TelegramSimulator, modelIsSimulated: boolean): Record<string, unknown> {
  const places = telegram.chats.flatMap(({ id, topics }) => [
    { chat: id, thread: undefined },
    ...topics.map((topic) => ({ chat: id, thread: topic.id })),
  ]);
  const drafts = places.map(({ chat, thread }) => telegram.draft(chat, thread));
  const actions = places.map(({ chat, thread }) => telegram.action(chat, thread));
  return {
    me: telegram.me,
    modelIsSimulated,
    users: telegram.users,
    chats: telegram.chats,
    messages: telegram.chats.flatMap(({ id }) => telegram.messages(id).slice(-PAGE_MESSAGES).map(forPage)),
    drafts: drafts.filter((draft): draft is ShownDraft => draft !== undefined),
    actions: actions.filter((action): action is ShownAction => action !== undefined),
  };
}

/** What the page is told of a change; undefined for what it does not show. */
export function pageEvent(telegram: TelegramSimulator, change: Change): PageEvent | undefined {
  switch (change.kind) {
    case 'message':
      return { event: 'message', data: forPage(change.message) };
    case 'draft': {
      const { chatId, thread } = change;
      return { event: 'draft', data: { chatId, thread, draft: telegram.draft(chatId, thread) } };
    }
    case 'action': {
      const { chatId, thread } = change;
      return { event: 'action', data: { chatId, thread, action: telegram.action(chatId, thread) } };
    }
    case 'answer':
      return { event: 'answer', data: { queryId: change.queryId, answer: telegram.answer(change.queryId) } };
    case 'chats':
      return { event: 'chats', data: { chats: telegram.chats, users: telegram.users } };
    case 'commands':
      return { event: 'commands', data: {} };
    default:
      return undefined;
  }
}

function forPage({ history: _history, calls: _calls, ...message }: ShownMessage): PageMessage {
  return message;
}
