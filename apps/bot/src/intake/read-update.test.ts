import { describe, expect, it } from 'vitest';
import { GROUP, group, ME, message, textUpdate } from '../../testing/updates.ts';
import { readIncoming, readUpdate, updateIdOf } from './read-update.ts';

/** What the bot makes of a message of mine. */
function read(more: object, chat?: object) {
  const update = readUpdate({ update_id: 1, message: message(ME, { ...more, ...(chat ? { chat } : {}) }) });
  if (!update) throw new Error('not read');
  return readIncoming(update);
}

describe('a text', () => {
  it('is read with where it was said, by whom and when', () => {
    const incoming = read({ text: 'hello', from: { id: ME, is_bot: false, first_name: 'Ann', last_name: 'Lee' } });
    expect(incoming).toEqual({
      kind: 'text',
      text: 'hello',
      origin: { place: { chatId: ME }, messageId: 5, userId: ME, userName: 'Ann Lee', sentAt: 1_700_000_000_000 },
    });
  });

  it('is passed on as it stands: white space at its ends may be meant', () => {
    expect(read({ text: '  indented\n' })).toMatchObject({ text: '  indented\n' });
  });

  it('of white space alone counts as empty', () => {
    expect(read({ text: ' \n\t ' })).toMatchObject({ kind: 'unsupported', what: 'empty messages' });
  });

  it('of a topic belongs to the topic; a thread of replies in a group is no topic', () => {
    const place = (more: object) =>
      (read({ text: 'x', ...more }, group()) as { origin: { place: object } }).origin.place;
    expect(place({ message_thread_id: 9, is_topic_message: true })).toEqual({ chatId: GROUP, threadId: 9 });
    expect(place({ message_thread_id: 9 })).toEqual({ chatId: GROUP });
  });
});

describe('another kind of content', () => {
  it.each([
    ['sticker', 'stickers'],
    ['photo', 'photos'],
    ['video', 'videos'],
    ['video_note', 'videos'],
    ['voice', 'voice messages'],
    ['audio', 'audio files'],
    ['document', 'files'],
    ['location', 'locations'],
    ['contact', 'contacts'],
    ['poll', 'polls'],
    ['dice', 'dice'],
    ['story', 'stories'],
    ['paid_media', 'paid media'],
    ['checklist', 'checklists'],
    ['game', 'games'],
    ['invoice', 'invoices'],
    ['giveaway', 'giveaways'],
  ])('%s is named to the person', (key, what) => {
    expect(read({ [key]: {} })).toMatchObject({ kind: 'unsupported', what });
  });

  it('that carries a second one for older apps is named by what the person sent', () => {
    expect(read({ document: {}, animation: {} })).toMatchObject({ what: 'animations' });
    expect(read({ location: {}, venue: {} })).toMatchObject({ what: 'locations' });
  });

  it('brings its caption, and what that replies to', () => {
    const incoming = read({ photo: [], caption: 'what is this?', reply_to_message: { text: 'before' } });
    expect(incoming).toMatchObject({ kind: 'unsupported', caption: 'what is this?', quote: 'before' });
    expect(read({ photo: [], caption: '  ' })).not.toHaveProperty('caption');
  });

  it('that is newer than this bot is not passed over if it has a caption', () => {
    expect(read({ hologram: {}, caption: 'look' })).toMatchObject({ what: 'this kind of message', caption: 'look' });
  });

  it.each([
    'new_chat_members',
    'left_chat_member',
    'pinned_message',
    'forum_topic_created',
    'new_chat_title',
    'message_auto_delete_timer_changed',
    'video_chat_started',
    'migrate_to_chat_id',
  ])('%s is a message of the chat itself and needs no answer', (key) => {
    expect(read({ [key]: {} }, group())).toBeUndefined();
  });
});

describe('a message with a file', () => {
  const document = { file_id: 'F', file_unique_id: 'U', file_name: 'a.pdf' };

  it('is read with its caption, its album, whose it was and what it replies to', () => {
    const more = { caption: 'look', media_group_id: '77', reply_to_message: { text: 'before' } };
    const forward_origin = { type: 'hidden_user', sender_user_name: 'Hidden' };
    expect(read({ document, ...more, forward_origin })).toMatchObject({
      kind: 'text',
      text: 'look',
      files: [{ fileId: 'F', kind: 'document', name: 'a.pdf' }],
      album: '77',
      quote: 'before',
      forwardedFrom: 'Hidden',
    });
  });

  it('without a caption has an empty text', () => {
    expect(read({ document })).toMatchObject({ kind: 'text', text: '', files: [{ fileId: 'F' }] });
  });
});

describe('a forwarded message', () => {
  const origins: [string, object, string][] = [
    ['a user', { type: 'user', sender_user: { id: 2, is_bot: false, first_name: 'Mallory' } }, 'Mallory'],
    ['a user without a name', { type: 'user', sender_user: { id: 2, is_bot: false, first_name: '' } }, 'somebody'],
    ['a user who hides', { type: 'hidden_user', sender_user_name: 'Hidden' }, 'Hidden'],
    ['a chat', { type: 'chat', sender_chat: { id: -5, type: 'supergroup', title: 'The group' } }, 'The group'],
    ['a channel', { type: 'channel', chat: { id: -6, type: 'channel', title: 'News' }, message_id: 1 }, 'News'],
    ['a kind of origin that is not known', { type: 'planet' }, 'somebody'],
    ['an origin of another shape', { type: 'user', sender_user: 'x' }, 'somebody'],
  ];
  it.each(origins)('of %s says whose it was', (_what, forward_origin, name) => {
    expect(read({ text: 'x', forward_origin })).toMatchObject({ kind: 'text', forwardedFrom: name });
    expect(read({ sticker: {}, forward_origin })).toMatchObject({ kind: 'unsupported', forwardedFrom: name });
  });
});

describe('a reply', () => {
  it.each([
    ['brings the text that it replies to', { reply_to_message: { text: 'earlier' } }, 'earlier'],
    ['to a file brings its caption', { reply_to_message: { caption: 'the log', document: {} } }, 'the log'],
    ['with a part chosen brings that part', { reply_to_message: { text: 'long' }, quote: { text: 'part' } }, 'part'],
    ['to a message of another chat brings the part chosen', { quote: { text: 'part' } }, 'part'],
    ['to a sticker brings nothing', { reply_to_message: { sticker: {} } }, undefined],
    [
      'to the making of a topic is none: every message of a topic formally is one',
      { reply_to_message: { text: 'x', forum_topic_created: { name: 'T' } } },
      undefined,
    ],
  ])('%s', (_what, more, quote) => {
    expect((read({ text: 'x', ...more }) as { quote?: string }).quote).toBe(quote);
  });

  it('brings an excerpt of a long one, never half of a surrogate pair', () => {
    const { quote = '' } = read({ text: 'x', reply_to_message: { text: `a${'😀'.repeat(400)}` } }) as {
      quote?: string;
    };
    expect(quote.length).toBeLessThanOrEqual(500);
    expect(quote.length).toBeGreaterThan(490);
    expect(JSON.stringify(quote)).not.toContain('\\ud83d');
  });
});

describe('a pressed button', () => {
  it('is read with the id that its answer needs', () => {
    const callback_query = { id: 'q7', from: { id: ME, first_name: 'A' }, message: message(ME), data: 'd' };
    const update = readUpdate({ update_id: 1, callback_query });
    expect(update && readIncoming(update)).toMatchObject({ kind: 'button', queryId: 'q7' });
  });
});

describe('garbage', () => {
  it.each([
    null,
    1,
    'x',
    [],
    {},
    { update_id: '1' },
    { update_id: 1.5 },
    { update_id: 1, message: 'x' },
    { update_id: 1, message: { ...message(ME), chat: { id: 'x', type: 'private' } } },
    { update_id: 1, message: { ...message(ME), message_id: null } },
    { update_id: 1, message: { ...message(ME), text: 5 } },
    { update_id: 1, callback_query: { id: 5 } },
  ])('%j is not read', (raw) => {
    expect(readUpdate(raw)).toBeUndefined();
  });

  it('has an id all the same, so that the offset can move past it', () => {
    expect(updateIdOf({ update_id: 8, message: 'x' })).toBe(8);
    expect(() => updateIdOf({ message: 'x' })).toThrow();
  });

  it('of a later Bot API beside what is known does no harm', () => {
    const later = { ...textUpdate(ME, 'x', { new_thing: { deep: [1] } }), other_new_thing: {} };
    const update = readUpdate(later);
    expect(update && readIncoming(update)).toMatchObject({ kind: 'text', text: 'x' });
  });
});
