import type { Cloud } from '../cloud/cloud.ts';
import type { Message } from '../protocol/api-types.ts';
import type { Call } from './method.ts';
import { readReply, type Target } from './read-target.ts';

/**
 * Adds messages of the bot, all or (if what they reply to is not there) none. A real message of the bot takes away the
 * draft and the "typing…" of its place.
 */
export function postForBot(cloud: Cloud, call: Call, target: Target, contents: readonly Partial<Message>[]): Message[] {
  const { params, log } = call;
  const common = { ...target.fields, from: cloud.me, ...readReply(cloud, params, target.record.chat.id) };
  const options = { call: log, silent: params.flag('disable_notification') };
  const sent = contents.map((content) => cloud.messages.add({ ...common, ...content }, options).message);
  cloud.drafts.dismiss(target.record.chat.id, target.fields.message_thread_id);
  cloud.actions.dismiss(target.record.chat.id, target.fields.message_thread_id);
  return sent;
}
