import type { TelegramFailure } from '../telegram/telegram-api.ts';
import { isTopicGone } from '../telegram/topic-gone.ts';

/** Whether a message or a file was refused for its form, so that a plainer one is worth a try: where files are forbidden, words are not. */
export function isAboutForm(kind: 'message' | 'file' | 'files', error: TelegramFailure): boolean {
  if (![400, 413].includes(error.code ?? 0) || isTopicGone(error) || /chat not found/i.test(error.message))
    return false;
  return kind !== 'message' || !/not enough rights|no rights/i.test(error.message);
}

/** It says nothing about the reply: it waits for a bot with a token that is valid. */
export function isTokenRefused({ code }: TelegramFailure): boolean {
  return code === 401;
}
