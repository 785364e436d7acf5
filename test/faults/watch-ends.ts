import type { Change, TelegramSimulator } from '@signalbox/simulator';
import { readReply } from './read-reply.ts';
import { placeOf } from './watch-telegram.ts';

/** Who waits for the ends of messages, and which messages have none yet. */
export interface EndWatch {
  /** The messages that have neither an answer nor a notice of failure. */
  readonly open: readonly string[];
  /** Resolves when the message has come to its end. */
  until(message: { id: string; place: string; messageId: number }): Promise<void>;
  stop(): void;
}

export function watchEnds(telegram: TelegramSimulator): EndWatch {
  const waiting = new Map<string, { message: string; resolve(): void }>();
  const end = (id: string | undefined) => {
    if (id === undefined) return;
    waiting.get(id)?.resolve();
    waiting.delete(id);
  };
  const look = (change: Change) => {
    if (change.kind !== 'message' || !change.message.from.isBot) return;
    const { text, chatId, thread, replyTo } = change.message;
    const { says, id } = readReply(text);
    if (says === 'answer') return end(id);
    if (says !== 'failure' || !replyTo) return;
    const message = `${placeOf(chatId, thread)}#${replyTo.id}`;
    end([...waiting].find(([, each]) => each.message === message)?.[0]);
  };
  const stop = telegram.on('change', look);
  return {
    get open() {
      return [...waiting.keys()];
    },
    until: ({ id, place, messageId }) =>
      new Promise((resolve) => {
        waiting.set(id, { message: `${place}#${messageId}`, resolve });
      }),
    stop,
  };
}
