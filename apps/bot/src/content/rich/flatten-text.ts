import {
  describeTime,
  type Entity,
  type EntityKind,
  type MarkedText,
  mentioned,
  type RichKind,
} from '../writing/entity.ts';
import { writeMarkdown } from '../writing/write-markdown.ts';
import type { Rich, RichNode, RichTextKind } from './rich-message.ts';

/** What a kind of rich text means: its words, where they are not its text, and what is meant by them. */
interface Meaning {
  readonly kind?: EntityKind | RichKind;
  words?(node: RichNode): Rich;
  about?(node: RichNode): Pick<Entity, 'address' | 'note'>;
}

const WORDS: Meaning = {};
/** What another value says that the words need not say. */
const noteOf = (value: (node: RichNode) => string | undefined): Meaning => ({
  kind: 'note',
  about: (node) => ({ note: value(node) }),
});
const address = (node: RichNode) => ({ address: node.url });

/** A kind that is not here does not compile. */
const MEANINGS: Record<RichTextKind, Meaning> = {
  bold: { kind: 'bold' },
  italic: { kind: 'italic' },
  underline: { kind: 'underline' },
  strikethrough: { kind: 'strikethrough' },
  spoiler: { kind: 'spoiler' },
  subscript: { kind: 'subscript' },
  superscript: { kind: 'superscript' },
  marked: { kind: 'marked' },
  code: { kind: 'code' },
  url: { kind: 'text_link', about: address },
  button: {
    kind: 'text_link',
    words: ({ button }) => button?.text ?? '',
    about: ({ button }) => ({ address: button?.url }),
  },
  text_mention: { kind: 'text_mention', about: ({ user }) => (user ? mentioned(user) : {}) },
  date_time: {
    kind: 'date_time',
    about: ({ unix_time: at }) => ({ note: at === undefined ? undefined : describeTime(at) }),
  },
  email_address: noteOf(({ email_address: it }) => it),
  phone_number: noteOf(({ phone_number: it }) => it),
  mention: noteOf(({ username }) => username && `@${username}`),
  custom_emoji: { words: ({ alternative_text: emoji = '' }) => emoji },
  mathematical_expression: { words: ({ expression = '' }) => `$${expression}$` },
  reference: { words: ({ name = '', text = '' }) => [`[^${name}]: `, text] },
  reference_link: { words: ({ reference_name: name = '', text = '' }) => [text, `[^${name}]`] },
  bank_card_number: WORDS,
  hashtag: WORDS,
  cashtag: WORDS,
  bot_command: WORDS,
  // A place to which a link in the message leads: it says nothing.
  anchor: { words: () => '' },
  anchor_link: WORDS,
};

/** Rich text as a text with entities. A kind that is newer than this is its words. */
export function flattenText(rich: Rich): MarkedText {
  const entities: Entity[] = [];
  const read = (each: Rich, start: number): string => {
    if (typeof each === 'string') return each;
    if (Array.isArray(each))
      return each.reduce((before: string, next) => before + read(next, start + before.length), '');
    const meaning = Object.hasOwn(MEANINGS, each.type) ? MEANINGS[each.type as RichTextKind] : WORDS;
    const text = read(meaning.words?.(each) ?? each.text ?? '', start);
    if (meaning.kind && text !== '')
      entities.push({ kind: meaning.kind, start, end: start + text.length, ...noteApart(meaning.about?.(each), text) });
    return text;
  };
  const text = read(rich, 0);
  return { text, entities: entities.toSorted((a, b) => a.start - b.start || b.end - a.end) };
}

/** What the words say themselves is not said twice. */
function noteApart(about: Pick<Entity, 'address' | 'note'> = {}, text: string): Pick<Entity, 'address' | 'note'> {
  return about.note !== undefined && text.includes(about.note) ? { ...about, note: undefined } : about;
}

/** Rich text as Markdown. */
export function writeRich(rich: Rich = ''): string {
  return writeMarkdown(flattenText(rich));
}
