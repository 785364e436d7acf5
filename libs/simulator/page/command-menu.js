import { byId, h } from './dom.js';

/** The list of the bot's commands above the text field, as a combobox. */
export function createCommandMenu({ commands, choose }) {
  const list = byId('commands');
  const text = byId('text');
  let shown = [];
  let selected = 0;

  const close = () => {
    list.hidden = true;
    text.setAttribute('aria-expanded', 'false');
    text.removeAttribute('aria-activedescendant');
  };
  const mark = (at) => {
    selected = (at + shown.length) % shown.length;
    for (const [index, item] of [...list.children].entries())
      item.setAttribute('aria-selected', String(index === selected));
    text.setAttribute('aria-activedescendant', `command-${selected}`);
    list.children[selected]?.scrollIntoView({ block: 'nearest' });
  };
  const take = (at) => {
    const command = shown[at];
    close();
    if (command !== undefined) choose(`/${command.command}`);
  };
  const show = (found) => {
    shown = found;
    if (shown.length === 0) return close();
    const items = shown.map(({ command, description }, at) => {
      const item = h(
        'div',
        { role: 'option', id: `command-${at}`, 'aria-selected': 'false' },
        h('b', {}, `/${command}`),
        h('span', {}, description),
      );
      item.addEventListener('mousedown', (event) => {
        event.preventDefault();
        take(at);
      });
      return item;
    });
    list.replaceChildren(...items);
    list.hidden = false;
    text.setAttribute('aria-expanded', 'true');
    mark(0);
  };
  return {
    close,
    showAll: () => show(commands()),
    /** Follows what is typed. */
    follow(value) {
      const typed = /^\/(\w*)$/.exec(value)?.[1];
      if (typed === undefined) close();
      else show(commands().filter(({ command }) => command.startsWith(typed.toLowerCase())));
    },
    /** Takes the keys of the open menu. Returns whether it did. */
    onKey(event) {
      if (list.hidden) return false;
      const acts = {
        ArrowDown: () => mark(selected + 1),
        ArrowUp: () => mark(selected - 1),
        Enter: () => take(selected),
        Tab: () => take(selected),
        Escape: close,
      };
      const act = acts[event.key];
      if (act === undefined || event.shiftKey) return false;
      // A command typed in full is sent by Enter, not chosen again.
      if (event.key === 'Enter' && `/${shown[selected]?.command}` === text.value) {
        close();
        return false;
      }
      event.preventDefault();
      act();
      return true;
    },
  };
}
