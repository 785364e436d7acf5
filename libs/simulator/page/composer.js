import { createCommandMenu } from './command-menu.js';
import { byId, h } from './dom.js';
import { createFileTray } from './file-tray.js';

/** The field where one writes, with its files, its reply or edit, and the menu of commands. */
export function createComposer({ commands, send }) {
  const text = byId('text');
  const choose = (command) => {
    text.value = `${command} `;
    text.focus();
  };
  const menu = createCommandMenu({ commands, choose });
  const tray = createFileTray({ focusText: () => text.focus() });
  const context = createContext(() => reset());

  const reset = () => {
    text.value = '';
    tray.take();
    context.set(undefined);
    menu.close();
  };
  const submit = async () => {
    const value = text.value;
    if (value.trim() === '' && tray.isEmpty()) return;
    const files = tray.take();
    const about = context.get();
    reset();
    const sent = await send({ text: value, files, about });
    if (sent !== undefined || text.value !== '') return;
    // What was refused is not lost: it comes back into the empty field.
    text.value = value;
    if (files.length > 0) tray.put(files);
  };

  byId('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    void submit();
  });
  text.addEventListener('input', () => menu.follow(text.value));
  text.addEventListener('blur', () => menu.close());
  text.addEventListener('paste', tray.onPaste);
  text.addEventListener('keydown', (event) => {
    if (event.isComposing || menu.onKey(event)) return;
    if (event.key === 'Escape') reset();
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    void submit();
  });
  byId('command-button').addEventListener('click', () => {
    text.focus();
    menu.showAll();
  });
  return {
    reset,
    focus: () => text.focus(),
    /** @param about `{kind: 'reply' | 'edit', message}` */
    setContext(about) {
      context.set(about);
      if (about.kind === 'edit') text.value = about.message.text;
      text.focus();
    },
  };
}

/** The line above the field that says what is replied to or edited. */
function createContext(cancel) {
  const element = byId('context');
  let about;
  return {
    get: () => about,
    set(next) {
      about = next;
      element.hidden = about === undefined;
      element.replaceChildren();
      if (about === undefined) return;
      const title = about.kind === 'edit' ? 'Edit message' : `Reply to ${about.message.from.name}`;
      const quote = h('div', { class: 'quote' }, h('b', {}, title), h('span', {}, about.message.text || 'a file'));
      const button = h(
        'button',
        { type: 'button', class: 'icon-button', 'aria-label': 'Cancel', onclick: cancel },
        '✕',
      );
      element.append(quote, button);
    },
  };
}
