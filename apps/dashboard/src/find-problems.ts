import { describeDuration, type TelegramCard, type TelegramTrouble } from '@signalbox/contracts';
import type { Queues } from '@signalbox/queues';

const TELEGRAM: Record<TelegramTrouble, string> = {
  conflict: 'another program polls it with the same bot token',
  token: 'it does not know the bot token',
  silent: 'it does not answer',
};

/** What calls for looking. */
interface Looked {
  readonly isWell: Queues['isWell'];
  readonly telegramState: Pick<Queues['telegramState'], 'read'>;
  readonly workforce: Pick<Queues['workforce'], 'workers'>;
}

/** What keeps messages from being answered now, a sentence each, without anything that is secret; empty if all is well. Never rejects. */
export async function findProblems({ isWell, telegramState, workforce }: Looked, now = Date.now()): Promise<string[]> {
  try {
    if (!(await isWell())) return [REDIS];
    const [telegram, workers] = await Promise.all([telegramState.read(), workforce.workers()]);
    return [describeTelegram(telegram, now), workers.length === 0 ? 'No worker is running.' : undefined].filter(
      (problem) => problem !== undefined,
    );
  } catch {
    return [REDIS];
  }
}

const REDIS = 'Redis does not answer.';

/** A sentence about what keeps the bot from taking messages; `undefined` if nothing does. */
export function describeTelegram(card: TelegramCard | undefined, now: number): string | undefined {
  if (!card) return 'No bot takes messages.';
  if (!card.trouble) return undefined;
  return `Telegram: ${TELEGRAM[card.trouble]}, for ${describeDuration(now - card.since)}.`;
}
