import type { ApiCall } from '../protocol/api-call.ts';
import type { Message } from '../protocol/api-types.ts';
import { type HistoryEntry, type MessageRecord, showButtons } from './shown-message.ts';

/** A message before it has its id and date. */
export type NewMessage = Omit<Message, 'message_id' | 'date'> & { date?: number };

/** Fields of a message to replace; `undefined` takes a field away. */
export type MessageChange = { [Key in keyof Message]?: Message[Key] | undefined };

/** Every message of every chat, with what happened to it. The only place where messages change. */
export type MessageStore = {
  add(message: NewMessage, options?: { call?: ApiCall | undefined; silent?: boolean }): MessageRecord;
  /** Also finds deleted ones. */
  find(chatId: number, messageId: number): MessageRecord | undefined;
  /** In the order they were sent, deleted ones too. */
  list(chatId: number): MessageRecord[];
  /** Replaces fields of a message and notes it. `edited` sets the mark that people see. */
  change(record: MessageRecord, fields: MessageChange, options: { call?: ApiCall | undefined; edited: boolean }): void;
  /** Puts a message into a topic without noting a change: for the one that makes the topic. */
  place(record: MessageRecord, thread: number): void;
  remove(record: MessageRecord, call?: ApiCall): void;
  /** @param emojis empty takes the reaction away */
  react(record: MessageRecord, userId: number, emojis: readonly string[], call?: ApiCall): void;
};

/** An empty store. @param changed is called after every change */
export function createMessageStore(changed: (record: MessageRecord) => void): MessageStore {
  const chats = new Map<number, Map<number, MessageRecord>>();
  const nextId = createIds();
  const messagesOf = (chatId: number) => {
    const found = chats.get(chatId) ?? new Map<number, MessageRecord>();
    chats.set(chatId, found);
    return found;
  };
  const note = (record: MessageRecord, what: HistoryEntry['what'], call: ApiCall | undefined) => {
    const { message } = record;
    record.history.push({
      at: Date.now(),
      what,
      text: message.text ?? message.caption ?? '',
      buttons: showButtons(message),
    });
    if (call !== undefined) record.calls.push(call);
    record.shown = undefined;
    changed(record);
  };
  return {
    add(given, { call, silent = false } = {}) {
      const at = given.date === undefined ? Date.now() : given.date * 1000;
      const message: Message = { message_id: nextId(given.chat), date: Math.floor(at / 1000), ...given };
      const record: MessageRecord = {
        message,
        at,
        deleted: false,
        silent,
        reactions: new Map(),
        history: [],
        calls: [],
        shown: undefined,
      };
      messagesOf(given.chat.id).set(message.message_id, record);
      note(record, 'sent', call);
      return record;
    },
    find: (chatId, messageId) => chats.get(chatId)?.get(messageId),
    list: (chatId) => [...(chats.get(chatId)?.values() ?? [])],
    change(record, fields, { call, edited }) {
      const editDate = edited ? { edit_date: Math.floor(Date.now() / 1000) } : {};
      const whole = Object.entries({ ...record.message, ...fields, ...editDate });
      record.message = Object.fromEntries(whole.filter(([, value]) => value !== undefined)) as Message;
      note(record, 'edited', call);
    },
    place(record, thread) {
      record.message = { ...record.message, message_thread_id: thread, is_topic_message: true };
      record.shown = undefined;
      changed(record);
    },
    remove(record, call) {
      record.deleted = true;
      note(record, 'deleted', call);
    },
    react(record, userId, emojis, call) {
      if (emojis.length === 0) record.reactions.delete(userId);
      else record.reactions.set(userId, [...emojis]);
      note(record, 'reaction', call);
    },
  };
}

/** A replied-to message as the server gives it: without the reply it may itself hold. */
export function withoutReply(message: Message): Message {
  const { reply_to_message: _, ...rest } = message;
  return rest;
}

/** Private chats and basic groups of a bot share one sequence of ids; a supergroup has its own. */
function createIds(): (chat: { id: number; type: string }) => number {
  const last = new Map<number, number>();
  return (chat) => {
    const sequence = chat.type === 'supergroup' ? chat.id : 0;
    const id = (last.get(sequence) ?? (chat.type === 'supergroup' ? 1 : 100)) + 1;
    last.set(sequence, id);
    return id;
  };
}
