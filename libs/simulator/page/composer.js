import { createCommandMenu } from './command-menu.js';
import { byId, h } from './dom.js';
import { createFileTray } from './file-tray.js';
import { typedTexts } from './typed-texts.js';

/** The field where one writes, with its files, its reply or edit, and the menu of commands. What is half-typed in a place stays there. */
export function createComposer({ commands, send }) {
  const text = byId('text');
  let place = '';
  /** What was half-typed when an edit began. */
  let setAside = '';
  const put = (value) => {
    text.value = value;
    if (context.get()?.kind !== 'edit') typedTexts.keep(place, value);
  };
  const choose = (command) => {
    put(text.value.startsWith('/') ? `${command} ` : `${command} ${text.value}`);
    text.focus();
  };
  const menu = createCommandMenu({ commands, choose });
  const tray = createFileTray({ focusText: () => text.focus() });
  const leaveContext = () => {
    const wasEdit = context.get()?.kind === 'edit';
    context.set(undefined);
    if (wasEdit) put(setAside);
  };
  const context = createContext(leaveContext);

  const submit = async () => {
    const value = text.value;
    if (value.trim() === '' && tray.isEmpty()) return;
    const files = tray.take();
    const [about, from] = [context.get(), place];
    if (about?.kind !== 'edit') put('');
    leaveContext();
    menu.close();
    const sent = await send({ text: value, files, about });
    if (sent !== undefined || text.value !== '' || place !== from) return;
    // What was refused is not lost: it comes back into the empty field.
    put(value);
    if (files.length > 0) tray.put(files);
  };

  byId('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    void submit();
  });
  text.addEventListener('input', () => {
    put(text.value);
    menu.follow(text.value);
  });
  text.addEventListener('blur', () => menu.close());
  text.addEventListener('paste', tray.onPaste);
  text.addEventListener('keydown', (event) => {
    if (event.isComposing || menu.onKey(event)) return;
    if (event.key === 'Escape') leaveContext();
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    void submit();
  });
  byId('command-button').addEventListener('click', () => {
    text.focus();
    menu.showAll();
  });
  return {
    /** Another place is open: what was half-typed there comes back. */
    openAt(next) {
      context.set(undefined);
      tray.take();
      menu.close();
      place = next;
      text.value = typedTexts.of(place);
    },
    focus: () => text.focus(),
    /** @param about `{kind: 'reply' | 'edit', message}` */
    setContext(about) {
      leaveContext();
      setAside = text.value;
      context.set(about);
      if (about.kind === 'edit') put(about.message.text);
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
