import { type Place, type Reply, replyQueue, SINCE } from '@signalbox/contracts';
import type { AddJob } from '@signalbox/queues';

/** Says something in a place, through its chat's reply queue. The same id is said once. */
export type Say = (
  id: string,
  place: Place,
  text: string,
  options?: { replyTo?: number; silent?: boolean },
) => Promise<void>;

/** Rejects with Redis's error: the caller must then say it again, with the same id. */
export function createSay(addJob: AddJob): Say {
  return async (id, place, text, options = {}) => {
    const reply: Reply = { version: SINCE.text, kind: 'text', place, text, ...options };
    await addJob(replyQueue(place.chatId), { id, name: 'text', data: reply });
  };
}
