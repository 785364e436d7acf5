import type { Chat } from '../protocol/api-types.ts';

/** The ids of messages: private chats and basic groups of a bot share one sequence, a supergroup has its own. */
export type MessageIds = {
  next(chat: Pick<Chat, 'id' | 'type'>): number;
  /** An id that came with its message is not given again. */
  passOver(chat: Pick<Chat, 'id' | 'type'>, id: number): void;
  /** The last id of each sequence. */
  save(): [sequence: number, last: number][];
  restore(saved: readonly (readonly [sequence: number, last: number])[]): void;
};

/** Sequences at their beginning. */
export function createMessageIds(): MessageIds {
  const last = new Map<number, number>();
  const sequenceOf = ({ id, type }: Pick<Chat, 'id' | 'type'>) => (type === 'supergroup' ? id : 0);
  return {
    next(chat) {
      const sequence = sequenceOf(chat);
      const id = (last.get(sequence) ?? (sequence === 0 ? 100 : 1)) + 1;
      last.set(sequence, id);
      return id;
    },
    passOver(chat, id) {
      const sequence = sequenceOf(chat);
      if (id > (last.get(sequence) ?? 0)) last.set(sequence, id);
    },
    save: () => [...last],
    restore(saved) {
      for (const [sequence, id] of saved) last.set(sequence, id);
    },
  };
}
