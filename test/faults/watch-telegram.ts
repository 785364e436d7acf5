import type { Change, TelegramSimulator } from '@signalbox/simulator';
import type { History, Said } from './history.ts';

/** How often it is asked which updates the bot has not confirmed, in ms: nothing tells when the offset moves. */
const LOOK_EVERY_MS = 100;

export interface TelegramWatch {
  /** Notes what a person said, and from then on when the bot has accepted it. */
  said(message: Said): void;
  /** How many messages the bot has not accepted yet. */
  unaccepted(): number;
  stop(): void;
}

/** Notes what the chats show and what the bot takes from Telegram. */
export function watchTelegram(telegram: TelegramSimulator, history: History): TelegramWatch {
  const open = new Map<number, string>();
  const look = () => {
    if (open.size === 0) return;
    // A redelivered update is pending once more, but it was noted the first time.
    const pending = new Set(telegram.pendingUpdates.map(({ update_id }) => update_id));
    for (const [updateId, id] of open) {
      if (pending.has(updateId)) continue;
      open.delete(updateId);
      history.record({ type: 'accepted', id });
    }
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  const views = new Set<string>();
  const silence = telegram.on('change', (change) => note(change, history, views));
  return {
    said(message) {
      open.set(message.updateId, message.id);
      history.record(message);
    },
    unaccepted() {
      look();
      return open.size;
    },
    stop() {
      clearInterval(timer);
      silence();
      look();
    },
  };
}

const TYPES = { sent: 'shown', edited: 'edited', deleted: 'deleted' } as const;

/** What stands below a live view that is a message. */
const STOP = '⏹ Stop';

/** @param views the messages that are live views: they show an answer while it is written, and are no replies */
function note(change: Change, history: History, views: Set<string>): void {
  if (change.kind !== 'message' || !change.message.from.isBot) return;
  const { id, chatId, thread, replyTo, service, buttons } = change.message;
  const last = change.message.history.at(-1);
  if (!last || last.what === 'reaction' || service !== undefined) return;
  if (buttons.flat().some(({ text }) => text === STOP)) views.add(`${chatId}/${id}`);
  if (views.has(`${chatId}/${id}`)) return;
  const place = placeOf(chatId, thread);
  history.record({ type: TYPES[last.what], place, messageId: id, text: last.text, replyTo: replyTo?.id }, last.at);
}

/** A chat, or a topic of it, as the history names it. */
export function placeOf(chat: number, thread?: number): string {
  return thread === undefined ? String(chat) : `${chat}/${thread}`;
}
