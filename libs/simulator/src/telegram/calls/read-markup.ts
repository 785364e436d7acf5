import type { InlineButton, InlineKeyboard, Message } from '../protocol/api-types.ts';
import { badRequest } from '../protocol/errors.ts';
import type { Params } from '../protocol/params.ts';

const MAX_DATA_BYTES = 64;
const MAX_BUTTONS = 100;
const ACTIONS = ['callback_data', 'url', 'web_app', 'login_url', 'switch_inline_query', 'copy_text', 'pay'];

/** Reads `reply_markup`. Only inline keyboards are kept; other kinds are accepted and have no effect. */
export function readMarkup(params: Params): Pick<Message, 'reply_markup'> {
  const given = params.json('reply_markup');
  if (given === undefined || given === null) return {};
  if (typeof given !== 'object') throw badRequest('object expected as reply markup');
  if (!('inline_keyboard' in given)) return {};
  const keyboard = readKeyboard(given.inline_keyboard);
  return keyboard.inline_keyboard.length === 0 ? {} : { reply_markup: keyboard };
}

function readKeyboard(rows: unknown): InlineKeyboard {
  if (!Array.isArray(rows))
    throw badRequest("can't parse inline keyboard: Array of Array of InlineKeyboardButton expected");
  const read = rows.map((row: unknown) => {
    if (!Array.isArray(row)) throw badRequest("can't parse inline keyboard: Array of InlineKeyboardButton expected");
    return row.map(readButton);
  });
  if (read.flat().length > MAX_BUTTONS) throw badRequest('reply markup is too long');
  return { inline_keyboard: read.filter((row) => row.length > 0) };
}

function readButton(value: unknown): InlineButton {
  const wrong = (what: string) => badRequest(`can't parse inline keyboard button: ${what}`);
  if (typeof value !== 'object' || value === null) throw wrong('InlineKeyboardButton must be an Object');
  const button = value as Record<string, unknown>;
  if (typeof button.text !== 'string' || button.text.trim() === '') throw wrong('Field "text" must not be empty');
  const actions = ACTIONS.filter((action) => button[action] !== undefined);
  if (actions.length === 0) throw wrong('Text buttons are unallowed in the inline keyboard');
  if (actions.length > 1) throw wrong(`exactly one action is allowed, got ${actions.join(' and ')}`);
  checkData(button.callback_data);
  checkUrl(button.url);
  return button as InlineButton;
}

function checkData(data: unknown): void {
  if (data === undefined) return;
  const bytes = typeof data === 'string' ? Buffer.byteLength(data) : 0;
  if (bytes < 1 || bytes > MAX_DATA_BYTES) throw badRequest('BUTTON_DATA_INVALID');
}

function checkUrl(url: unknown): void {
  if (url === undefined) return;
  if (typeof url === 'string' && /^(https?|tg):\/\/\S+$/.test(url)) return;
  throw badRequest(`inline keyboard button URL '${String(url)}' is invalid: Wrong HTTP URL`);
}
