import { type Redis, ReplyError } from 'ioredis';

/** Subscriptions of many listeners on one connection. They outlive it: what is published in between is missed, and that is told. */
export interface Subscriptions {
  /**
   * Listens to a channel, from the moment that this resolves, however often the connection is lost. `onGap` is called whenever it is
   * listened to again and something may have been missed. Resolves to what ends it; rejects if Redis refuses the channel.
   */
  subscribe(channel: string, listener: (message: string) => void, onGap?: () => void): Promise<() => void>;
}

interface Listener {
  readonly channel: string;
  readonly listener: (message: string) => void;
  readonly onGap: (() => void) | undefined;
}

/**
 * For a connection with `autoResubscribe: false`: ioredis asks for the channels again once after each reconnect, forgets them if that
 * fails, and lets its failure end the process (5.11.1).
 */
export function createSubscriptions(connection: Redis): Subscriptions {
  const listeners = new Set<Listener>();
  /** Those who wait for a connection. */
  const waiting = new Set<() => void>();

  const subscribeAgain = async () => {
    const all = [...listeners];
    if (all.length === 0) return;
    await connection.subscribe(...new Set(all.map(({ channel }) => channel)));
    for (const resolve of waiting) resolve();
    waiting.clear();
    for (const { onGap } of all) onGap?.();
  };
  connection.on('message', (on: string, message: string) => {
    for (const { channel, listener } of listeners) if (channel === on) listener(message);
  });
  connection.on('ready', () => {
    subscribeAgain().catch(connectAgain);
  });
  /** A connection that is lost comes back by itself; one on which this alone failed is of no use. */
  const connectAgain = () => {
    if (connection.status === 'ready') connection.disconnect(true);
  };

  return {
    async subscribe(channel, listener, onGap) {
      const added: Listener = { channel, listener, onGap };
      listeners.add(added);
      await connection.subscribe(channel).catch((error: unknown) => {
        if (error instanceof ReplyError) throw error;
        connectAgain();
        return new Promise<void>((resolve) => waiting.add(resolve));
      });
      return () => void listeners.delete(added);
    },
  };
}
