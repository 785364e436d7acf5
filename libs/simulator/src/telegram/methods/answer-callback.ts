import type { Method } from '../calls/method.ts';
import { badRequest } from '../protocol/errors.ts';

/** Longest text of an answer, characters. */
const MAX_ANSWER = 200;
/** How long a press can be answered, milliseconds. The real limit is not published; clients wait well under a minute. */
const ANSWER_WITHIN_MS = 60_000;

/** Takes the first answer; a press that waited too long has none, so that a bot is made to answer at once. */
export const answerCallbackQuery: Method = (cloud, { params }) => {
  const pressed = cloud.presses.get(params.text('callback_query_id') ?? '');
  if (pressed === undefined || Date.now() - pressed.at > ANSWER_WITHIN_MS) {
    throw badRequest('query is too old and response timeout expired or query ID is invalid');
  }
  const text = params.text('text') ?? '';
  if (text.length > MAX_ANSWER) throw badRequest('MESSAGE_TOO_LONG');
  pressed.answer ??= { at: Date.now(), text, showAlert: params.flag('show_alert') };
  cloud.tell({ kind: 'answer', chatId: pressed.query.message.chat.id, queryId: pressed.query.id });
  return true;
};
