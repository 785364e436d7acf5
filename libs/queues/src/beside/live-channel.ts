import { type LiveFrame, liveFrameSchema } from '@signalbox/contracts';
import type { Redis } from 'ioredis';
import { parseStored } from '../redis/parse-stored.ts';
import { channels } from '../redis/schema/schema.ts';
import type { Subscriptions } from '../redis/subscriptions.ts';

/** Shows a frame to whoever listens now. Never rejects: losing one costs nothing. */
export function publishLive(redis: Redis, frame: LiveFrame): void {
  redis.publish(channels.live(), JSON.stringify(frame)).catch(() => undefined);
}

/** Listens to the live view's frames. Resolves to what ends it. What is no frame is passed over. */
export function listenLive(subscriptions: Subscriptions, listener: (frame: LiveFrame) => void): Promise<() => void> {
  return subscriptions.subscribe(channels.live(), (message) => {
    const frame = parseStored(liveFrameSchema, message);
    if (frame) listener(frame);
  });
}
