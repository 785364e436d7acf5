import type { ShownMessage } from '../telegram/cloud/shown-message.ts';
import type { Change } from '../telegram/cloud/watch.ts';
import type { Looks } from '../telegram/looks/looks.ts';
import type { Roster } from '../telegram/looks/roster.ts';
import type { User } from '../telegram/protocol/api-types.ts';

/** What the chat page shows. */
export type PageSource = Roster & Pick<Looks, 'messages' | 'draft' | 'action' | 'answer'> & { readonly me: User };

/** An event of `/control/events`. */
type PageEvent = { event: string; data: unknown };

/** How many messages of a chat the page is given. */
const PAGE_MESSAGES = 500;

/** Everything the chat page shows at first. */
export function pageState(telegram: PageSource, modelIsSimulated: boolean): Record<string, unknown> {
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
    drafts: drafts.filter((draft) => draft !== undefined),
    actions: actions.filter((action) => action !== undefined),
  };
}

/** What the page is told of a change; undefined for what it does not show. */
export function pageEvent(telegram: PageSource, change: Change): PageEvent | undefined {
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

/** A message without what only tests look at. */
function forPage({
  history: _history,
  calls: _calls,
  ...message
}: ShownMessage): Omit<ShownMessage, 'history' | 'calls'> {
  return message;
}
