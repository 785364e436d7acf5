import { replyQueue } from '@signalbox/contracts';
import type { Queues } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import type { Expectations } from './asking/expectations.ts';
import { createFindExpected } from './asking/find-expected.ts';
import type { KeptQuestions } from './asking/keep-questions.ts';
import type { KeptMessages } from './asking/kept-messages.ts';
import { createPerformAct } from './asking/perform-act.ts';
import { createPressButton } from './asking/press-button.ts';
import { createFindEdited } from './deciding/find-edited.ts';
import type { BotSettings } from './deciding/snapshot.ts';
import { createTakeSnapshot, type TakeSnapshot } from './deciding/take-snapshot.ts';
import { createEarlierFiles } from './files/earlier-files.ts';
import { createGroupTalk } from './groups/group-talk.ts';
import { createListen, type Listen } from './groups/listen.ts';
import type { GroupMode } from './groups/whom-for.ts';
import { createAccept } from './intake/accept-update.ts';
import type { Accepted } from './intake/acknowledge.ts';
import type { Allowlist } from './intake/authorize.ts';
import { createCarryOut } from './intake/carry-out.ts';
import { createForgetSession } from './intake/forget-session.ts';
import { createHandleUpdate, type HandleUpdate } from './intake/handle-update.ts';
import { createPerform, type Perform } from './intake/perform.ts';
import type { StopButtons } from './live/stop-button.ts';
import { createStopDraft, type StopDependencies, withStopButton } from './live/stop-turn.ts';
import type { SentJournal } from './outbox/sent-journal.ts';
import type { Say } from './telegram/say.ts';
import type { TelegramApi } from './telegram/telegram-api.ts';
import { createTopicNames } from './telegram/topic-names.ts';
import { createMakeTopic } from './telegram/topics.ts';

/** What is given to the handling of updates. */
interface IntakeSettings {
  readonly queues: Queues;
  readonly api: Pick<TelegramApi, 'answerButton' | 'createTopic'>;
  readonly bot: BotSettings & { readonly id: number };
  readonly allowed: Allowlist;
  readonly groups: { readonly mode: GroupMode; readonly context: number };
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
  const { queues, api, bot, allowed, asking, stops, say, log, onAccepted } = settings;
  const { routing, questions, signals, addJob, waiting } = queues;
  const { answerButton } = api;
  const { decided, decideOnce, activeSession, session } = routing;
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
    ...{ botId: bot.id, allowed, accept, say, log },
    listen: composeListen(settings),
    noteTopic: createTopicNames(queues.redis).note,
    countBug: () => queues.bugs.count('update'),
    press: withStopButton(press, stopping),
    stopDraft: createStopDraft(stopping),
  });
}

function composeListen({ queues, bot, groups, asking }: IntakeSettings): Listen {
  const { redis, routing } = queues;
  return createListen({
    ...{ bot, ...groups, talk: createGroupTalk(redis) },
    isExpected: async (place, userId) => (await asking.expectations.find(place, userId)).length > 0,
    wasDecided: async (updateId) => (await routing.decided(bot.id, updateId)) !== undefined,
  });
}

function composeSnapshot({ queues, bot, journal, asking }: IntakeSettings): TakeSnapshot {
  const { routing, workforce, waiting, houseRecords, redis } = queues;
  const { activeSession, session, renamed, activity } = routing;
  return createTakeSnapshot(
    {
      ...{ activeSession, session, renamed, activity, workforce, listWaiting: waiting.list },
      speaker: (chatId, messageId) => journal.speaker(replyQueue(chatId).name, messageId),
      evidence: houseRecords.evidence,
      expected: createFindExpected(asking.expectations, asking.questions),
      earlierFiles: createEarlierFiles(redis).find,
      edited: createFindEdited(routing.jobOfMessage, waiting.read),
      kept: asking.kept.find,
    },
    bot,
  );
}

function composePerform({ queues, api, asking, say }: IntakeSettings): Perform {
  const { routing, questions, signals, waiting, addJob, overview, redis } = queues;
  const { keepJobOfMessage, claim } = routing;
  const makeTopic = createMakeTopic(redis, api);
  const { forgetBefore: forgetTalk } = createGroupTalk(redis);
  return createPerform({
    carryOut: createCarryOut({
      ...{ routing, keepJobOfMessage, keepFiles: createEarlierFiles(redis).keep, forgetTalk },
      ...{ stop: signals.stop, addJob, say, makeTopic, kept: asking.kept },
    }),
    ...{ claim, answer: questions.answer, clearExpected: asking.expectations.clear, addJob },
    forget: createForgetSession({ empty: waiting.empty, routing }),
    ...{ edit: waiting.edit, readJob: waiting.read, knows: overview.knows },
  });
}
