import { byId, h, hueOf, initials } from './dom.js';
import { placeKey, placesOf } from './store.js';

/** The list of places, with the last words of each and how many messages are unread. */
export function createChatList({ store, place, open }) {
  const list = byId('chats');
  const unread = new Map();

  const renderItem = (item) => {
    const key = placeKey(item.chatId, item.thread);
    const last = store.messagesIn(item).at(-1);
    const isTopic = item.group !== undefined;
    const avatar = h(
      'span',
      { class: isTopic ? 'avatar topic' : 'avatar', 'aria-hidden': 'true' },
      isTopic ? '#' : initials(item.person),
    );
    avatar.style.setProperty('--hue', String(hueOf(item.thread ?? item.chatId)));
    const count = unread.get(key) ?? 0;
    const badge = count > 0 ? [h('span', { class: 'unread', 'aria-label': `${count} unread` }, String(count))] : [];
    const open_ = placeKey(place().chatId, place().thread) === key;
    const names = h(
      'span',
      {},
      h('span', { class: 'name' }, item.title),
      h('span', { class: 'preview' }, preview(last)),
    );
    return h(
      'li',
      {},
      h(
        'button',
        { type: 'button', class: 'chat-item', 'aria-current': String(open_), onclick: () => open(item) },
        avatar,
        names,
        ...badge,
      ),
    );
  };
  const show = () => {
    const places = placesOf(store);
    const items = places.flatMap((item, at) => {
      const isFirstOfGroup = item.group !== undefined && places[at - 1]?.group !== item.group;
      return isFirstOfGroup
        ? [h('li', { class: 'group-name' }, `Group “${item.group}”`), renderItem(item)]
        : [renderItem(item)];
    });
    const focused = [...list.querySelectorAll('button')].indexOf(document.activeElement);
    list.replaceChildren(...items);
    if (focused >= 0) list.querySelectorAll('button')[focused]?.focus();
    const total = [...unread.values()].reduce((sum, count) => sum + count, 0);
    document.title = `${total > 0 ? `(${total}) ` : ''}Signalbox – simulated Telegram`;
  };
  return {
    show,
    markUnread: (key) => unread.set(key, (unread.get(key) ?? 0) + 1),
    markRead: (key) => unread.delete(key),
  };
}

function preview(message) {
  if (message === undefined) return 'No messages yet';
  if (message.service !== undefined) return message.service;
  const what = message.text !== '' ? message.text : (message.stickerEmoji ?? message.file?.name ?? '');
  return `${message.from.name}: ${what}`;
}
