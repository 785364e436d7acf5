import { describe, expect, it } from 'vitest';
import { GROUP, group, ME, message, textUpdate } from '../../../testing/updates.ts';
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
  it('that cannot be taken is named to the person', () => {
    expect(read({ gift: {} })).toMatchObject({ kind: 'unsupported', what: 'gifts' });
    expect(read({})).toMatchObject({ kind: 'unsupported', what: 'this kind of message' });
  });

  it('brings its caption, and what that replies to', () => {
    const reply_to_message = { message_id: 3, text: 'before' };
    const incoming = read({ photo: [], caption: 'what is this?', reply_to_message });
    expect(incoming).toMatchObject({ kind: 'unsupported', caption: 'what is this?', replied: { text: 'before' } });
    expect(read({ photo: [], caption: '  ' })).not.toHaveProperty('caption');
  });

  it('that can be said in words is a text', () => {
    const incoming = read({ location: { latitude: 1, longitude: 2 }, forward_origin: { type: 'user' } });
    expect(incoming).toMatchObject({ kind: 'text', text: 'Location: 1, 2', forwardedFrom: 'somebody' });
  });

  it('that only tells what became of the chat needs no answer', () => {
    expect(read({ new_chat_members: {} }, group())).toBeUndefined();
  });
});

describe('an edit', () => {
  const edit = (more: object) => {
    const update = readUpdate({ update_id: 1, edited_message: message(ME, more) });
    return update && readIncoming(update);
  };

  it('is read with its formatting and its file', () => {
    const bold = [{ type: 'bold', offset: 0, length: 2 }];
    expect(edit({ text: 'so it', entities: bold })).toMatchObject({
      kind: 'edited',
      text: 'so it',
      markdown: '**so** it',
    });
    const document = { file_id: 'F', file_unique_id: 'U' };
    expect(edit({ document, caption: 'so it', caption_entities: bold })).toMatchObject({
      markdown: '**so** it',
      files: [{ fileId: 'F' }],
    });
  });

  it('says when it was made, if Telegram does', () => {
    expect(edit({ text: 'so it', edit_date: 9 })).toMatchObject({ editedAt: 9_000 });
    expect(edit({ text: 'so it' })).not.toHaveProperty('editedAt');
  });

  it('of a live location says that somebody is on the move', () => {
    expect(edit({ location: { latitude: 1, longitude: 2 } })).toMatchObject({ kind: 'edited', isMoving: true });
  });
});

describe('a message with a file', () => {
  const document = { file_id: 'F', file_unique_id: 'U', file_name: 'a.pdf' };

  it('is read with its caption, its album, whose it was and what it replies to', () => {
    const more = { caption: 'look', media_group_id: '77', reply_to_message: { message_id: 3, text: 'before' } };
    const forward_origin = { type: 'hidden_user', sender_user_name: 'Hidden' };
    expect(read({ document, ...more, forward_origin })).toMatchObject({
      kind: 'text',
      text: 'look',
      files: [{ fileId: 'F', kind: 'document', name: 'a.pdf' }],
      album: '77',
      replied: { messageId: 3, text: 'before' },
      repliesTo: 3,
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
    expect(read({ gift: {}, forward_origin })).toMatchObject({ kind: 'unsupported', forwardedFrom: name });
  });
});

describe('a text with formatting', () => {
  it('has it as Markdown beside what was typed', () => {
    const entities = [{ type: 'text_link', offset: 4, length: 10, url: 'https://x.y/1' }];
    expect(read({ text: 'see this issue please', entities })).toMatchObject({
      text: 'see this issue please',
      markdown: 'see [this issue](https://x.y/1) please',
    });
    expect(read({ text: 'plain' })).not.toHaveProperty('markdown');
  });
});

describe('a reply', () => {
  it('says to which message, what that holds, and of which album it is', () => {
    const document = { file_id: 'F', file_unique_id: 'U' };
    expect(read({ text: 'x', reply_to_message: { message_id: 3, document, media_group_id: '77' } })).toMatchObject({
      repliesTo: 3,
      replied: { messageId: 3, files: [{ fileId: 'F' }] },
      repliedAlbum: '77',
    });
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
