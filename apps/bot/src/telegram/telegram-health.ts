import { describeElapsed, type TelegramCard, type TelegramTrouble } from '@signalbox/contracts';
import { createTrouble, type Log } from '@signalbox/service';
import type { TelegramFailure } from './telegram-api.ts';

/** How this bot gets on with Telegram: what fails is logged once, then at growing intervals. */
export interface TelegramHealth {
  /** A call failed. One that was only to wait is no trouble. */
  failed(failure: TelegramFailure): void;
  /** A call was answered. */
  answered(): void;
  /** No call is to be made any more. */
  rests(): void;
  isWell(): boolean;
  readonly card: TelegramCard;
}

/** Nothing has failed yet. */
export function createTelegramHealth(apiRoot: string, log: Log, now: () => number = Date.now): TelegramHealth {
  let since = now();
  const sentences: Record<TelegramTrouble, (details: string) => string> = {
    conflict: () =>
      'Another program polls Telegram with the same bot token. Messages go to either of them: stop the other one.',
    token: () =>
      `Telegram at ${apiRoot} does not know the bot token. Check TELEGRAM_BOT_TOKEN; @BotFather shows it under /mybots.`,
    silent: (details) =>
      `Telegram at ${apiRoot} does not answer: ${details}. Trying again. Check the network and TELEGRAM_API_ROOT.`,
  };
  const trouble = createTrouble<TelegramTrouble>(
    {
      trouble(kind, details, lastsMs) {
        const lasts = describeElapsed(lastsMs);
        log.error(`${sentences[kind](details)}${lasts === undefined ? '' : ` No message was taken for ${lasts}.`}`);
      },
      over: () => log.info('Telegram answers again'),
    },
    now,
  );
  return {
    failed(failure) {
      if (failure.kind !== 'flood') trouble.met(kindOf(failure), failure.message);
    },
    answered() {
      if (trouble.current) since = now();
      trouble.over();
    },
    rests: trouble.forget,
    isWell: () => trouble.current === undefined,
    get card() {
      return trouble.current ? { trouble: trouble.current.kind, since: trouble.current.since } : { since };
    },
  };
}

function kindOf({ code }: TelegramFailure): TelegramTrouble {
  if (code === 409) return 'conflict';
  return code === 401 || code === 404 ? 'token' : 'silent';
}
