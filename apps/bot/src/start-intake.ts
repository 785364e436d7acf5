import { type Place, replyQueue } from '@signalbox/contracts';
import type { Queues } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import type { Expectations } from './asking/expectations.ts';
import { createFindExpected } from './asking/find-expected.ts';
import type { KeptQuestions } from './asking/keep-questions.ts';
import { createPerformAct } from './asking/perform-act.ts';
import { createPressButton } from './asking/press-button.ts';
import { readContent } from './content/read-content.ts';
import { createFindEdited } from './deciding/find-edited.ts';
import type { BotSettings } from './deciding/snapshot.ts';
import { createTakeSnapshot, type TakeSnapshot } from './deciding/take-snapshot.ts';
import { createEarlierFiles } from './files/earlier-files.ts';
import { createGroupTalk } from './groups/group-talk.ts';
import { createListen, type Listen } from './groups/listen.ts';
import type { GroupMode } from './groups/whom-for.ts';
import { createAccept } from './intake/accept-update.ts';
import type { Accepted } from './intake/acknowledge.ts';
import { createCarryOut } from './intake/carry-out.ts';
import { createForgetSession } from './intake/forget-session.ts';
import { createHandleUpdate, type HandleUpdate } from './intake/handle-update.ts';
import { createPerform, type Perform } from './intake/perform.ts';
import type { KeptMessages } from './keeping/kept-messages.ts';
import type { StopButtons } from './live/stop-button.ts';
import { createStopDraft, type StopDependencies, withStopButton } from './live/stop-turn.ts';
import type { SentJournal } from './outbox/sent-journal.ts';
import type { Groups } from './start-groups.ts';
import type { Say } from './telegram/say.ts';
import type { TelegramApi } from './telegram/telegram-api.ts';
import { createTopicNames } from './telegram/topic-names.ts';
import { createMakeTopic } from './telegram/topics.ts';

/** What is given to the handling of updates. */
interface IntakeSettings {
  readonly queues: Queues;
  readonly api: Pick<TelegramApi, 'answerButton' | 'createTopic'>;
  readonly bot: BotSettings & { readonly id: number; readonly mode: GroupMode; readonly context: number };
  /** Who may write where, and groups that became supergroups; left out: there are none. */
  readonly chats: Pick<Groups, 'allowed'> & Partial<Pick<Groups, 'moved' | 'follow'>>;
  readonly journal: Pick<SentJournal, 'speaker'>;
  readonly asking: {
    readonly questions: KeptQuestions;
    readonly expectations: Expectations;
    readonly kept: KeptMessages;
  };
  readonly stops: { readonly live: Pick<StopDependencies, 'runningIn'>; readonly stopButtons: StopButtons };
  readonly say: Say;
  readonly log: Log;
  onAccepted(accepted: Accepted): void;
}

/** Puts together what takes updates: as it does in the bot, and in tests. */
export function composeIntake(settings: IntakeSettings): HandleUpdate {
  const { queues, api, bot, chats, asking, stops, say, log, onAccepted } = settings;
  const { routing, questions, signals, addJob, waiting } = queues;
  const { answerButton } = api;
  const { decided, decideOnce, session } = routing;
  const activeSession = (place: Place) => routing.activeSession(placeNow(settings, place));
  const takeSnapshot = composeSnapshot(settings);
  const accept = createAccept({
    bot,
    takeSnapshot,
    decided,
    decideOnce,
    perform: composePerform(settings),
    onAccepted,
  });
  const perform = createPerformAct({ ...asking, answer: questions.answer, stop: signals.stop, waiting, session });
  const stopping = {
    ...{ runningIn: stops.live.runningIn, turnOf: stops.stopButtons.turnOf },
    ...{ activeSession, session, stop: signals.stop, answerButton, log },
  };
  const press = createPressButton({ questions: asking.questions, perform, addJob, api, log });
  return createHandleUpdate({
    ...{ botId: bot.id, chats, accept, say, log },
    listen: composeListen(settings),
    noteTopic: createTopicNames(queues.redis).note,
    countBug: () => queues.bugs.count('update'),
    press: withStopButton(press, stopping),
    stopDraft: createStopDraft(stopping),
  });
}

/** What is said in a group that became a supergroup is about that. */
function placeNow({ chats }: IntakeSettings, place: Place): Place {
  return chats.moved?.placeNow(place) ?? place;
}

function composeListen(settings: IntakeSettings): Listen {
  const { queues, bot, asking } = settings;
  const { redis, routing } = queues;
  return createListen({
    ...{ bot, mode: bot.mode, context: bot.context, talk: createGroupTalk(redis) },
    textOf: (message) => readContent({ ...message })?.text ?? '',
    isExpected: async (place, userId) => (await asking.expectations.find(placeNow(settings, place), userId)).length > 0,
    wasDecided: async (updateId) => (await routing.decided(bot.id, updateId)) !== undefined,
  });
}

function composeSnapshot(settings: IntakeSettings): TakeSnapshot {
  const { queues, bot, journal, asking } = settings;
  const { routing, workforce, waiting, houseRecords, redis } = queues;
  const { session, renamed, activity } = routing;
  const now = (place: Place) => placeNow(settings, place);
  const findExpected = createFindExpected(asking.expectations, asking.questions);
  return createTakeSnapshot(
    {
      ...{ session, renamed, activity, workforce, listWaiting: waiting.list },
      activeSession: (place) => routing.activeSession(now(place)),
      speaker: (chatId, messageId) => journal.speaker(replyQueue(chatId).name, messageId),
      evidence: houseRecords.evidence,
      expected: (place, userId) => findExpected(now(place), userId),
      earlierFiles: createEarlierFiles(redis).find,
      edited: createFindEdited(routing.jobOfMessage, waiting.read),
      kept: (place) => asking.kept.find(now(place)),
    },
    bot,
  );
}

function composePerform(settings: IntakeSettings): Perform {
  const { queues, api, asking, say } = settings;
  const { routing, questions, signals, waiting, addJob, overview, redis } = queues;
  const { keepJobOfMessage, claim, changeCard, movePlaces } = routing;
  const now = (place: Place) => placeNow(settings, place);
  const activate = (place: Place, session: string) => routing.activate(now(place), session);
  const kept: Pick<KeptMessages, 'add' | 'change' | 'take'> = {
    add: (place, message) => asking.kept.add(now(place), message),
    change: (place, message) => asking.kept.change(now(place), message),
    take: (place, messageIds) => asking.kept.take(now(place), messageIds),
  };
  const makeTopic = createMakeTopic(redis, api);
  const { forgetBefore: forgetTalk } = createGroupTalk(redis);
  return createPerform({
    carryOut: createCarryOut({
      ...{ routing: { activate, changeCard, movePlaces }, keepJobOfMessage, forgetTalk, kept },
      ...{ keepFiles: createEarlierFiles(redis).keep, stop: signals.stop, addJob, say, makeTopic },
    }),
    ...{ claim, answer: questions.answer, addJob },
    clearExpected: (place, ...of) => asking.expectations.clear(now(place), ...of),
    forget: createForgetSession({ empty: waiting.empty, routing }),
    ...{ edit: waiting.edit, readJob: waiting.read, knows: overview.knows },
  });
}
