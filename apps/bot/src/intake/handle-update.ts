import { noticeReplyId, replyQueue, updateJobId } from '@signalbox/contracts';
import type { AddJob, HouseRecords, Routing, Signals, Waiting, Workforce } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import { ZodError } from 'zod';
import type { Expectations } from '../asking/expectations.ts';
import type { Press, PressButton } from '../asking/press-button.ts';
import type { Decision } from '../deciding/decision.ts';
import type { StopDraft } from '../live/stop-turn.ts';
import type { SentJournal } from '../outbox/sent-journal.ts';
import type { MakeTopic } from '../telegram/topics.ts';
import { words } from '../wording/words.ts';
import type { Accepted } from './acknowledge.ts';
import { type Allowlist, isAllowed } from './authorize.ts';
import { decide } from './decide.ts';
import { carryOut, type Say } from './perform.ts';
import { type Incoming, readIncoming, readUpdate, senderOf, updateIdOf } from './read-update.ts';
import { answerWith, editJob } from './route-text.ts';

export interface HandlingParts {
  readonly bot: { readonly id: number; readonly username: string };
  readonly pool: string;
  readonly allowed: Allowlist;
  readonly routing: Routing;
  readonly workforce: Workforce;
  readonly addJob: AddJob;
  readonly say: Say;
  readonly journal: Pick<SentJournal, 'speaker'>;
  readonly makeTopic: MakeTopic;
  /** Whether new sessions get a forum topic of their own. */
  readonly topicPerSession: boolean;
  readonly log: Log;
  /** Told of what was accepted, once it is durable. */
  onAccepted(accepted: Accepted): void;
  readonly signals: Signals;
  readonly houseRecords: Pick<HouseRecords, 'evidence'>;
  readonly waiting: Waiting;
  readonly expectations: Expectations;
  /** Takes a pressed button: when it resolves, what was chosen is durable. */
  readonly press: PressButton;
  /** Takes a stop by Telegram's own button: when it resolves, it is durable. */
  readonly stopDraft: StopDraft;
}

/**
 * Takes one update: when it resolves, what the update asks for is durable, or it asks for nothing. Rejects with Redis's error, or as
 * `mayAct` does: with that it is asked, right before what would undo another's work, whether this process still takes the updates.
 */
export type HandleUpdate = (raw: unknown, mayAct: () => Promise<void>) => Promise<void>;

const BUGS = [TypeError, RangeError, SyntaxError, ZodError];

/** Errors that trying again does not mend: they come from what was read and must not hold up the updates behind it. */
function isBug(error: unknown): boolean {
  return BUGS.some((bug) => error instanceof bug);
}

export function createHandleUpdate(parts: HandlingParts): HandleUpdate {
  const { bot, allowed, log } = parts;
  return async (raw, mayAct) => {
    const updateId = updateIdOf(raw);
    const update = readUpdate(raw);
    const sender = update && senderOf(update);
    if (!update || !isAllowed(sender, allowed)) {
      log.warn({ updateId, userId: sender?.userId, chatId: sender?.chatId }, 'Refused: not on the allowlist');
      return;
    }
    const incoming = readIncoming(update);
    if (!incoming) return;
    const jobId = updateJobId(bot.id, updateId);
    try {
      await take(parts, incoming, { jobId, updateId, mayAct });
    } catch (error) {
      if (!isBug(error)) throw error;
      log.error({ err: error, updateId }, 'An update could not be handled');
      const { place } = 'origin' in incoming ? incoming.origin : incoming;
      // Not the id of the decision's own words: those may have been said before it failed.
      await parts.say(noticeReplyId(jobId, 'not-handled'), place, words.notHandled(incoming.kind === 'button'));
    }
  };
}

/** Which update it is, and what tells whether this process still takes the updates. */
interface Taking {
  readonly jobId: string;
  readonly updateId: number;
  mayAct(): Promise<void>;
}

async function take(parts: HandlingParts, incoming: Incoming, taking: Taking): Promise<void> {
  if (incoming.kind !== 'button' && incoming.kind !== 'stop') return accept(parts, incoming, taking);
  const type = (text: string) => accept(parts, typed(incoming, text), taking);
  if (incoming.kind === 'stop') await parts.stopDraft(incoming, taking.jobId, type);
  else await parts.press(incoming, taking.jobId, type);
}

/** What a button types, as if the person who pressed it had written it. */
function typed(
  { place, messageId = 0, userId, userName }: Omit<Press, 'messageId' | 'queryId' | 'data'> & { messageId?: number },
  text: string,
): Extract<Incoming, { kind: 'text' }> {
  return { kind: 'text', origin: { place, messageId, userId, userName, sentAt: Date.now() }, text };
}

async function accept(
  parts: HandlingParts,
  incoming: Exclude<Incoming, { kind: 'button' | 'stop' }>,
  { jobId, updateId, mayAct }: Taking,
): Promise<void> {
  const { routing, bot } = parts;
  const before = await routing.decided(bot.id, updateId);
  const decided = before ?? (await decideNow(parts, incoming, jobId, updateId));
  if (decided === undefined) return;
  const decision = JSON.parse(decided) as Decision;
  const { origin } = incoming;
  await carryOut(decision, { jobId, origin, mayAct }, parts);
  parts.onAccepted({ jobId, origin, decision, isAgain: before !== undefined });
}

/** Decides what the update leads to and keeps that. `undefined`: it was meant for another bot. */
async function decideNow(
  parts: HandlingParts,
  incoming: Exclude<Incoming, { kind: 'button' | 'stop' }>,
  jobId: string,
  updateId: number,
): Promise<string | undefined> {
  const { routing, workforce, waiting, houseRecords, journal, bot, pool, topicPerSession } = parts;
  const decision = await decide(incoming, {
    username: bot.username,
    pool,
    topicPerSession,
    jobId,
    session: routing.session,
    renamed: routing.renamed,
    speaker: (chatId, messageId) => journal.speaker(replyQueue(chatId).name, messageId),
    claim: routing.claim,
    activeSession: routing.activeSession,
    personas: workforce.personas,
    workers: workforce.workers,
    evidence: houseRecords.evidence,
    integrations: workforce.integrations,
    waiting,
    isAtBackground: async (session) => (await routing.activity(session))?.background ?? false,
    answerWith: (origin, text, session) => answerWith(parts, { origin, text, session, id: jobId }),
    editJob: (origin, text) => editJob(parts, origin, text),
    now: Date.now,
  });
  return decision && routing.decideOnce(bot.id, updateId, JSON.stringify(decision));
}
