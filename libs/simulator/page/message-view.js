import { fileSize, h, hueOf, timeOf } from './dom.js';
import { renderText } from './render-text.js';

/**
 * One message as a list item.
 * @param {object} message as the control API gives it
 * @param {object} view `speaker` (user id), `isGroup`, `previous` (message above), `actions`
 */
export function renderMessage(message, { speaker, isGroup, previous, actions }) {
  if (message.service !== undefined) return h('li', { class: 'service', 'data-id': message.id }, message.service);
  const own = message.from.id === speaker;
  const newSpeaker = previous?.from?.id !== message.from.id;
  const asks = message.buttons.length > 0;
  const classes = ['message', own && 'own', newSpeaker && 'new-speaker', asks && 'asks'].filter(Boolean).join(' ');
  const more = h('button', { type: 'button', class: 'icon-button more', 'aria-label': 'Reply, react or edit' }, '⋯');
  more.addEventListener('click', () => actions.openMenu(message, more));
  return h(
    'li',
    { class: classes, 'data-id': message.id },
    h(
      'div',
      { class: 'stack' },
      h('div', { class: 'bubble-row' }, renderBubble(message, isGroup && !own && newSpeaker, actions), more),
      ...renderButtons(message, actions),
      ...renderReactions(message, speaker, actions),
    ),
  );
}

function renderBubble(message, withName, actions) {
  const bubble = h('div', { class: 'bubble' });
  const name = h(
    'div',
    { class: withName ? 'sender' : 'visually-hidden' },
    withName ? message.from.name : `${message.from.name}:`,
  );
  name.style.setProperty('--hue', String(hueOf(message.from.id)));
  bubble.append(name);
  if (message.forwardedFrom !== undefined)
    bubble.append(h('div', { class: 'forwarded' }, `Forwarded from ${message.forwardedFrom}`));
  if (message.replyTo !== undefined) bubble.append(renderReply(message.replyTo, actions));
  if (message.stickerEmoji !== undefined) bubble.append(h('div', { class: 'sticker' }, message.stickerEmoji));
  else if (message.file !== undefined) bubble.append(renderFile(message.file));
  if (message.text !== '')
    bubble.append(h('div', { class: 'text', dir: 'auto' }, ...renderText(message.text, message.entities, actions)));
  const edited = message.edited ? [h('span', {}, 'edited')] : [];
  const time = h('time', { datetime: new Date(message.at).toISOString() }, timeOf(message.at));
  bubble.append(h('div', { class: 'meta' }, ...edited, time));
  return bubble;
}

function renderReply({ id, text, from }, actions) {
  const onclick = () => actions.goTo(id);
  const preview = h('span', {}, text === '' ? 'a file' : text);
  return h('button', { type: 'button', class: 'reply', onclick }, h('b', {}, from), preview);
}

function renderFile(file) {
  const url = `/control/files/${encodeURIComponent(file.fileId)}`;
  if (file.kind === 'photo') {
    const img = h('img', { src: url, alt: `Photo, ${file.width} by ${file.height} pixels`, loading: 'lazy' });
    return h('a', { class: 'photo', href: url, target: '_blank', rel: 'noopener' }, img);
  }
  const extension = /\.([^.]{1,4})$/.exec(file.name)?.[1] ?? file.kind.slice(0, 4);
  return h(
    'a',
    { class: 'file', href: url, download: file.name },
    h('span', { class: 'file-icon', 'aria-hidden': 'true' }, extension),
    h('span', {}, h('b', { class: 'file-name' }, file.name), h('small', {}, `${fileSize(file.size)} · Download`)),
  );
}

function renderButtons(message, actions) {
  if (message.buttons.length === 0) return [];
  const rows = message.buttons.map((row) =>
    h('div', { class: 'row' }, ...row.map((button) => renderButton(message, button, actions))),
  );
  return [h('div', { class: 'buttons' }, ...rows)];
}

function renderButton(message, button, actions) {
  if (button.url !== undefined) {
    return h('a', { href: button.url, target: '_blank', rel: 'noopener noreferrer' }, `${button.text} ↗`);
  }
  const element = h('button', { type: 'button' }, button.text);
  element.addEventListener('click', () => actions.press(message, button.data, element));
  return element;
}

function renderReactions(message, speaker, actions) {
  if (message.reactions.length === 0) return [];
  const counts = new Map();
  for (const { emoji, from } of message.reactions) {
    const known = counts.get(emoji) ?? { count: 0, own: false };
    counts.set(emoji, { count: known.count + 1, own: known.own || from === speaker });
  }
  const chips = [...counts].map(([emoji, { count, own }]) => {
    const onclick = () => actions.react(message, own ? '' : emoji);
    const label = `${emoji} from ${count}`;
    return h(
      'button',
      { type: 'button', 'aria-pressed': own, 'aria-label': label, onclick },
      count > 1 ? `${emoji} ${count}` : emoji,
    );
  });
  return [h('div', { class: 'reactions' }, ...chips)];
}

/** The message that is being written. */
export function renderDraft(draft, actions) {
  const text = draft.text === '' ? ['Thinking…'] : renderText(draft.text, draft.entities, actions);
  const stop = draft.canStop
    ? [h('button', { type: 'button', class: 'stop', onclick: () => actions.stopDraft() }, '■ Stop')]
    : [];
  const bubble = h('div', { class: 'bubble' }, h('div', { class: 'text', dir: 'auto' }, ...text));
  bubble.append(h('div', { class: 'meta' }, h('span', {}, 'being written'), ...stop));
  return h('div', { class: 'message draft new-speaker', 'aria-live': 'off' }, h('div', { class: 'stack' }, bubble));
}
