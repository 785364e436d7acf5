import { botKeys } from './bot-keys.ts';
import { bullKeys } from './bull-keys.ts';
import { type KeyKind, makersOf, ROOT } from './key-kind.ts';
import { queueKeys } from './queue-keys.ts';
import { channelKinds, sharedKeys } from './shared-keys.ts';

/**
 * Every key that Signalbox has in Redis, by topic. `docs/redis.md` is made from this, and each end-to-end test checks what it left in Redis
 * against it. All keys of one queue share a hash tag and no script touches two queues: Redis Cluster works as it stands.
 */
export const schema = {
  'Who may act, and what a queue knows of its jobs': queueKeys,
  'BullMQ’s own': bullKeys,
  'What the bot keeps': botKeys,
  'What spans queues': sharedKeys,
} as const satisfies Record<string, Readonly<Record<string, KeyKind>>>;

/** Makes the keys, each from its row of the schema. */
export const keys = makersOf({ ...queueKeys, ...bullKeys, ...botKeys, ...sharedKeys });

/** Makes the names of the channels. */
export const channels = makersOf(channelKinds);

/** BullMQ's prefix of a queue: to this it adds the queue's name and a part, as the rows of `bullKeys` do. */
export function queuePrefix(queue: string): string {
  return `${ROOT}{${queue}}`;
}
