import type { Redis } from 'ioredis';
import { noteKey } from '../redis/keys.ts';

/** Small texts that outlive their process, by name. Every method rejects with Redis's error. */
export interface Notes {
  read(name: string): Promise<string | undefined>;
  /** Keeps a text for so many seconds; the last one holds. */
  write(name: string, text: string, seconds: number): Promise<void>;
}

export function createNotes(redis: Redis): Notes {
  return {
    read: async (name) => (await redis.get(noteKey(name))) ?? undefined,
    async write(name, text, seconds) {
      await redis.set(noteKey(name), text, 'EX', seconds);
    },
  };
}
