import { byId, h } from './dom.js';
import { renderDraft, renderMessage } from './message-view.js';
import { placeKey } from './store.js';

/** How near the end counts as being at it, pixels. */
const NEAR_END = 120;

/** Shows the messages of the open place, keeps to the end unless the person has scrolled up. */
export function createMessageList({ store, place, speaker, actions }) {
  const list = byId('messages');
  const live = byId('live');
  const scroller = byId('scroller');
  const toEnd = byId('to-end');
  const isAtEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_END;
  const goToEnd = () => {
    scroller.scrollTop = scroller.scrollHeight;
    toEnd.hidden = true;
  };
  toEnd.addEventListener('click', goToEnd);
  scroller.addEventListener('scroll', () => {
    if (isAtEnd()) toEnd.hidden = true;
  });
  // Images have no height until they are loaded.
  list.addEventListener('load', () => isAtEnd() && goToEnd(), true);

  const render = (message, previous) =>
    renderMessage(message, { speaker: speaker(), isGroup: place().chatId < 0, previous, actions });
  const itemOf = (id) => list.querySelector(`[data-id="${CSS.escape(String(id))}"]`);
  const keepEnd = (change) => {
    const atEnd = isAtEnd();
    change();
    if (atEnd) goToEnd();
    else toEnd.hidden = false;
  };

  const showLive = () => {
    const draft = store.state.drafts.get(placeKey(place().chatId, place().thread));
    const atEnd = isAtEnd();
    live.replaceChildren(...(draft === undefined ? [] : [renderDraft(draft, actions)]));
    if (atEnd) goToEnd();
  };
  const showAll = () => {
    const messages = store.messagesIn(place());
    list.replaceChildren(...messages.map((message, at) => render(message, messages[at - 1])));
    if (messages.every((message) => message.service !== undefined)) list.append(renderEmpty(actions));
    showLive();
    goToEnd();
  };
  const goTo = (id) => {
    const item = itemOf(id);
    if (item === null) return;
    item.scrollIntoView({ block: 'center', behavior: 'smooth' });
    item.classList.remove('flash');
    requestAnimationFrame(() => item.classList.add('flash'));
  };

  return {
    showAll,
    showLive,
    goTo,
    goToEnd,
    /** A message of the open place is new, changed or gone. */
    update(message) {
      const item = itemOf(message.id);
      if (message.deleted) {
        item?.remove();
        return;
      }
      const messages = store.messagesIn(place());
      const previous = messages[messages.findIndex(({ id }) => id === message.id) - 1];
      if (item !== null)
        keepFocus(item, () => keepEnd(() => item.replaceWith(render(message, previous))), itemOf, message.id);
      else {
        list.querySelector('.empty-item')?.remove();
        keepEnd(() => list.append(render(message, previous)));
      }
    },
  };
}

/** Replacing an item must not throw a keyboard user out of it. */
function keepFocus(item, change, itemOf, id) {
  const hadFocus = item.contains(document.activeElement);
  change();
  if (hadFocus) itemOf(id)?.querySelector('.buttons button, .more')?.focus();
}

function renderEmpty(actions) {
  const suggest = (text) => h('button', { type: 'button', onclick: () => actions.suggest(text) }, text);
  const card = h(
    'div',
    { class: 'empty' },
    h('h3', {}, 'Nothing here yet'),
    h('p', {}, 'Start a session, then write what you would ask Claude, or take “Something to try” above.'),
    h('div', { class: 'suggestions' }, suggest('/start'), suggest('/help'), suggest('/new demo')),
  );
  return h('li', { class: 'empty-item' }, card);
}
