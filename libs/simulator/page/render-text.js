import { h } from './dom.js';

/** Only these links are followed; others are shown as text. */
const SAFE_URL = /^(https?:|mailto:|tg:|tel:)/i;

/**
 * A text with its entities as DOM nodes. Offsets are UTF-16 units, which is how JavaScript counts.
 * @param {string} text
 * @param {{type: string, offset: number, length: number, url?: string, language?: string}[]} entities
 * @param {{onCommand: (command: string) => void}} actions
 */
export function renderText(text, entities, actions) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return renderRange(text, sorted, 0, text.length, actions);
}

/** Entities come outer before inner, so each takes those that lie inside it. */
function renderRange(text, entities, start, end, actions) {
  const nodes = [];
  let at = start;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    const close = entity.offset + entity.length;
    const inner = [];
    index += 1;
    while (index < entities.length && entities[index].offset < close) {
      inner.push(entities[index]);
      index += 1;
    }
    if (entity.offset > at) nodes.push(text.slice(at, entity.offset));
    const children = renderRange(text, inner, entity.offset, close, actions);
    nodes.push(wrap(entity, text.slice(entity.offset, close), children, actions));
    at = close;
    // The line break behind a block is the block's own end.
    if (isBlock(entity) && text[at] === '\n') at += 1;
  }
  if (at < end) nodes.push(text.slice(at, end));
  return nodes;
}

const SIMPLE = { bold: 'strong', italic: 'em', underline: 'u', strikethrough: 's', code: 'code' };

const isBlock = ({ type }) => type === 'pre' || type === 'blockquote' || type === 'expandable_blockquote';

function wrap(entity, raw, children, actions) {
  if (SIMPLE[entity.type] !== undefined) return h(SIMPLE[entity.type], {}, ...children);
  switch (entity.type) {
    case 'pre':
      return codeBlock(raw, entity.language);
    case 'blockquote':
      return h('blockquote', {}, h('span', { class: 'quote-text' }, ...children));
    case 'expandable_blockquote':
      return expandableQuote(children);
    case 'spoiler':
      return spoiler(children);
    case 'text_link':
      return link(entity.url ?? '', children);
    case 'url':
      return link(raw, children);
    case 'email':
      return link(`mailto:${raw}`, children);
    case 'bot_command':
      return h('button', { type: 'button', class: 'command-link', onclick: () => actions.onCommand(raw) }, ...children);
    case 'mention':
    case 'text_mention':
    case 'hashtag':
      return h('span', { class: 'mention' }, ...children);
    default:
      return h('span', {}, ...children);
  }
}

function link(url, children) {
  if (!SAFE_URL.test(url)) return h('span', {}, ...children);
  return h('a', { href: url, target: '_blank', rel: 'noopener noreferrer', title: url }, ...children);
}

const SHELLS = new Set(['bash', 'sh', 'shell']);

function codeBlock(code, language) {
  const copy = h('button', { type: 'button', 'aria-label': 'Copy the code' }, 'Copy');
  copy.addEventListener('click', async () => {
    await navigator.clipboard.writeText(code);
    copy.textContent = 'Copied';
    setTimeout(() => {
      copy.textContent = 'Copy';
    }, 1500);
  });
  const head = h('div', { class: 'code-head' }, h('span', {}, language ?? 'code'), copy);
  const label = `Code${language ? `, ${language}` : ''}`;
  const pre = h(
    'pre',
    { tabindex: '0', class: SHELLS.has(language) && 'command', 'aria-label': label },
    h('code', {}, code),
  );
  return h('div', { class: 'code' }, head, pre);
}

function expandableQuote(children) {
  const quote = h('blockquote', { class: 'collapsed' }, h('span', { class: 'quote-text' }, ...children));
  const toggle = h('button', { type: 'button', class: 'toggle', 'aria-expanded': 'false' }, 'Show more');
  toggle.addEventListener('click', () => {
    const collapsed = quote.classList.toggle('collapsed');
    toggle.setAttribute('aria-expanded', String(!collapsed));
    toggle.textContent = collapsed ? 'Show more' : 'Show less';
  });
  quote.append(toggle);
  return quote;
}

function spoiler(children) {
  const hidden = h(
    'span',
    { class: 'spoiler', role: 'button', tabindex: '0', 'aria-label': 'Hidden text, press to show' },
    ...children,
  );
  const reveal = () => {
    hidden.classList.add('revealed');
    for (const name of ['role', 'tabindex', 'aria-label']) hidden.removeAttribute(name);
  };
  hidden.addEventListener('click', reveal);
  hidden.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    reveal();
  });
  return hidden;
}
