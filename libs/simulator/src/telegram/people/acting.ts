import type { Topic } from '../cloud/chats.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { type MessageRecord, showButtons } from '../cloud/shown-message.ts';
import { addTopic } from '../cloud/topics.ts';
import type { MessageEntity, Reaction, UpdateContent } from '../protocol/api-types.ts';
import { bigId } from '../protocol/big-id.ts';
import { textFields } from '../texts/prepare-text.ts';
import { enter, findShown, type Place, wanted } from './post-message.ts';

type Edit = Place & { messageId: number; text: string; entities?: MessageEntity[] };
type React = Place & { messageId: number; emoji: string };

/** What became of an act: `updateId` is undefined if the bot does not want such updates. */
type Acted = { updateId: number | undefined };

/** What people do with what a chat shows. Each throws an Error that says why it is not possible. */
export type Acting = {
  /** Presses the button with this `callback_data`. */
  press(press: Place & { messageId: number; data: string }): { updateId: number; queryId: string };
  /** Edits an own message. */
  edit(edit: Edit): Acted;
  /** Sets or, with an empty string, takes away a reaction. */
  react(react: React): Acted;
  /** Presses Telegram's own Stop button at the draft that is shown. */
  stopDraft(place: Place): Acted;
  createTopic(place: Place & { name: string }): Topic;
};

/** Makes what people do in this cloud. Each act changes the chats and adds its update in one step. */
export function createActing(cloud: Cloud): Acting {
  const update = (content: UpdateContent) => cloud.updates.add([content])[0];
  return {
    press(press) {
      const record = findShown(cloud, press, press.messageId);
      checkButton(record, press.data);
      const { message } = record;
      const from = cloud.chats.user(press.from);
      const query = { id: bigId(), from, message, chat_instance: bigId(), data: press.data };
      cloud.presses.set(query.id, { query, at: Date.now(), answer: undefined });
      return { updateId: wanted(update({ callback_query: query })), queryId: query.id };
    },
    edit: (edit) => ({ updateId: update(editOwn(cloud, edit)) }),
    react: (react) => ({ updateId: update(reactTo(cloud, react)) }),
    stopDraft: (place) => ({ updateId: update(stop(cloud, place)) }),
    createTopic(place) {
      const record = enter(cloud, place);
      if (!record.hasTopics) throw new Error(`Chat ${record.chat.id} has no topics`);
      const { topic, created } = addTopic(cloud, record, { name: place.name, from: cloud.chats.user(place.from) });
      update({ message: created.message });
      return topic;
    },
  };
}

function checkButton({ message }: MessageRecord, data: string): void {
  const buttons = showButtons(message).flat();
  if (buttons.some((button) => button.data === data)) return;
  const there = buttons.map((button) => `${button.text} (${button.data ?? button.url})`).join(', ') || 'none';
  throw new Error(`Message ${message.message_id} has no button with the data "${data}"; its buttons: ${there}`);
}

function editOwn(cloud: Cloud, edit: Edit): UpdateContent {
  const record = findShown(cloud, edit, edit.messageId);
  if (record.message.from?.id !== edit.from)
    throw new Error(`Message ${edit.messageId} is not one of user ${edit.from}`);
  const { text, entities } = textFields(edit);
  const fields = record.message.text === undefined ? { caption: text } : { text, entities };
  cloud.messages.change(record, fields, { edited: true });
  return { edited_message: record.message };
}

function reactTo(cloud: Cloud, react: React): UpdateContent {
  const record = findShown(cloud, react, react.messageId);
  const asReactions = (emojis: readonly string[]): Reaction[] => emojis.map((emoji) => ({ type: 'emoji', emoji }));
  const before = record.reactions.get(react.from) ?? [];
  const after = react.emoji === '' ? [] : [react.emoji];
  cloud.messages.react(record, react.from, after);
  const { chat, message_id } = record.message;
  const date = Math.floor(Date.now() / 1000);
  const reactions = { old_reaction: asReactions(before), new_reaction: asReactions(after) };
  return { message_reaction: { chat, message_id, user: cloud.chats.user(react.from), date, ...reactions } };
}

function stop(cloud: Cloud, place: Place): UpdateContent {
  const { chat } = enter(cloud, place);
  const draft = cloud.drafts.current(chat.id, place.thread);
  if (draft === undefined) throw new Error(`Chat ${chat.id} shows no draft to stop`);
  if (!draft.canStop) throw new Error(`The draft in chat ${chat.id} has no Stop button`);
  if (!draft.keepOnStop) cloud.drafts.dismiss(chat.id, place.thread);
  const thread = place.thread === undefined ? {} : { message_thread_id: place.thread };
  return { stopped_message_generation: { chat, ...thread, draft_id: draft.draftId } };
}
