import type { TelegramFailure } from './telegram-api.ts';

/** The topic was deleted or closed: its chat is the nearest place that is left. */
export function isTopicGone(error: TelegramFailure): boolean {
  return /thread not found|TOPIC_(CLOSED|DELETED)/i.test(error.message);
}

/** Whether it is still there, and may be opened again. */
export function isTopicClosed(error: TelegramFailure): boolean {
  return /TOPIC_CLOSED/i.test(error.message);
}
