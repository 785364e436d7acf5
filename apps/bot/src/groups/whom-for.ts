import { parseCommand } from '../deciding/parse-command.ts';
import { type Entity, type HeardMessage, saidIn } from './heard-message.ts';
import { type Bot, mentions } from './take-mentions.ts';

/** Which messages in a group are for Claude: all that are for nobody else, or only those that address the bot. */
export type GroupMode = 'all' | 'mention';

/**
 * Whom a message in a group is for. `bot`: it addresses the bot, or may be taken as if it did · `command`: only if it is a command of the
 * bot, for which none need be named · `another`: it addresses somebody else · `anybody`: it addresses nobody.
 */
export type Addressee = 'bot' | 'command' | 'another' | 'anybody';

/** Whom a message is for, by what stands in it. Pure. */
export function whomFor(message: HeardMessage, bot: Bot): Addressee {
  const { text, entities } = saidIn(message);
  // Whom a forwarded text mentions was addressed where it was written.
  const isOwn = message.forward_origin === undefined;
  const mentioned = isOwn ? entities.map((entity) => mentions(text, entity, bot)) : [];
  if (mentioned.includes('bot') || (isOwn && isNamed(text, entities, bot))) return 'bot';
  const typed = isOwn ? parseCommand(text) : undefined;
  if (typed?.to?.toLowerCase() === bot.username.toLowerCase()) return 'bot';
  // A caption is no command.
  const command = message.text === undefined ? undefined : typed;
  const repliesTo = whoIsRepliedTo(message);
  if (repliesTo === bot.id) return mentioned.includes('another') ? 'another' : 'bot';
  if (command) return command.to === undefined ? 'command' : 'another';
  const isReplyToAnother = repliesTo !== undefined && repliesTo !== message.from.id;
  return mentioned.includes('another') || isReplyToAnother ? 'another' : 'anybody';
}

/** Where nothing is marked as a mention, as in a poll or a rich message, the name itself is one. */
function isNamed(text: string, entities: readonly Entity[], { username }: Bot): boolean {
  return entities.length === 0 && new RegExp(`(?<![\\w@])@${username}(?!\\w)`, 'i').test(text);
}

/** In a forum topic every message formally replies to the topic's creation. Whoever wrote as a chat has no id of a person: 0. */
function whoIsRepliedTo({ reply_to_message: replied }: HeardMessage): number | undefined {
  if (!replied || replied.forum_topic_created !== undefined) return undefined;
  return replied.from?.id ?? 0;
}
