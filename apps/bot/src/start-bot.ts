import { openQueues, type Queues } from '@signalbox/queues';
import {
  type Log,
  pause,
  readSettingsOf,
  requireNoEviction,
  type Service,
  type ServiceContext,
} from '@signalbox/service';
import { createExpectations } from './asking/expectations.ts';
import { createKeptQuestions } from './asking/keep-questions.ts';
import { createAcknowledger } from './intake/acknowledge.ts';
import { keepCommandMenu } from './intake/offer-commands.ts';
import { pauseAfter, pollUpdates } from './intake/poll-updates.ts';
import { watchUnserved } from './intake/watch-unserved.ts';
import { createKeptMessages } from './keeping/kept-messages.ts';
import { createStopButtons } from './live/stop-button.ts';
import { createSentJournal } from './outbox/sent-journal.ts';
import { startGroups } from './start-groups.ts';
import { composeIntake } from './start-intake.ts';
import { OUTBOX_GRACE_MS, startOutbox } from './start-outbox.ts';
import { keepSigns } from './telegram/keep-signs.ts';
import { createSay } from './telegram/say.ts';
import { createTelegramApi, type TelegramApi, TelegramFailure } from './telegram/telegram-api.ts';
import { createTelegramHealth, type TelegramHealth } from './telegram/telegram-health.ts';

/** Starts the bot: intake, outbox and live view. Throws `ConfigurationError` if it cannot work as configured. */
export async function startBot({ env, log }: ServiceContext): Promise<Service> {
  const config = readSettingsOf('bot', env);
  const { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: apiRoot, POOL: pool } = config;
  const configured = { users: config.TELEGRAM_ALLOWED_USERS, chats: config.TELEGRAM_ALLOWED_CHATS };
  warnIfNobodyIsAllowed(configured.users, log);
  const stopping = new AbortController();
  const queues = await openQueues(config.REDIS_URL, { app: 'bot', log, signal: stopping.signal });
  requireNoEviction(await queues.evictionPolicy(), config.REDIS_URL, log);
  const api = createTelegramApi(token, apiRoot);
  const health = createTelegramHealth(apiRoot, log);
  let isPolling = false;
  const signs = keepSigns(config.HEARTBEAT_FILE, {
    ...{ health, log, isRedisWell: queues.isWell, say: queues.telegramState.say },
    isPolling: () => isPolling,
  });
  const { id: botId, username } = await introduce(api, health, stopping.signal);

  const { redis, leases, overview, workforce } = queues;
  const journal = createSentJournal(redis);
  const asking = openAsking(redis, token);
  const stopButtons = createStopButtons(token);
  const say = createSay(queues.addJob);
  const groups = startGroups({ queues, journal, configured, say, log });
  const { moved, allowed } = groups;
  const outbox = await startOutbox({ queues, api, botId, config, journal, asking, groups, stopButtons, say, log });
  const { live, notices } = outbox;
  const { react, setCommands, getUpdates } = api;
  const { jobsAhead, pending, held, front } = overview;
  const { workers, pools, integrations } = workforce;
  const reacts = config.REACTIONS !== 'off';
  const acknowledger = createAcknowledger({ react, jobsAhead, workers, say, follow: notices.follow, log, reacts });
  const unserved = watchUnserved({ pending, held, front, workers, pools, say, log });
  const stops = { live, stopButtons };
  const mode = config.GROUP_MODE ?? (allowed.users.length > 1 ? 'mention' : 'all');
  const { GROUP_CONTEXT: context, TOPIC_PER_SESSION: topicPerSession } = config;
  const bot = { id: botId, username, pool, topicPerSession, mode, context } as const;
  const { acknowledge: onAccepted } = acknowledger;
  const handle = composeIntake({
    ...{ queues, api, bot, chats: groups, journal, asking, stops, say, log, onAccepted },
  });

  const onPolling = (now: boolean) => {
    isPolling = now;
    const onError = (err: unknown) => log.warn({ err }, 'Old live messages were not taken over');
    if (now) Promise.all([live.takeOver(), notices.takeOver()]).catch(onError);
    // Another one keeps them up to date.
    else notices.stop();
    log.info(now ? `Taking messages for @${username}` : 'No longer taking messages');
  };
  // One bot shows the live view, so that a chat does not see it twice.
  const endListening = await queues.listenLive((frame) => {
    if (!isPolling) return;
    live.show({ ...frame, place: moved.placeNow(frame.place) });
    notices.lookSoon();
  });
  const { acquire } = leases;
  const polling = pollUpdates({ getUpdates, acquire, botId, handle, pause, health, log, onPolling }, stopping.signal);
  const menu = keepCommandMenu({ setCommands, integrations, pool, log }, allowed);

  return {
    stopWithinMs: 3 * OUTBOX_GRACE_MS,
    async stop() {
      stopping.abort();
      for (const each of [signs, acknowledger, menu, groups]) each.stop();
      endListening();
      await polling;
      await Promise.all([outbox.stop(), unserved.stop()]);
      await queues.close();
    },
  };
}

/** What is asked in the chats, and what people wrote that waits for a session. */
function openAsking(redis: Queues['redis'], secret: string) {
  return {
    questions: createKeptQuestions(redis, secret),
    expectations: createExpectations(redis),
    kept: createKeptMessages(redis),
  };
}

function warnIfNobodyIsAllowed(users: readonly number[], log: Log): void {
  if (users.length > 0) return;
  log.warn(
    'TELEGRAM_ALLOWED_USERS is empty: everybody is refused. Set it to your numeric Telegram user id (send /start to @userinfobot to learn it).',
  );
}

/** Asks Telegram who the bot is, until it answers. Rejects with what ends the waiting. */
async function introduce(api: Pick<TelegramApi, 'getMe'>, health: TelegramHealth, signal: AbortSignal) {
  for (let failures = 1; ; failures += 1) {
    try {
      const me = await api.getMe();
      health.answered();
      return me;
    } catch (error) {
      if (!(error instanceof TelegramFailure)) throw error;
      health.failed(error);
      await pause(pauseAfter(error, failures), signal);
      signal.throwIfAborted();
    }
  }
}
