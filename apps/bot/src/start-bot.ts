import { openQueues } from '@signalbox/queues';
import {
  backoffMs,
  FatalError,
  keepHeartbeat,
  type Log,
  pause,
  readSettingsOf,
  requireNoEviction,
  type Service,
  type ServiceContext,
} from '@signalbox/service';
import { createExpectations } from './asking/expectations.ts';
import { createKeptQuestions } from './asking/keep-questions.ts';
import { createKeptMessages } from './asking/kept-messages.ts';
import { createAcknowledger } from './intake/acknowledge.ts';
import { keepCommandMenu } from './intake/offer-commands.ts';
import { pollUpdates } from './intake/poll-updates.ts';
import { watchUnserved } from './intake/watch-unserved.ts';
import { createStopButtons } from './live/stop-button.ts';
import { createSentJournal } from './outbox/sent-journal.ts';
import { composeIntake } from './start-intake.ts';
import { startGroups } from './start-groups.ts';
import { OUTBOX_GRACE_MS, startOutbox } from './start-outbox.ts';
import { createSay } from './telegram/say.ts';
import { createTelegramApi, type TelegramApi, TelegramFailure } from './telegram/telegram-api.ts';

/** Starts the bot: intake, outbox and live view. Throws `ConfigurationError` or `FatalError` if it cannot work. */
export async function startBot({ env, log, fail }: ServiceContext): Promise<Service> {
  const config = readSettingsOf('bot', env);
  const { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: apiRoot, POOL: pool } = config;
  const configured = { users: config.TELEGRAM_ALLOWED_USERS, chats: config.TELEGRAM_ALLOWED_CHATS };
  warnIfNobodyIsAllowed(configured.users, log);
  const stopping = new AbortController();
  const queues = await openQueues(config.REDIS_URL, { app: 'bot', log, signal: stopping.signal });
  requireNoEviction(await queues.evictionPolicy(), config.REDIS_URL, log);
  const api = createTelegramApi(token, apiRoot);
  const { id: botId, username } = await introduce(api, apiRoot, log);

  const { redis, leases, overview, workforce } = queues;
  const journal = createSentJournal(redis);
  const asking = {
    questions: createKeptQuestions(redis, token),
    expectations: createExpectations(redis),
    kept: createKeptMessages(redis),
  };
  const stopButtons = createStopButtons(token);
  const say = createSay(queues.addJob);
  const groups = startGroups({ queues, journal, configured, say, log });
  const { moved, allowed } = groups;
  const outbox = await startOutbox({ queues, api, botId, config, journal, ...asking, groups, stopButtons, say, log });
  const { live } = outbox;
  const { react, setCommands, getUpdates } = api;
  const { jobsAhead, pending, held, front } = overview;
  const { workers, pools, integrations } = workforce;
  const reacts = config.REACTIONS !== 'off';
  const acknowledger = createAcknowledger({ react, jobsAhead, workers, say, log, reacts });
  const unserved = watchUnserved({ pending, held, front, workers, pools, say, log });
  const bot = { id: botId, username, pool, topicPerSession: config.TOPIC_PER_SESSION };
  const stops = { live, stopButtons };
  const { acknowledge: onAccepted } = acknowledger;
  const handle = composeIntake({ queues, api, bot, allowed, journal, asking, groups, stops, say, log, onAccepted });

  let isPolling = false;
  const onPolling = (now: boolean) => {
    isPolling = now;
    if (now) live.takeOver().catch((err: unknown) => log.warn({ err }, 'Old live messages were not taken over'));
    log.info(now ? `Taking messages for @${username}` : 'No longer taking messages');
  };
  // One bot shows the live view, so that a chat does not see it twice.
  const endListening = await queues.listenLive((frame) => {
    if (isPolling) live.show({ ...frame, place: moved.placeNow(frame.place) });
  });
  const { acquire } = leases;
  const polling = pollUpdates({ getUpdates, acquire, botId, handle, pause, log, onPolling }, stopping.signal).catch(
    (error: unknown) => {
      // Anything else ends the process as an unforeseen error, so that it is started again.
      if (!(error instanceof FatalError)) throw error;
      fail(error);
    },
  );
  const menu = keepCommandMenu({ setCommands, integrations, pool, log }, allowed);
  const heartbeat = keepHeartbeat(config.HEARTBEAT_FILE, queues.isWell, log);

  return {
    stopWithinMs: 3 * OUTBOX_GRACE_MS,
    async stop() {
      stopping.abort();
      for (const each of [heartbeat, acknowledger, menu, groups]) each.stop();
      endListening();
      await polling;
      await Promise.all([outbox.stop(), unserved.stop()]);
      await queues.close();
    },
  };
}

function warnIfNobodyIsAllowed(users: readonly number[], log: Log): void {
  if (users.length > 0) return;
  log.warn(
    'TELEGRAM_ALLOWED_USERS is empty: everybody is refused. Set it to your numeric Telegram user id (send /start to @userinfobot to learn it).',
  );
}

/** Asks Telegram who the bot is, until it answers. Throws `FatalError` if the token is refused. */
async function introduce(api: TelegramApi, apiRoot: string, log: Log): Promise<{ id: number; username: string }> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await api.getMe();
    } catch (error) {
      if (!(error instanceof TelegramFailure)) throw error;
      if (error.code === 401 || error.code === 404)
        throw new FatalError(`Telegram at ${apiRoot} does not know the bot token. Check TELEGRAM_BOT_TOKEN.`);
      log.error(
        `Telegram at ${apiRoot} does not answer: ${error.message}. Trying again. Check the network and TELEGRAM_API_ROOT.`,
      );
      await pause(backoffMs(failures));
    }
  }
}
