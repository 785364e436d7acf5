import type { Cloud } from '../cloud/cloud.ts';
import { type ShownMessage, showMessage } from '../cloud/shown-message.ts';
import type { Message, UpdateContent } from '../protocol/api-types.ts';
import { type Extras, type Place, post, wanted } from './post-message.ts';

/** Fields of a message, or of an update, under Telegram's own names. Nothing about them is checked. */
type RawFields = Record<string, unknown>;

/** What Telegram may deliver and no app here can make: any kind of content, any kind of update. */
export type Raw = {
  /** A message of a person with these fields beside the usual ones (`{gift: …}`); a field of the same name wins (`{from: …}`). */
  sendRaw(send: Place & Extras & { fields: RawFields }): { updateId: number; message: ShownMessage };
  /**
   * An update as it is, without its `update_id`: `{message: …}`, `{business_message: …}`. The message of a chat that there is is shown in
   * it, and gets a `message_id` and a `date` if it has none.
   */
  deliver(update: RawFields): { updateId: number };
};

/** Makes what comes in as it is given. */
export function createRaw(cloud: Cloud): Raw {
  const add = (content: RawFields) => wanted(cloud.updates.add([content as UpdateContent])[0]);
  return {
    sendRaw({ fields, ...place }) {
      const { record } = post(cloud, place, fields as Partial<Message>);
      return { updateId: add({ message: record.message }), message: showMessage(record) };
    },
    deliver(update) {
      const kinds = Object.keys(update);
      if (kinds.length !== 1)
        throw new Error(`update: expected one field that names its kind, got ${kinds.join(', ')}`);
      return { updateId: add(isNew(cloud, update) ? { message: cloud.messages.add(update.message).message } : update) };
    },
  };
}

/** Whether it brings a message that a chat can show. */
function isNew(cloud: Cloud, update: RawFields): update is { message: Message } {
  const { chat } = (update.message ?? {}) as Partial<Message>;
  return chat !== undefined && cloud.chats.all().some((record) => record.chat.id === chat.id);
}
