import type { Cloud, Method } from '../cloud/cloud.ts';
import { badRequest } from '../protocol/errors.ts';
import { prepareText } from '../texts/prepare-text.ts';
import { readMarkup } from './read-markup.ts';
import { readReply, readTarget, type Target } from './read-target.ts';

/** UTF-16 units of a message's text. */
export const MAX_TEXT = 4096;

/** https://core.telegram.org/bots/api#sendmessage */
export const sendMessage: Method = (cloud, { params, log }) => {
  const target = readTarget(cloud, params);
  const given = { text: params.text('text'), entities: params.json('entities'), parseMode: params.raw('parse_mode') };
  const { text, entities } = prepareText(given, MAX_TEXT, 'message is too long');
  if (text === '') throw badRequest('message text is empty');
  const preview = params.json('link_preview_options');
  const message = {
    ...target.fields,
    from: cloud.me,
    ...readReply(cloud, params, target.record.chat.id),
    text,
    ...(entities.length > 0 ? { entities } : {}),
    ...(preview === undefined ? {} : { link_preview_options: preview }),
    ...readMarkup(params),
  };
  const added = cloud.messages.add(message, { call: log, silent: params.flag('disable_notification') });
  clearLive(cloud, target);
  return added.message;
};

/** A real message of the bot takes away its draft and its "typing…". */
export function clearLive(cloud: Cloud, { fields }: Target): void {
  cloud.drafts.dismiss(fields.chat.id, fields.message_thread_id);
  cloud.actions.dismiss(fields.chat.id, fields.message_thread_id);
}
