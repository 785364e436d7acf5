import { openQueues } from '@signalbox/queues';
import {
  backoffMs,
  FatalError,
  keepHeartbeat,
  type Log,
  pause,
  readSettingsOf,
  type Service,
  type ServiceContext,
} from '@signalbox/service';
import { createExpectations } from './asking/expectations.ts';
import { createPerformAct } from './asking/perform-act.ts';
import { createPressButton } from './asking/press-button.ts';
import { createQuestions } from './asking/questions.ts';
import { createDownload } from './files/download-file.ts';
import { createFileFetcher } from './files/fetch-files.ts';
import { createAcknowledger } from './intake/acknowledge.ts';
import { createHandleUpdate } from './intake/handle-update.ts';
import { keepCommandMenu } from './intake/offer-commands.ts';
import { createSay } from './intake/perform.ts';
import { pollUpdates } from './intake/poll-updates.ts';
import { watchUnserved } from './intake/watch-unserved.ts';
import { createLiveMessages } from './live/live-messages.ts';
import { createLiveView } from './live/live-view.ts';
import { createStopButtons } from './live/stop-button.ts';
import { createStopDraft, withStopButton } from './live/stop-turn.ts';
import { createOutbox } from './outbox/send-replies.ts';
import { createSentJournal } from './outbox/sent-journal.ts';
import { createChatPace } from './telegram/chat-pace.ts';
import { createFloodGate } from './telegram/flood-gate.ts';
import { createTelegramApi, type TelegramApi, TelegramFailure } from './telegram/telegram-api.ts';
import { createMakeTopic } from './telegram/topics.ts';

/** How long running sends may take to end when the bot stops, in ms. */
const OUTBOX_GRACE_MS = 5_000;
/** How often chats whose outbox is no longer needed are let go, in ms. */
const RECONSIDER_MS = 15_000;

/** Starts the bot: intake, outbox and live view. Throws `ConfigurationError` or `FatalError` if it cannot work. */
export async function startBot({ env, log, fail }: ServiceContext): Promise<Service> {
  const config = readSettingsOf('bot', env);
  const allowed = { users: config.TELEGRAM_ALLOWED_USERS, chats: config.TELEGRAM_ALLOWED_CHATS };
  warnIfNobodyIsAllowed(allowed.users, log);
  const stopping = new AbortController();
  const queues = await openQueues(config.REDIS_URL, { app: 'bot', log, signal: stopping.signal });
  const api = createTelegramApi(config.TELEGRAM_BOT_TOKEN, config.TELEGRAM_API_ROOT);
  const bot = await introduce(api, config.TELEGRAM_API_ROOT, log);

  const say = createSay(queues.addJob);
  const questions = createQuestions(queues.redis, config.TELEGRAM_BOT_TOKEN);
  const expectations = createExpectations(queues.redis);
  const gate = createFloodGate(queues.redis, pause);
  const journal = createSentJournal(queues.redis);
  const pace = createChatPace(pause);
  const asked = { questions, expectations };
  const replies = createOutbox({ ...queues, ...asked, api, journal, gate, pace, pause, log });
  const outbox = await queues.consume('reply', replies);
  const download = createDownload(config, api);
  const files = await queues.consume('files', createFileFetcher({ ...queues, download, pause, log }));
  const reconsider = setInterval(() => outbox.held().forEach(outbox.reconsider, outbox), RECONSIDER_MS);
  const stopButtons = createStopButtons(config.TELEGRAM_BOT_TOKEN);
  const messages = createLiveMessages(queues.redis, bot.id);
  const live = createLiveView({ api, gate, pace, messages, streaming: config.STREAMING, stopButtons, log });
  const acknowledger = createAcknowledger({ ...queues, api, say, log, reacts: config.REACTIONS !== 'off' });
  const unserved = watchUnserved({ ...queues, say, log });
  const perform = createPerformAct({ ...queues, ...asked });
  const stopParts = { ...queues, live, stopButtons, api, log };
  const press = withStopButton(createPressButton({ ...queues, questions, perform, api, log }), stopParts);
  const onAccepted = acknowledger.acknowledge;
  const makeTopic = createMakeTopic(queues.redis, api);
  const sessions = { pool: config.POOL, topicPerSession: config.TOPIC_PER_SESSION };
  const handle = createHandleUpdate({
    ...{ ...queues, ...sessions, expectations, bot, allowed },
    ...{ say, journal, makeTopic, log, press },
    stopDraft: createStopDraft(stopParts),
    onAccepted,
  });

  let isPolling = false;
  const onPolling = (now: boolean) => {
    isPolling = now;
    if (now) live.takeOver().catch((err: unknown) => log.warn({ err }, 'Old live messages were not taken over'));
    log.info(now ? `Taking messages for @${bot.username}` : 'No longer taking messages');
  };
  // One bot shows the live view, so that a chat does not see it twice.
  const silence = await queues.listenLive((frame) => isPolling && live.show(frame));
  const pollingParts = { api, leases: queues.leases, botId: bot.id, handle, pause, log, onPolling };
  const polling = pollUpdates(pollingParts, stopping.signal).catch((error: unknown) => {
    // Anything else ends the process as an unforeseen error, so that it is started again.
    if (!(error instanceof FatalError)) throw error;
    fail(error);
  });
  const menu = keepCommandMenu({ ...queues, api, pool: config.POOL, log }, allowed);
  const heartbeat = keepHeartbeat(config.HEARTBEAT_FILE, queues.isWell, log);

  return {
    stopWithinMs: 3 * OUTBOX_GRACE_MS,
    async stop() {
      stopping.abort();
      heartbeat.stop();
      acknowledger.stop();
      clearInterval(reconsider);
      menu.stop();
      silence();
      await polling;
      await Promise.all([outbox.stop(OUTBOX_GRACE_MS), files.stop(OUTBOX_GRACE_MS), live.stop(), unserved.stop()]);
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
