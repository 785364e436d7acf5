import { describe, expect, it } from 'vitest';
import { readContent } from './read-content.ts';
import { readReplied as readRepliedWith } from './read-replied.ts';

const readReplied = (sent: Readonly<Record<string, unknown>>) => readRepliedWith(sent, readContent);

const ann = { id: 7, is_bot: false, first_name: 'Ann' };
const bob = { id: 8, is_bot: false, first_name: 'Bob' };
const bot = { id: 9, is_bot: true, first_name: 'Signalbox' };
const file = { file_id: 'F', file_unique_id: 'U' };
const ref = { fileId: 'F', uniqueId: 'U' };
const photo = [{ ...file, width: 9, height: 9 }];

/** What the bot makes of a reply of Ann's to this. */
const to = (replied: object, more: object = {}) =>
  readReplied({ from: ann, text: 'x', reply_to_message: { message_id: 3, from: ann, ...replied }, ...more });

describe('a reply', () => {
  it('to a text brings it as it was formatted', () => {
    const entities = [{ type: 'text_link', offset: 4, length: 4, url: 'https://x.y' }];
    expect(to({ text: 'see here', entities })).toEqual({
      replied: { messageId: 3, text: 'see [here](https://x.y)' },
    });
  });

  it.each([
    ['a photo', { photo }, { ...ref, kind: 'photo' }],
    ['a file', { document: file }, { ...ref, kind: 'document' }],
    ['a voice message', { voice: file }, { ...ref, kind: 'voice' }],
  ])('to %s brings it, with its caption', (_what, sent, expected) => {
    expect(to({ ...sent, caption: 'look' })).toEqual({ replied: { messageId: 3, text: 'look', files: [expected] } });
  });

  it('to one of an album says which', () => {
    expect(to({ photo, media_group_id: '77' })?.album).toBe('77');
  });

  it('to a location, a poll or a checklist brings it in words', () => {
    expect(to({ location: { latitude: 1, longitude: 2 } })?.replied.text).toBe('Location: 1, 2');
    expect(to({ poll: { question: 'Tea?', options: [{ text: 'yes' }] } })?.replied.text).toBe('Poll: Tea?\n- yes');
  });

  it('to what somebody else wrote says who; what the sender or the bot wrote needs no name', () => {
    expect(to({ text: 'a', from: bob })?.replied.from).toBe('Bob');
    expect(to({ text: 'a', sender_chat: { title: 'News' } })?.replied.from).toBe('News');
    expect(to({ text: 'a', from: bot })?.replied).not.toHaveProperty('from');
    expect(to({ text: 'a' })?.replied).not.toHaveProperty('from');
  });

  it('to what was forwarded says whose it was, whoever forwarded it', () => {
    const forward_origin = { type: 'user', sender_user: { id: 9, first_name: 'Mallory' } };
    expect(to({ text: 'a', forward_origin })?.replied.from).toBe('Mallory');
    expect(to({ text: 'a', from: bob, forward_origin })?.replied.from).toBe('Mallory');
  });

  it('with a part chosen means that part, and still has the file', () => {
    const quote = { text: 'the log', position: 4, entities: [{ type: 'bold', offset: 4, length: 3 }] };
    expect(to({ document: file, caption: 'see the log' }, { quote })).toEqual({
      replied: { messageId: 3, text: 'the **log**', isPart: true, files: [{ ...ref, kind: 'document' }] },
    });
  });

  it('to one task or option of a list means that one', () => {
    const checklist = {
      title: 'Shop',
      tasks: [
        { id: 1, text: 'milk' },
        { id: 2, text: 'eggs' },
      ],
    };
    expect(to({ checklist }, { reply_to_checklist_task_id: 2 })?.replied).toMatchObject({ text: 'eggs', isPart: true });
    const poll = { question: 'Tea?', options: [{ persistent_id: 'p', text: 'yes' }] };
    expect(to({ poll }, { reply_to_poll_option_id: 'p' })?.replied).toMatchObject({ text: 'yes', isPart: true });
  });

  it('to a long text has its beginning and its end, says what is left out, and tears no character and no mark', () => {
    const text = `${'😀'.repeat(1_500)} the end`;
    const entities = [{ type: 'bold', offset: 0, length: text.length }];
    const { text: brought = '' } = to({ text, entities })?.replied ?? {};
    expect(brought).toMatch(/^\*\*(😀)+\*\*\n\n\[… 1,\d{3} characters left out …\]\n\n\*\*(😀)+ the end\*\*$/u);
    expect(brought.length).toBeLessThan(2_100);
    expect(brought).not.toMatch(/\p{Surrogate}/u);
  });

  it('to what cannot be passed on says so', () => {
    expect(to({ gift: {} })?.replied).toEqual({ messageId: 3, missing: "gifts can't be passed on yet" });
    expect(to({ hologram: {}, caption: 'look' })?.replied).toMatchObject({ text: 'look', missing: expect.any(String) });
    expect(to({ pinned_message: {} })?.replied.missing).toContain('messages of the chat itself');
    expect(readReplied({ reply_to_story: { id: 1 } })?.replied).toEqual({ missing: "stories can't be passed on yet" });
  });

  it('to the making of a topic is none: every message of a topic formally is one', () => {
    expect(to({ forum_topic_created: { name: 'T' } })).toBeUndefined();
    expect(readReplied({ text: 'x' })).toBeUndefined();
  });
});

describe('a reply to a message of another chat', () => {
  const origin = { type: 'channel', chat: { id: -100_5, title: 'News' }, message_id: 4 };
  const chat = { id: -1_005, type: 'channel', title: 'News', username: 'news' };

  it('says where that is from, and has its file', () => {
    expect(readReplied({ external_reply: { origin, chat, message_id: 4, document: file } })).toEqual({
      replied: { from: 'News, https://t.me/news/4', files: [{ ...ref, kind: 'document' }] },
    });
  });

  it('has of a text what was quoted', () => {
    const hidden = { type: 'hidden_user', sender_user_name: 'Mallory' };
    expect(readReplied({ external_reply: { origin: hidden }, quote: { text: 'part' } })).toEqual({
      replied: { from: 'Mallory', text: 'part', isPart: true },
    });
  });

  it('without a quote says that Telegram gives no more of it', () => {
    const closed = { id: -1_001_234, type: 'supergroup', title: 'Team' };
    expect(readReplied({ external_reply: { origin, chat: closed, message_id: 4 } })).toEqual({
      replied: { from: 'News, https://t.me/c/1234/4', missing: expect.stringContaining('only what was quoted') },
    });
  });

  it('has the part that was chosen even if nothing else is known', () => {
    expect(readReplied({ quote: { text: 'part' } })).toEqual({ replied: { text: 'part', isPart: true } });
  });
});
