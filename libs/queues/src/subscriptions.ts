import type { Redis } from 'ioredis';

/** Listens to `channel` on a connection that many listeners share. Resolves to what ends it. */
export async function subscribe(
  subscriber: Redis,
  channel: string,
  listener: (message: string) => void,
): Promise<() => void> {
  const onMessage = (on: string, message: string) => {
    if (on === channel) listener(message);
  };
  subscriber.on('message', onMessage);
  await subscriber.subscribe(channel);
  return () => {
    subscriber.off('message', onMessage);
  };
}
