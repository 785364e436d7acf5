/** What the page knows, and reading it. Changed only by the events of the simulator. */

export const placeKey = (chatId, thread) => `${chatId}/${thread ?? ''}`;

export function createStore() {
  const store = {
    me: { id: 0, first_name: '' },
    modelIsSimulated: true,
    users: [],
    chats: [],
    /** chat id → message id → message */
    messages: new Map(),
    /** place → draft or action */
    drafts: new Map(),
    actions: new Map(),
  };
  const messagesOf = (chatId) => {
    if (!store.messages.has(chatId)) store.messages.set(chatId, new Map());
    return store.messages.get(chatId);
  };
  return {
    state: store,
    load(state) {
      Object.assign(store, { me: state.me, modelIsSimulated: state.modelIsSimulated });
      Object.assign(store, { users: state.users, chats: state.chats });
      store.messages.clear();
      for (const message of state.messages) messagesOf(message.chatId).set(message.id, message);
      store.drafts = new Map(state.drafts.map((draft) => [placeKey(draft.chatId, draft.thread), draft]));
      store.actions = new Map(state.actions.map((action) => [placeKey(action.chatId, action.thread), action]));
    },
    putMessage(message) {
      if (message.deleted) messagesOf(message.chatId).delete(message.id);
      else messagesOf(message.chatId).set(message.id, message);
    },
    putDraft: ({ chatId, thread, draft }) => put(store.drafts, placeKey(chatId, thread), draft),
    putAction: ({ chatId, thread, action }) => put(store.actions, placeKey(chatId, thread), action),
    putChats: ({ chats, users }) => Object.assign(store, { chats, users }),
    /** The messages of a place, oldest first. */
    messagesIn: ({ chatId, thread }) =>
      [...messagesOf(chatId).values()].filter((message) => message.thread === thread).sort((a, b) => a.id - b.id),
    user: (id) => store.users.find((user) => user.id === id),
    chat: (id) => store.chats.find((chat) => chat.id === id),
  };
}

function put(map, key, value) {
  if (value === undefined || value === null) map.delete(key);
  else map.set(key, value);
}

/** Every place one can open: private chats, and a group's topics with the general one first. */
export function placesOf(store) {
  return store.state.chats.flatMap((chat) => {
    if (chat.type === 'private')
      return [
        { chatId: chat.id, thread: undefined, title: `${chat.title}’s chat`, group: undefined, person: chat.title },
      ];
    const topics = chat.topics.map((topic) => ({
      chatId: chat.id,
      thread: topic.id,
      title: topic.name,
      group: chat.title,
    }));
    const general = {
      chatId: chat.id,
      thread: undefined,
      title: chat.isForum ? 'General' : chat.title,
      group: chat.title,
    };
    return [general, ...topics];
  });
}
