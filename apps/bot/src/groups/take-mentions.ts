import { type Entity, type HeardMessage, saidIn, sayingInstead } from './heard-message.ts';

/** Who the bot is. */
export interface Bot {
  readonly id: number;
  /** Without @. */
  readonly username: string;
}

/** Whom an entity of a text mentions: the bot, somebody else, or nobody. */
export function mentions(
  text: string,
  { type, offset, length, user }: Entity,
  bot: Bot,
): 'bot' | 'another' | undefined {
  if (type === 'text_mention') return user?.id === bot.id ? 'bot' : 'another';
  if (type !== 'mention') return undefined;
  const name = text.slice(offset + 1, offset + length);
  return name.toLowerCase() === bot.username.toLowerCase() ? 'bot' : 'another';
}

/**
 * The message without the mentions of the bot, wherever they stand, each with the space around it that was only there for it. What else is
 * marked in the text stays marked. What somebody else wrote and is only forwarded stays as it is, and so does a text that is nothing else:
 * what it replies to, or what was said before it, is meant.
 */
export function withoutMentions(message: HeardMessage, bot: Bot): HeardMessage {
  if (message.forward_origin !== undefined) return message;
  const said = saidIn(message);
  const ours = said.entities.filter((entity) => mentions(said.text, entity, bot) === 'bot');
  if (ours.length === 0) return message;
  // From the end, so that what comes before stays where it is.
  const left = ours.toSorted((a, b) => b.offset - a.offset).reduce(cutOut, said);
  return left.text === '' && message.text !== undefined ? message : sayingInstead(message, left);
}

interface Marked {
  readonly text: string;
  readonly entities: readonly Entity[];
}

function cutOut({ text, entities }: Marked, mention: Entity): Marked {
  const [from, to] = widen(text, mention.offset, mention.offset + mention.length);
  const shift = (at: number) => (at <= from ? at : Math.max(from, at - (to - from)));
  const left = entities.flatMap((entity) => {
    const [begin, end] = [shift(entity.offset), shift(entity.offset + entity.length)];
    return entity === mention || end <= begin ? [] : [{ ...entity, offset: begin, length: end - begin }];
  });
  return { text: text.slice(0, from) + text.slice(to), entities: left };
}

/** With the spaces behind it, or, where nothing or a mark follows, before it; and the comma or colon with which somebody is addressed. */
function widen(text: string, from: number, to: number): [number, number] {
  const [before, behind] = [text.slice(0, from), text.slice(to)];
  const lengthOf = (found: RegExpExecArray | null) => found?.[0].length ?? 0;
  if (behind.trim() === '') return [from - lengthOf(/,?\s*$/.exec(before)), text.length];
  if (/(^|\n)[^\S\n]*$/.test(before)) return [from, to + lengthOf(/^[,:]?\s*/.exec(behind))];
  if (/^[,.;:!?…]/.test(behind)) return [from - lengthOf(/,?[^\S\n]*$/.exec(before)), to];
  return [from, to + lengthOf(/^[^\S\n]*/.exec(behind))];
}
