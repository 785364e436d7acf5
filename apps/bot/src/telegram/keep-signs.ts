import type { TelegramCard } from '@signalbox/contracts';
import { keepHeartbeat, type Log } from '@signalbox/service';
import type { TelegramHealth } from './telegram-health.ts';

/** How often the bot says how it gets on with Telegram, in ms. */
const EVERY_MS = 5_000;

/** What the signs of life call. */
interface Signs {
  readonly health: Pick<TelegramHealth, 'isWell' | 'card'>;
  readonly isRedisWell: () => Promise<boolean>;
  /** Whether this bot is the one that takes messages. */
  readonly isPolling: () => boolean;
  /** Says it to who looks at the health of all. */
  readonly say: (card: TelegramCard) => Promise<void>;
  readonly log: Log;
}

/**
 * Shows how this bot is: touches `path`, if there is one, while both Redis and Telegram answer, and says how it gets on with Telegram
 * while it polls or cannot. One that stands by says nothing: asking Telegram is another's.
 */
export function keepSigns(path: string | undefined, signs: Signs): { stop(): void } {
  const { health, isRedisWell, isPolling, say, log } = signs;
  const heartbeat = keepHeartbeat(path, async () => health.isWell() && (await isRedisWell()), log);
  const tell = () => {
    // A Redis that is away has been logged by what waits for it.
    if (isPolling() || !health.isWell()) say(health.card).catch(() => undefined);
  };
  const timer = setInterval(tell, EVERY_MS);
  return {
    stop() {
      clearInterval(timer);
      heartbeat.stop();
    },
  };
}
