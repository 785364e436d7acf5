import { z } from 'zod';

/** The names of the queues, as Bull Board shows them. A group is the set of queues that one kind of consumer serves. */
export const queueRefSchema = z.object({ name: z.string(), group: z.string() });
/** Made by the functions below alone; elsewhere no queue has a name of its own. */
export type QueueRef = Readonly<z.infer<typeof queueRefSchema>>;

/** The group of the queues of one kind that the workers of a pool serve. */
export function poolGroup(kind: 'session' | 'control' | 'chat', pool: string): string {
  return `${kind}.${pool}`;
}

/** Message jobs and commands of one session, in order. Served by the workers of the session's pool. */
export function sessionQueue(session: string, pool: string): QueueRef {
  return { name: `session-${session}`, group: poolGroup('session', pool) };
}

/** Commands about one session that must not wait behind its turn. Served by the workers of the session's pool. */
export function controlQueue(session: string, pool: string): QueueRef {
  return { name: `control-${session}`, group: poolGroup('control', pool) };
}

/** Commands of one chat that are not about a session, so that they never wait behind a turn. */
export function chatQueue(chatId: number, pool: string): QueueRef {
  return { name: `chat-${chatId}`, group: poolGroup('chat', pool) };
}

/** What is to be shown in one chat, in order. Served by the bots. */
export function replyQueue(chatId: number): QueueRef {
  return { name: `reply-${chatId}`, group: 'reply' };
}

/** The chat of a reply queue, read back from its name. Throws if the name is no reply queue's. */
export function chatOfReplyQueue(name: string): number {
  const chatId = Number(/^reply-(-?\d+)$/.exec(name)?.[1]);
  if (!Number.isSafeInteger(chatId)) throw new Error(`Not a reply queue: "${name}". Expected "reply-<chat id>".`);
  return chatId;
}

/** The session of a session queue, read back from its name. Throws if the name is no session queue's. */
export function sessionOfQueue(name: string): string {
  const session = /^session-(.+)$/.exec(name)?.[1];
  if (session === undefined) throw new Error(`Not a session queue: "${name}". Expected "session-<name>".`);
  return session;
}
