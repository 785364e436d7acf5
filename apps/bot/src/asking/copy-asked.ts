import { replyQueue } from '@signalbox/contracts';
import { keys } from '@signalbox/queues';
import type { Redis } from 'ioredis';
import { type KeptQuestion, readKept } from './keep-questions.ts';

/** How many keys Redis looks at in one step. */
const SCAN_COUNT = 1_000;

/**
 * Copies what is asked and kept in a chat to the chat that it has become: questions and menus, the texts that are waited for, messages
 * that wait for a session, names of topics. What is there already stays. Resolves to the questions. May be done again.
 */
export async function copyAsked(redis: Redis, from: number, to: number): Promise<KeptQuestion[]> {
  const [old, since] = [replyQueue(from).name, replyQueue(to).name];
  const copied: KeptQuestion[] = [];
  for (const pattern of [
    keys.question(old, '*'),
    keys.expected(old, '*', '*'),
    keys.kept(old, '*'),
    keys.topicNames(old),
  ])
    for (const key of await find(redis, pattern)) {
      const fields = await copy(redis, key, key.replace(`{${old}}`, `{${since}}`));
      const question = readKept(fields);
      if (question) copied.push(question);
    }
  return copied;
}

/** Whether a question waits for an answer, as far as its message knows. */
export function isUnanswered({ asked, pressed, isClosed }: KeptQuestion): boolean {
  return asked.once && asked.about !== undefined && !pressed && !isClosed;
}

/** The looks of the keys are those of one chat: their braces are meant, and stand for themselves. */
async function find(redis: Redis, pattern: string): Promise<string[]> {
  const found = new Set<string>();
  let cursor = '0';
  do {
    const [next, some] = await redis.scan(cursor, 'MATCH', pattern, 'COUNT', SCAN_COUNT);
    for (const key of some) found.add(key);
    cursor = next;
  } while (cursor !== '0');
  return [...found];
}

async function copy(redis: Redis, from: string, to: string): Promise<Record<string, string>> {
  const [type, ttl] = await Promise.all([redis.type(from), redis.pttl(from)]);
  if (type === 'string') {
    const value = await redis.get(from);
    if (value !== null && ttl > 0) await redis.set(to, value, 'PX', ttl, 'NX');
    return {};
  }
  if (type !== 'hash') return {};
  const fields = await redis.hgetall(from);
  for (const [field, value] of Object.entries(fields)) await redis.hsetnx(to, field, value);
  if (ttl > 0) await redis.pexpire(to, ttl);
  return fields;
}
