import { describe, expect, it } from 'vitest';
import type { HeardMessage } from './heard-message.ts';
import { withoutMentions } from './take-mentions.ts';
import { whomFor } from './whom-for.ts';

const bot = { id: 1, username: 'our_bot' };
const chat = { id: -7, type: 'supergroup' };

/** A message with what Telegram marks in it: mentions, and bold text in stars. */
function heard(text: string, more: Partial<HeardMessage> = {}): HeardMessage {
  const marks = [...text.matchAll(/@\w+|\*\w+\*/g)];
  const entities = marks.map(({ 0: found, index }) => ({
    type: found.startsWith('@') ? 'mention' : 'bold',
    offset: index,
    length: found.length,
  }));
  return { message_id: 5, date: 1, chat, from: { id: 7, first_name: 'Ann' }, text, entities, ...more };
}

describe('a text without the mentions of the bot', () => {
  it.each([
    ['@our_bot stop', 'stop'],
    ['@Our_Bot, *look* here', '*look* here'],
    ['stop @our_bot', 'stop'],
    ['👍 hey @our_bot *look* @bob', '👍 hey *look* @bob'],
    ['@our_bot /stop', '/stop'],
    ['/stop @our_bot all', '/stop all'],
    ['one\n@our_bot two @our_bot', 'one\ntwo'],
    ['what now, @our_bot?', 'what now?'],
    ['@bob and @our_bot, *look*', '@bob and, *look*'],
    ['one\n@our_bot: two', 'one\ntwo'],
    ['look, @our_bot', 'look'],
    ['@our_bot', '@our_bot'],
    ['no *mention*', 'no *mention*'],
  ])('of %j is %j, with the rest marked as it was', (text, expected) => {
    const left = withoutMentions(heard(text), bot);
    expect(left.text).toBe(expected);
    const others = heard(expected).entities;
    expect(left.entities).toEqual(others);
  });

  it('is the same in a caption, and of a mention of one who has no name', () => {
    const caption_entities = [{ type: 'text_mention', offset: 0, length: 3, user: { id: 1 } }];
    const message = { ...heard(''), text: undefined, caption: 'Bot look', caption_entities };
    expect(withoutMentions(message, bot).caption).toBe('look');
  });

  it('leaves what somebody else wrote as it is', () => {
    const message = heard('@our_bot stop', { forward_origin: {} });
    expect(withoutMentions(message, bot)).toBe(message);
  });
});

describe('whom a message is for', () => {
  const replyTo = (id?: number) => ({ reply_to_message: id === undefined ? {} : { from: { id } } });
  it.each<[string, HeardMessage, string]>([
    ['nobody is named', heard('hello'), 'anybody'],
    ['the bot is named', heard('hello @our_bot'), 'bot'],
    ['both are named', heard('@bob and @our_bot'), 'bot'],
    ['somebody else is named', heard('@bob hello'), 'another'],
    ['it replies to the bot', heard('hello', replyTo(1)), 'bot'],
    ['it replies to the bot and names another', heard('@bob look', replyTo(1)), 'another'],
    ['it replies to another', heard('hello', replyTo(8)), 'another'],
    ['it replies to a channel', heard('hello', replyTo()), 'another'],
    ['it replies to one’s own', heard('hello', replyTo(7)), 'anybody'],
    [
      'it stands in a topic',
      heard('hello', { reply_to_message: { from: { id: 8 }, forum_topic_created: {} } }),
      'anybody',
    ],
    ['it is a command', heard('/stop'), 'command'],
    ['it is a command of the bot', heard('/stop@our_bot', { entities: [] }), 'bot'],
    ['it is a command of another bot', heard('/stop@other_bot', { entities: [] }), 'another'],
    ['it is a caption like a command', { ...heard(''), text: undefined, caption: '/stop' }, 'anybody'],
    ['another is named in what is forwarded', heard('@bob look', { forward_origin: {} }), 'anybody'],
  ])('if %s', (_what, message, expected) => {
    expect(whomFor(message, bot)).toBe(expected);
  });
});
