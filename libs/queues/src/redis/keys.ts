/**
 * The key layout. It cannot change once people have data in it.
 * All keys of one queue share the hash tag `{<queue>}`, so that Redis Cluster keeps them together; no script touches two queues.
 */

const ROOT = 'signalbox';

/** BullMQ's prefix of a queue: its keys are `signalbox:{session-x}:session-x:wait` and so on. */
export function queuePrefix(queue: string): string {
  return `${ROOT}:{${queue}}`;
}

/** A key of our own that belongs to a queue or another leased resource. */
export function resourceKey(resource: string, part: string): string {
  return `${ROOT}:{${resource}}:${part}`;
}

/** The set of queues of a group that may hold work. */
export function pendingKey(group: string): string {
  return `${ROOT}:pending:${group}`;
}

/** The channel on which a queue of a group is named when work was added to it. */
export function readyChannel(group: string): string {
  return `${ROOT}:ready:${group}`;
}

/** The channel on which a queue of a group is named when a signal was sent to it. */
export function signalChannel(group: string): string {
  return `${ROOT}:signal:${group}`;
}

export const keys = {
  /** Sorted set: every queue that ever had a job, by the time of the last one. */
  queues: `${ROOT}:queues`,
  /** Hash: session name → its card. */
  sessions: `${ROOT}:sessions`,
  /** Hash: session name → its activity, as its holder last said. */
  activity: `${ROOT}:activity`,
  /** Hash: place → name of its active session. */
  places: `${ROOT}:places`,
  /** Hash: former name of a session → its name since. */
  renamed: `${ROOT}:renamed`,
  /** Hash: worker id → its card. */
  workers: `${ROOT}:workers`,
  /** Hash: pool → cards of its personas. */
  personas: `${ROOT}:personas`,
  /** Hash: pool → cards of its homelab's integrations. */
  integrations: `${ROOT}:integrations`,
  /** Set for a millisecond to see whether Redis takes writes. */
  probe: `${ROOT}:probe`,
  /** Channel of the live view's frames. */
  live: `${ROOT}:live`,
} as const;

/** What was decided for one Telegram update. */
export function decisionKey(botId: number, updateId: number): string {
  return `${ROOT}:update:${botId}:${updateId}`;
}

/** The job that a Telegram message became. */
export function messageKey(chatId: number, messageId: number): string {
  return `${ROOT}:message:${chatId}:${messageId}`;
}

/** A small text that outlives its process. */
export function noteKey(name: string): string {
  return `${ROOT}:note:${name}`;
}
