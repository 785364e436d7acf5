import { describe, expect, it } from 'vitest';
import type { ContentKind } from './content-kinds.ts';
import { readContent } from './read-content.ts';

const file = { file_id: 'F', file_unique_id: 'U' };
const photo = [{ ...file, width: 9, height: 9 }];
const ann = { id: 5, is_bot: false, first_name: 'Ann' };
const berlin = { latitude: 52.5, longitude: 13.4 };
const task = (id: number, text: string, completion_date = 0) => ({ id, text, completion_date });
const list = { checklist: { title: 'Shop', tasks: [task(1, 'milk', 9), task(2, 'eggs')] } };
const event = { sent: {}, event: true } as const;

/** What there must be of a kind: words or files for Claude, a sentence for the person, or an event that nobody sent to the bot. */
type Expected =
  | { sent: unknown; text: string; files?: number }
  | { sent: unknown; files: number }
  | { sent: unknown; refused: string }
  | { sent: unknown; event: true };

/** Every kind of message of the Bot API: a new one does not compile until somebody says what becomes of it. */
const EVERY_KIND: Record<ContentKind, Expected> = {
  text: { sent: 'hello', text: 'hello' },
  rich_message: { sent: { blocks: [{ type: 'paragraph', text: 'hello' }] }, text: 'hello' },
  photo: { sent: photo, files: 1 },
  live_photo: { sent: { ...file, photo }, files: 2 },
  animation: { sent: file, files: 1 },
  document: { sent: file, files: 1 },
  voice: { sent: file, files: 1 },
  audio: { sent: file, files: 1 },
  video: { sent: file, files: 1 },
  video_note: { sent: file, files: 1 },
  sticker: { sent: { ...file, is_animated: false, is_video: false }, files: 1 },
  paid_media: { sent: { star_count: 1, paid_media: [{ type: 'photo', photo }] }, files: 1 },
  location: { sent: { ...berlin, horizontal_accuracy: 15 }, text: 'Location: 52.5, 13.4 (within 15 m)' },
  venue: {
    sent: { location: berlin, title: 'Gate', address: 'Platz 1' },
    text: 'Venue: Gate, Platz 1\nLocation: 52.5, 13.4',
  },
  contact: {
    sent: { phone_number: '+491', first_name: 'Ann', last_name: 'Lee', user_id: 5 },
    text: 'Contact: Ann Lee, +491, Telegram id 5',
  },
  poll: {
    sent: {
      question: 'Tea?',
      options: [
        { text: 'yes', voter_count: 0 },
        { text: 'no', voter_count: 0 },
      ],
    },
    text: 'Poll: Tea?\n- yes\n- no',
  },
  checklist: { sent: list.checklist, text: 'Checklist: Shop\n- [x] milk\n- [ ] eggs' },
  poll_option_added: { sent: { option_text: 'maybe' }, text: 'Added to a poll: maybe' },
  poll_option_deleted: { sent: { option_text: 'maybe' }, text: 'Taken out of a poll: maybe' },
  checklist_tasks_added: {
    sent: { checklist_message: list, tasks: [task(3, 'tea')] },
    text: 'Added to the checklist “Shop”:\n- [ ] tea',
  },
  checklist_tasks_done: {
    sent: { checklist_message: list, marked_as_done_task_ids: [2], marked_as_not_done_task_ids: [7] },
    text: 'Marked in the checklist “Shop”:\n- [x] eggs\n- [ ] task 7',
  },
  dice: { sent: { emoji: '🎲', value: 4 }, refused: 'dice' },
  game: { sent: {}, refused: 'games' },
  story: { sent: { chat: {}, id: 1 }, refused: 'stories' },
  invoice: { sent: {}, refused: 'invoices' },
  giveaway: { sent: {}, refused: 'giveaways' },
  giveaway_winners: { sent: {}, refused: 'giveaways' },
  giveaway_created: { sent: {}, refused: 'giveaways' },
  giveaway_completed: { sent: {}, refused: 'giveaways' },
  gift: { sent: {}, refused: 'gifts' },
  unique_gift: { sent: {}, refused: 'gifts' },
  gift_upgrade_sent: { sent: {}, refused: 'gifts' },
  users_shared: { sent: { users: [{ user_id: 5 }] }, refused: 'shared users' },
  chat_shared: { sent: { chat_id: 5 }, refused: 'shared chats' },
  web_app_data: { sent: { data: 'x', button_text: 'y' }, refused: 'data of web apps' },
  passport_data: { sent: {}, refused: 'Telegram Passport data' },
  successful_payment: { sent: {}, refused: 'payments' },
  refunded_payment: { sent: {}, refused: 'payments' },
  managed_bot_created: { sent: {}, refused: 'bots to manage' },
  suggested_post_info: { sent: {}, refused: 'suggested posts' },
  suggested_post_approved: { sent: {}, refused: 'suggested posts' },
  suggested_post_approval_failed: { sent: {}, refused: 'suggested posts' },
  suggested_post_declined: { sent: {}, refused: 'suggested posts' },
  suggested_post_paid: { sent: {}, refused: 'suggested posts' },
  suggested_post_refunded: { sent: {}, refused: 'suggested posts' },
  new_chat_members: { sent: [ann], event: true },
  left_chat_member: { sent: ann, event: true },
  new_chat_title: { sent: 'T', event: true },
  ...{ new_chat_photo: event, delete_chat_photo: event, chat_background_set: event },
  ...{ chat_owner_left: event, chat_owner_changed: event, community_chat_added: event },
  ...{ community_chat_removed: event, community_chat_joined: event, group_chat_created: event },
  ...{ supergroup_chat_created: event, channel_chat_created: event, message_auto_delete_timer_changed: event },
  ...{ migrate_to_chat_id: event, migrate_from_chat_id: event, pinned_message: event, boost_added: event },
  ...{ forum_topic_created: event, forum_topic_edited: event, forum_topic_closed: event },
  ...{ forum_topic_reopened: event, general_forum_topic_hidden: event, general_forum_topic_unhidden: event },
  ...{ video_chat_scheduled: event, video_chat_started: event, video_chat_ended: event },
  ...{ video_chat_participants_invited: event, proximity_alert_triggered: event },
  ...{ paid_message_price_changed: event, direct_message_price_changed: event },
  ...{ connected_website: event, write_access_allowed: event },
};

describe('a message', () => {
  it.each(Object.entries(EVERY_KIND))('with %s reaches Claude, or is answered, or is no message', (kind, expected) => {
    const content = readContent({ [kind]: expected.sent });
    if ('event' in expected) expect(content).toBeUndefined();
    else if ('refused' in expected)
      expect(content).toEqual({ text: '', markdown: '', files: [], refused: expected.refused });
    else {
      expect(content).not.toHaveProperty('refused');
      expect(content?.files).toHaveLength(expected.files ?? 0);
      expect(content?.markdown).toBe('text' in expected ? expected.text : '');
    }
  });

  it.each(Object.entries(EVERY_KIND).filter(([, expected]) => !('event' in expected)))(
    'with %s of a shape that nobody foresaw is answered all the same',
    (kind) => {
      for (const sent of [5, 'x', {}, [], null, { blocks: 5 }]) {
        const content = readContent({ [kind]: sent });
        if (kind === 'text' && sent === 'x') continue;
        expect(content?.refused, `${JSON.stringify(sent)}`).toEqual(expect.any(String));
      }
    },
  );

  it('with nothing in it, or with what is newer than this bot, is answered, and its caption is read', () => {
    const nothing = { text: '', markdown: '', files: [], refused: 'this kind of message' };
    expect(readContent({})).toEqual(nothing);
    expect(readContent({ hologram: {} })).toEqual(nothing);
    expect(readContent({ hologram: {}, caption: 'look' })).toEqual({ ...nothing, text: 'look', markdown: 'look' });
  });

  it('with what is there for older apps is what the person sent', () => {
    const venue = { location: berlin, title: 'Gate', address: 'Platz 1' };
    expect(readContent({ location: berlin, venue })?.text).toMatch(/^Venue/);
    expect(readContent({ document: file, animation: file })?.files).toMatchObject([{ kind: 'animation' }]);
    expect(readContent({ photo, live_photo: file })?.files).toMatchObject([{ kind: 'photo' }, { kind: 'video' }]);
  });

  it('has its caption formatted', () => {
    const caption_entities = [{ type: 'bold', offset: 0, length: 4 }];
    expect(readContent({ photo, caption: 'look here', caption_entities })).toMatchObject({
      text: 'look here',
      markdown: '**look** here',
    });
  });

  it('that moves is still no file for Claude: an animated sticker is named', () => {
    expect(readContent({ sticker: { ...file, is_animated: true, is_video: false } })?.refused).toBe(
      'animated stickers',
    );
  });

  it('with paid media that were not paid for is answered', () => {
    expect(readContent({ paid_media: { paid_media: [{ type: 'preview' }] }, caption: 'c' })).toMatchObject({
      text: 'c',
      refused: 'paid media',
    });
    const both = [{ type: 'preview' }, { type: 'photo', photo }];
    expect(readContent({ paid_media: { paid_media: both } })?.text).toBe('Paid media: 1 of 2 can be had.');
  });
});

describe('a poll', () => {
  it('has its votes, what is right, what belongs to it, and its files', () => {
    const poll = {
      ...{ question: 'Why?', type: 'quiz', is_closed: true, total_voter_count: 3, correct_option_ids: [1] },
      question_entities: [{ type: 'custom_emoji', offset: 0, length: 1 }],
      options: [
        { text: 'so', voter_count: 1, media: { link: { url: 'https://x.y' } } },
        { text: 'thus', voter_count: 2, media: { photo } },
      ],
      ...{ description: 'A hard one', explanation: 'see here' },
      explanation_entities: [{ type: 'text_link', offset: 4, length: 4, url: 'https://z' }],
      media: { venue: { location: berlin } },
    };
    const content = readContent({ poll });
    expect(content?.markdown.split('\n')).toEqual([
      'Quiz (closed): Why?',
      'A hard one',
      'Location: 52.5, 13.4',
      '- so (1 of 3, https://x.y)',
      '- thus (2 of 3, right)',
      'Explanation: see [here](https://z)',
    ]);
    expect(content?.files).toHaveLength(1);
  });
});

it('a contact has all that its card says, which cannot end the block that it stands in', () => {
  const vcard = 'BEGIN:VCARD\nNOTE:```\nEND:VCARD';
  expect(readContent({ contact: { phone_number: '1', first_name: 'A', vcard } })?.text).toBe(
    `Contact: A, 1\n\`\`\`\`vcard\n${vcard}\n\`\`\`\``,
  );
});
