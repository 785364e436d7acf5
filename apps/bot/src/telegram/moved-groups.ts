import type { Place } from '@signalbox/contracts';
import type { MovedChats } from '@signalbox/queues';

/** Which groups became supergroups, as far as this process knows, and as Redis has it. */
export interface MovedGroups {
  /** Looks into Redis, and tells it what it has lost. Rejects with its error. */
  refresh(): Promise<void>;
  /** Notes that a group has another id since. Rejects with Redis's error. */
  note(from: number, to: number): Promise<void>;
  /** The id that a chat has now. */
  now(chatId: number): number;
  /** The place as it is now: without its topic if its group has moved, for basic groups have none. */
  placeNow(place: Place): Place;
  /** The id that a supergroup had as a group. */
  formerOf(chatId: number): number | undefined;
  all(): ReadonlyMap<number, number>;
}

/** It is remembered here too: a Redis that is emptied is told of it again. */
export function createMovedGroups({
  movedChats,
  noteMoved,
}: Pick<MovedChats, 'movedChats' | 'noteMoved'>): MovedGroups {
  const known = new Map<number, number>();
  const now = (chatId: number) => known.get(chatId) ?? chatId;
  return {
    now,
    placeNow: (place) => (known.has(place.chatId) ? { chatId: now(place.chatId) } : place),
    formerOf: (chatId) => [...known].find(([, to]) => to === chatId)?.[0],
    all: () => known,
    async refresh() {
      const stored = await movedChats();
      const lost = [...known].filter(([from]) => !stored.has(from));
      if (lost.length > 0) await noteMoved(new Map(lost));
      for (const [from, to] of stored) known.set(from, to);
    },
    async note(from, to) {
      await noteMoved(new Map([[from, to]]));
      known.set(from, to);
    },
  };
}
