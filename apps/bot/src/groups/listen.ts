import { beginningOf, type Place } from '@signalbox/contracts';
import { z } from 'zod';
import { CONTENT_KINDS, kindOf } from '../content/content-kinds.ts';
import type { Heard } from '../deciding/decision.ts';
import type { GroupTalk } from './group-talk.ts';
import { type HeardMessage, heardMessageSchema, saidIn } from './heard-message.ts';
import { type Bot, withoutMentions } from './take-mentions.ts';
import { type GroupMode, whomFor } from './whom-for.ts';

/** What listening calls. Each rejects with Redis's error. */
interface ListenDependencies {
  readonly bot: Bot;
  readonly mode: GroupMode;
  /** How many messages of others are given along with the next one for Claude. */
  readonly context: number;
  readonly talk: GroupTalk;
  /** What a message says whatever kind it is, such as a poll's question. */
  textOf(message: object): string;
  /** Whether a text of that person there may be an answer. */
  isExpected(place: Place, userId: number): Promise<boolean>;
  /** Whether the update was decided about before. */
  wasDecided(updateId: number): Promise<boolean>;
}

/**
 * Hears an update of an allowed person: without the mentions of the bot, and with what was said before it; `undefined` if it is not for
 * Claude, which is remembered if it is to be given along. Rejects with Redis's error.
 */
export type Listen = (
  raw: unknown,
  updateId: number,
) => Promise<{ readonly raw: unknown; readonly how: Heard } | undefined>;

/** What a person's Telegram sends at once comes within so many seconds. */
const AT_ONCE_S = 2;
/** A text that Telegram has split is at least so long, in UTF-16 units. */
const SPLIT_FROM = 3_500;
/** As much of what others said is given along, in UTF-16 units. */
const LONGEST_TALK = 500;

const updateSchema = z.looseObject({
  message: heardMessageSchema.optional().catch(undefined),
  edited_message: heardMessageSchema.optional().catch(undefined),
});

export function createListen(dependencies: ListenDependencies): Listen {
  const { bot, talk, context, textOf } = dependencies;
  return async (raw, updateId) => {
    const { message, edited_message: edited } = updateSchema.safeParse(raw).data ?? {};
    const update = Object(raw) as object;
    if (edited && isGroup(edited)) return { raw: { ...update, edited_message: withoutMentions(edited, bot) }, how: {} };
    if (!message || !isGroup(message)) return { raw, how: {} };
    const spoken = { ...update, message: withoutMentions(message, bot) };
    if (isEvent(message)) return { raw: spoken, how: {} };
    const isTyped = message.text !== undefined || message.caption !== undefined;
    const heard = isTyped ? message : { ...message, otherText: textOf(message) };
    const taken = await howTaken(heard, updateId, dependencies);
    const place = placeOf(message);
    if (!taken) {
      await remember(heard, dependencies);
      return undefined;
    }
    const before = context === 0 ? [] : await talk.before(place, message.message_id);
    const others = before.map(({ by, text }) => ({ by, text }));
    return { raw: spoken, how: others.length === 0 ? taken : { ...taken, talk: others } };
  };
}

/** In a private chat all is for the bot, and its name is part of what is said. */
function isGroup({ chat }: HeardMessage): boolean {
  return chat.type !== 'private';
}

/** What only tells what became of the chat, such as that somebody joined, was said to nobody. */
function isEvent(message: HeardMessage): boolean {
  const kind = kindOf(message);
  return kind !== undefined && CONTENT_KINDS[kind].as === 'event';
}

/** How a message in a group is taken; `undefined`: it is for others. */
async function howTaken(
  message: HeardMessage,
  updateId: number,
  { bot, mode, talk, isExpected, wasDecided }: ListenDependencies,
): Promise<Heard | undefined> {
  const whom = whomFor(message, bot);
  const isForUs = whom === 'bot' || (mode === 'all' && whom !== 'another');
  if (isForUs || (await isSentWithTaken(message, talk))) {
    await noteTaken(message, talk);
    return {};
  }
  // One that comes again must not be heard otherwise: what it answered may be answered by now.
  if (await wasDecided(updateId)) return {};
  if (whom === 'another') return undefined;
  // A text alone can be an answer.
  if (message.text !== undefined && (await isExpected(placeOf(message), message.from.id))) return {};
  return whom === 'command' ? { onlyCommands: true } : undefined;
}

/** The rest of an album or of a text that Telegram has split, and what is forwarded with a comment, name nobody themselves. */
async function isSentWithTaken(message: HeardMessage, talk: GroupTalk): Promise<boolean> {
  const { chat, media_group_id: album } = message;
  if (album !== undefined && (await talk.takenAt(chat.id, albumOf(album))) !== undefined) return true;
  const what = personOf(message);
  const at = await talk.takenAt(chat.id, message.forward_origin === undefined ? `${what}-long` : what);
  return at !== undefined && message.date - at <= AT_ONCE_S;
}

async function noteTaken(message: HeardMessage, talk: GroupTalk): Promise<void> {
  const { chat, date, media_group_id: album } = message;
  const what = personOf(message);
  await talk.noteTaken(chat.id, what, date);
  if ((message.text ?? '').length >= SPLIT_FROM) await talk.noteTaken(chat.id, `${what}-long`, date);
  if (album !== undefined) await talk.noteTaken(chat.id, albumOf(album), date);
}

async function remember(message: HeardMessage, { talk, context }: ListenDependencies): Promise<void> {
  const text = saidIn(message).text.trim();
  if (context === 0 || text === '') return;
  const said = { messageId: message.message_id, by: message.from.first_name, text: beginningOf(text, LONGEST_TALK) };
  await talk.remember(placeOf(message), said, context);
}

function albumOf(album: string): string {
  return `album-${album}`;
}

function personOf(message: HeardMessage): string {
  return `${placeOf(message).threadId ?? 0}-${message.from.id}`;
}

function placeOf({ chat, is_topic_message: inTopic, message_thread_id: threadId }: HeardMessage): Place {
  return inTopic && threadId !== undefined ? { chatId: chat.id, threadId } : { chatId: chat.id };
}
