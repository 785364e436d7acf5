import type { MessageEntity, Reaction, UpdateContent } from '../protocol/api-types.ts';
import type { Person, Topic } from '../cloud/chats.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { MAX_TEXT } from '../methods/send-message.ts';
import { bigId, type Extras, enter, type Place, type Say, type Spoken, speak } from './post-message.ts';
import { postAlbum, postFile, postSticker, type SendAlbum, type SendFile } from './post-files.ts';
import { prepareText } from '../texts/prepare-text.ts';
import { type MessageRecord, type ShownMessage, showButtons, showMessage } from '../cloud/shown-message.ts';
import { addTopic } from '../cloud/topics.ts';

/** A message of a person and the id of the update that brings it to the bot. */
export type Sent = { updateId: number; message: ShownMessage };

/** What people do. Each throws an Error that says why it is not possible. */
export type PersonActions = {
  /** Sends a text; longer than 4096 UTF-16 units it is split as the apps do, and `parts` has them all. */
  say(say: Say): Sent & { parts: Sent[] };
  /** Sends several texts, which become visible to getUpdates at once. */
  sayBatch(says: readonly Say[]): Sent[];
  sendFile(send: SendFile): Sent;
  /** Sends an album: all its updates become visible at once. */
  sendAlbum(send: SendAlbum): Sent[];
  sendSticker(place: Place & Extras & { emoji: string }): Sent;
  /** Presses the button with this `callback_data`. */
  press(press: Place & { messageId: number; data: string }): { updateId: number; queryId: string };
  /** Edits an own message. `updateId` is undefined if the bot does not want such updates. */
  edit(edit: Place & { messageId: number; text: string; entities?: MessageEntity[] }): { updateId: number | undefined };
  /** Sets or, with an empty string, takes away a reaction. */
  react(react: Place & { messageId: number; emoji: string }): { updateId: number | undefined };
  /** Presses Telegram's own Stop button at the draft that is shown. */
  stopDraft(place: Place): { updateId: number | undefined };
  /** Blocks the bot: it gets 403 from now on. */
  block(userId: number): void;
  unblock(userId: number): void;
  createTopic(place: Place & { name: string }): Topic;
  addPerson(person: Person, options?: { started?: boolean }): void;
  addGroup(group: { id: number; title: string; forum: boolean; members: readonly number[] }): void;
};

/** Makes what people do in this cloud. Each act changes the chats and adds its updates in one step. */
export function createPersonActions(cloud: Cloud): PersonActions {
  const deliver = (spoken: readonly Spoken[]): Sent[] => {
    const ids = cloud.updates.add(spoken.map(({ content }) => content));
    return spoken.map(({ record }, at) => ({ updateId: wanted(ids[at]), message: showMessage(record) }));
  };
  const one = (spoken: Spoken): Sent => first(deliver([spoken]));
  const update = (content: UpdateContent) => cloud.updates.add([content])[0];
  return {
    say(say) {
      const parts = deliver(speak(cloud, say));
      return { ...first(parts), parts };
    },
    sayBatch: (says) => deliver(says.flatMap((say) => speak(cloud, say))),
    sendFile: (send) => one(postFile(cloud, send)),
    sendAlbum: (send) => deliver(postAlbum(cloud, send)),
    sendSticker: (place) => one(postSticker(cloud, place)),
    press(press) {
      const record = shownRecord(cloud, press, press.messageId);
      checkButton(record, press.data);
      const query = {
        id: bigId(),
        from: cloud.chats.user(press.from),
        message: record.message,
        chat_instance: bigId(),
        data: press.data,
      };
      cloud.presses.set(query.id, { query, at: cloud.now(), answer: undefined });
      return { updateId: wanted(update({ callback_query: query })), queryId: query.id };
    },
    edit: (edit) => ({ updateId: update(editOwn(cloud, edit)) }),
    react: (react) => ({ updateId: update(reactTo(cloud, react)) }),
    stopDraft: (place) => ({ updateId: update(stop(cloud, place)) }),
    block: (userId) => setBlocked(cloud, userId, true),
    unblock: (userId) => setBlocked(cloud, userId, false),
    createTopic(place) {
      const record = enter(cloud, place);
      if (!record.hasTopics) throw new Error(`Chat ${record.chat.id} has no topics`);
      const { topic, created } = addTopic(cloud, record, { name: place.name, from: cloud.chats.user(place.from) });
      update({ message: created.message });
      return topic;
    },
    addPerson(person, options) {
      cloud.chats.addPerson(person, options);
      cloud.tell({ kind: 'chats' });
    },
    addGroup(group) {
      cloud.chats.addGroup(group);
      cloud.tell({ kind: 'chats' });
    },
  };
}

function shownRecord(cloud: Cloud, place: Place, messageId: number): MessageRecord {
  const { chat } = enter(cloud, place);
  const record = cloud.messages.find(chat.id, messageId);
  if (record === undefined || record.deleted) throw new Error(`Chat ${chat.id} shows no message ${messageId}`);
  return record;
}

function checkButton({ message }: MessageRecord, data: string): void {
  const buttons = showButtons(message).flat();
  if (buttons.some((button) => button.data === data)) return;
  const there = buttons.map((button) => `${button.text} (${button.data ?? button.url})`).join(', ') || 'none';
  throw new Error(`Message ${message.message_id} has no button with the data "${data}"; its buttons: ${there}`);
}

function editOwn(cloud: Cloud, edit: Parameters<PersonActions['edit']>[0]): UpdateContent {
  const record = shownRecord(cloud, edit, edit.messageId);
  if (record.message.from?.id !== edit.from)
    throw new Error(`Message ${edit.messageId} is not one of user ${edit.from}`);
  const { text, entities } = prepareText(
    { ...edit, entities: edit.entities, parseMode: undefined },
    MAX_TEXT,
    'message is too long',
  );
  const parts =
    record.message.text === undefined
      ? { caption: text }
      : { text, entities: entities.length > 0 ? entities : undefined };
  cloud.messages.change(record, parts, { edited: true });
  return { edited_message: record.message };
}

function reactTo(cloud: Cloud, react: Parameters<PersonActions['react']>[0]): UpdateContent {
  const record = shownRecord(cloud, react, react.messageId);
  const asReactions = (emojis: readonly string[]): Reaction[] => emojis.map((emoji) => ({ type: 'emoji', emoji }));
  const before = record.reactions.get(react.from) ?? [];
  const after = react.emoji === '' ? [] : [react.emoji];
  cloud.messages.react(record, react.from, after);
  const { chat, message_id } = record.message;
  const date = Math.floor(cloud.now() / 1000);
  const reactions = { old_reaction: asReactions(before), new_reaction: asReactions(after) };
  return { message_reaction: { chat, message_id, user: cloud.chats.user(react.from), date, ...reactions } };
}

function stop(cloud: Cloud, place: Place): UpdateContent {
  const { chat } = enter(cloud, place);
  const draft = cloud.drafts.get(chat.id, place.thread);
  if (draft === undefined) throw new Error(`Chat ${chat.id} shows no draft to stop`);
  if (!draft.canStop) throw new Error(`The draft in chat ${chat.id} has no Stop button`);
  if (!draft.keepOnStop) cloud.drafts.dismiss(chat.id, place.thread);
  const thread = place.thread === undefined ? {} : { message_thread_id: place.thread };
  return { stopped_message_generation: { chat, ...thread, draft_id: draft.draftId } };
}

function setBlocked(cloud: Cloud, userId: number, blocked: boolean): void {
  const record = cloud.chats.get(userId);
  if (record.blocked === blocked) return;
  record.blocked = blocked;
  const member = (isIn: boolean) => ({
    status: isIn ? 'member' : 'kicked',
    user: cloud.me,
    ...(isIn ? {} : { until_date: 0 }),
  });
  const change = { old_chat_member: member(blocked), new_chat_member: member(!blocked) };
  const date = Math.floor(cloud.now() / 1000);
  cloud.updates.add([{ my_chat_member: { chat: record.chat, from: cloud.chats.user(userId), date, ...change } }]);
  cloud.tell({ kind: 'chats' });
}

function first(sent: readonly Sent[]): Sent {
  const [found] = sent;
  if (found === undefined) throw new Error('Nothing was sent');
  return found;
}

function wanted(updateId: number | undefined): number {
  if (updateId !== undefined) return updateId;
  throw new Error('The bot does not receive this kind of update: its last getUpdates left it out of allowed_updates');
}
