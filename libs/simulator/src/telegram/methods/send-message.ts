import type { Method } from '../calls/method.ts';
import { postForBot } from '../calls/post-for-bot.ts';
import { readMarkup } from '../calls/read-markup.ts';
import { readTarget } from '../calls/read-target.ts';
import { readText } from '../calls/read-text.ts';
import { badRequest } from '../protocol/errors.ts';

/** Refuses what the real server refuses: https://core.telegram.org/bots/api#sendmessage */
export const sendMessage: Method = (cloud, call) => {
  const { params } = call;
  const target = readTarget(cloud, params);
  const text = readText(params);
  if (text.text === '') throw badRequest('message text is empty');
  const preview = params.json('link_preview_options');
  const options = preview === undefined ? {} : { link_preview_options: preview };
  const [sent] = postForBot(cloud, call, target, [{ ...text, ...options, ...readMarkup(params) }]);
  return sent;
};
