import { byId, h } from './dom.js';

const EMOJIS = ['👍', '❤', '🎉', '🔥', '👎'];

/** The small menu of a message: react, reply, copy, edit. */
export function createMessageMenu({ speaker, react, reply, edit }) {
  const menu = byId('menu');
  let opener;
  menu.addEventListener('toggle', (event) => {
    if (event.newState === 'closed') opener?.focus();
  });
  menu.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const items = [...menu.querySelectorAll('button')];
    items[(items.indexOf(document.activeElement) + step + items.length) % items.length]?.focus();
  });
  const item = (label, act) => {
    const onclick = () => {
      const button = opener;
      // The menu tells of its closing later, when the act may have put the focus elsewhere.
      opener = undefined;
      menu.hidePopover();
      button?.focus();
      act();
    };
    return h('button', { type: 'button', role: 'menuitem', onclick }, label);
  };
  return (message, button) => {
    opener = button;
    const emojis = h(
      'div',
      { class: 'emojis', role: 'group', 'aria-label': 'React' },
      ...EMOJIS.map((emoji) => item(emoji, () => react(message, emoji))),
    );
    const items = [emojis, item('Reply', () => reply(message))];
    if (message.text !== '') items.push(item('Copy text', () => navigator.clipboard.writeText(message.text)));
    if (message.from.id === speaker() && message.file === undefined) items.push(item('Edit', () => edit(message)));
    menu.replaceChildren(...items);
    menu.showPopover();
    placeNear(menu, button);
    menu.querySelector('button').focus();
  };
}

function placeNear(menu, button) {
  const at = button.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(at.bottom, innerHeight - height - 8))}px`;
}
