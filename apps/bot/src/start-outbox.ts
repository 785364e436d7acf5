import type { Queues } from '@signalbox/queues';
import { type Log, pause } from '@signalbox/service';
import type { Expectations } from './asking/expectations.ts';
import type { KeptQuestions } from './asking/keep-questions.ts';
import { createDownload } from './files/download-file.ts';
import { createEarlierFiles } from './files/earlier-files.ts';
import { createFileFetcher } from './files/fetch-files.ts';
import { createLiveMessages } from './live/live-messages.ts';
import { createLiveView, type LiveView } from './live/live-view.ts';
import { createNoticeMessages } from './live/notice-messages.ts';
import type { Streaming } from './live/place-view.ts';
import { createQueueNotices, type QueueNotices } from './live/queue-notices.ts';
import type { StopButtons } from './live/stop-button.ts';
import { createOutbox } from './outbox/send-replies.ts';
import type { SentJournal } from './outbox/sent-journal.ts';
import type { Groups } from './start-groups.ts';
import { createChatPace } from './telegram/chat-pace.ts';
import { createFloodGate } from './telegram/flood-gate.ts';
import type { Say } from './telegram/say.ts';
import type { TelegramApi } from './telegram/telegram-api.ts';
import { createTopicNames } from './telegram/topic-names.ts';

/** How long running sends may take to end when the bot stops, in ms. */
export const OUTBOX_GRACE_MS = 5_000;
/** How often chats whose outbox is no longer needed are let go, in ms. */
const RECONSIDER_MS = 15_000;

/** What is given to the outbox, the live view and the fetching of files. */
interface OutboxSettings {
  readonly queues: Queues;
  readonly api: TelegramApi;
  readonly botId: number;
  readonly config: { TELEGRAM_BOT_TOKEN: string; TELEGRAM_API_ROOT: string; STREAMING: Streaming };
  readonly journal: SentJournal;
  readonly asking: { readonly questions: KeptQuestions; readonly expectations: Expectations };
  readonly groups?: Pick<Groups, 'moved' | 'follow'>;
  readonly stopButtons: StopButtons;
  readonly say: Say;
  readonly log: Log;
}

/** What goes to Telegram, and what takes back what would otherwise stay. */
interface Outgoing {
  readonly live: LiveView;
  readonly notices: QueueNotices;
  stop(): Promise<void>;
}

/** Starts what goes to Telegram. The live view shows nothing until it is given frames. */
export async function startOutbox(settings: OutboxSettings): Promise<Outgoing> {
  const { queues, api, botId, config, journal, asking, groups, stopButtons, say, log } = settings;
  const { redis, transfers, waiting } = queues;
  const gate = createFloodGate(redis, pause);
  const pace = createChatPace(pause);
  const messages = createLiveMessages(redis, botId);
  const live = createLiveView({ api, gate, pace, messages, streaming: config.STREAMING, stopButtons, log });
  const shown = createNoticeMessages(redis, botId);
  const notices = createQueueNotices({ api, gate, pace, messages: shown, list: waiting.list, log });
  const { keep: keepFiles } = createEarlierFiles(redis);
  const { addJob, overview } = queues;
  const isEmpty = async (queue: string) => (await overview.openJobs([queue])).get(queue) === 0;
  const replies = createOutbox({
    ...{ api, journal, keepFiles, transfers, gate, pace, pause, say, log },
    ...{ questions: asking.questions, expectations: asking.expectations },
    ...{ addJob, topicNames: createTopicNames(redis) },
    ...(groups ? { groups: { ...groups, isEmpty } } : {}),
  });
  const outbox = await queues.consume('reply', replies);
  const fetcher = createFileFetcher({ download: createDownload(config, api), transfers, pause, log });
  const files = await queues.consume('files', fetcher);
  const reconsider = setInterval(() => outbox.held().forEach(outbox.reconsider, outbox), RECONSIDER_MS);
  return {
    live,
    notices,
    async stop() {
      clearInterval(reconsider);
      notices.stop();
      await Promise.all([outbox.stop(OUTBOX_GRACE_MS), files.stop(OUTBOX_GRACE_MS), live.stop()]);
    },
  };
}
