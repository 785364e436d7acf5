import type { Message } from '@grammyjs/types';
import type { AnyMessage } from './content.ts';
import { describeAddedTasks, describeChecklist, describeMarkedTasks } from './kinds/describe-checklist.ts';
import { describePaidMedia } from './kinds/describe-paid-media.ts';
import { describeContact } from './kinds/describe-person.ts';
import { describePoint, describeVenue } from './kinds/describe-place.ts';
import { describeOptionChange, describePoll } from './kinds/describe-poll.ts';
import type { Describe } from './kinds/described.ts';
import { readRichMessage } from './rich/write-blocks.ts';

/** Every field of a message that holds what somebody sent or what happened; the others say who, where, when, and to what. */
export type ContentKind = Exclude<keyof Message, keyof Message.MediaMessage | 'entities'>;

/**
 * What becomes of a kind of content. `text`, `file`: it is passed on · `words`: put into words, it is passed on · `refused`: a sentence says
 * that it is not · `event`: nobody sent it to the bot, it only tells what became of the chat. `named`: its plural in a person’s words.
 */
export type Handling =
  | { as: 'text' }
  | { as: 'event' }
  | { as: 'file'; named: string }
  | { as: 'refused'; named: string }
  | { as: 'words'; named: string; describe: Describe };

const EVENT: Handling = { as: 'event' };
const file = (named: string): Handling => ({ as: 'file', named });
const refused = (named: string): Handling => ({ as: 'refused', named });
const words = (named: string, describe: Describe): Handling => ({ as: 'words', named, describe });

/**
 * What becomes of each kind, in the order in which they count: what comes with another for older apps stands before that. A kind that is not here
 * does not compile, so that none is met with silence.
 */
export const CONTENT_KINDS: Record<ContentKind, Handling> = {
  text: { as: 'text' },
  rich_message: words('rich messages', readRichMessage),
  live_photo: file('live photos'),
  photo: file('photos'),
  animation: file('animations'),
  document: file('files'),
  voice: file('voice messages'),
  audio: file('audio files'),
  video: file('videos'),
  video_note: file('videos'),
  sticker: file('animated stickers'),
  paid_media: words('paid media', describePaidMedia),
  venue: words('venues', describeVenue),
  location: words('locations', describePoint),
  contact: words('contacts', describeContact),
  poll: words('polls', describePoll),
  checklist: words('checklists', describeChecklist),
  poll_option_added: words('changes of polls', describeOptionChange('Added to a poll')),
  poll_option_deleted: words('changes of polls', describeOptionChange('Taken out of a poll')),
  checklist_tasks_added: words('changes of checklists', describeAddedTasks),
  checklist_tasks_done: words('changes of checklists', describeMarkedTasks),
  ...{ dice: refused('dice'), game: refused('games'), story: refused('stories'), invoice: refused('invoices') },
  ...{ giveaway: refused('giveaways'), giveaway_winners: refused('giveaways') },
  ...{ giveaway_created: refused('giveaways'), giveaway_completed: refused('giveaways') },
  ...{ gift: refused('gifts'), unique_gift: refused('gifts'), gift_upgrade_sent: refused('gifts') },
  ...{ users_shared: refused('shared users'), chat_shared: refused('shared chats') },
  web_app_data: refused('data of web apps'),
  passport_data: refused('Telegram Passport data'),
  ...{ successful_payment: refused('payments'), refunded_payment: refused('payments') },
  managed_bot_created: refused('bots to manage'),
  ...{ suggested_post_info: refused('suggested posts'), suggested_post_approved: refused('suggested posts') },
  ...{
    suggested_post_approval_failed: refused('suggested posts'),
    suggested_post_declined: refused('suggested posts'),
  },
  ...{ suggested_post_paid: refused('suggested posts'), suggested_post_refunded: refused('suggested posts') },
  ...{ new_chat_members: EVENT, left_chat_member: EVENT, chat_owner_left: EVENT, chat_owner_changed: EVENT },
  ...{ community_chat_added: EVENT, community_chat_removed: EVENT, community_chat_joined: EVENT },
  ...{ group_chat_created: EVENT, supergroup_chat_created: EVENT, channel_chat_created: EVENT },
  ...{ migrate_to_chat_id: EVENT, migrate_from_chat_id: EVENT },
  ...{ new_chat_title: EVENT, new_chat_photo: EVENT, delete_chat_photo: EVENT, chat_background_set: EVENT },
  ...{ pinned_message: EVENT, message_auto_delete_timer_changed: EVENT, boost_added: EVENT },
  ...{ forum_topic_created: EVENT, forum_topic_edited: EVENT, forum_topic_closed: EVENT, forum_topic_reopened: EVENT },
  ...{ general_forum_topic_hidden: EVENT, general_forum_topic_unhidden: EVENT },
  ...{ video_chat_scheduled: EVENT, video_chat_started: EVENT, video_chat_ended: EVENT },
  ...{ video_chat_participants_invited: EVENT, proximity_alert_triggered: EVENT },
  ...{ paid_message_price_changed: EVENT, direct_message_price_changed: EVENT },
  ...{ connected_website: EVENT, write_access_allowed: EVENT },
};

/** Which kind of content a message holds; `undefined`: none of those, it is newer than this bot, or nothing is left of it. */
export function kindOf(message: AnyMessage): ContentKind | undefined {
  return (Object.keys(CONTENT_KINDS) as ContentKind[]).find((each) => message[each] !== undefined);
}
