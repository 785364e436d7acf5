import { noticeReplyId, type Place, updateJobId } from '@signalbox/contracts';
import { mayPass } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import type { FollowGroup } from '../asking/follow-group.ts';
import type { PressButton } from '../asking/press-button.ts';
import type { Heard } from '../deciding/decision.ts';
import type { Listen } from '../groups/listen.ts';
import type { DraftStop } from '../live/stop-button.ts';
import type { MovedGroups } from '../telegram/moved-groups.ts';
import type { Say } from '../telegram/say.ts';
import { TelegramFailure } from '../telegram/telegram-api.ts';
import { words } from '../wording/words.ts';
import type { Accept, Taking } from './accept-update.ts';
import { type Allowlist, isAllowed } from './authorize.ts';
import type { Incoming, Said, Sender } from './reading/incoming.ts';
import { moveOf } from './reading/read-move.ts';
import { topicOf } from './reading/read-topic.ts';
import { readIncoming, readUpdate, senderOf, type Update, updateIdOf } from './reading/read-update.ts';
import { whyRefused } from './why-refused.ts';

/** What handling an update calls. */
export interface HandleDependencies {
  readonly botId: number;
  /** Who may write where, and groups that became supergroups; left out: there are none. */
  readonly chats: {
    readonly allowed: Allowlist;
    readonly moved?: Pick<MovedGroups, 'now' | 'refresh'>;
    readonly follow?: FollowGroup;
  };
  /** Tells whether a message is for Claude at all. */
  readonly listen: Listen;
  readonly accept: Accept;
  /** Takes a pressed button: when it resolves, what was chosen is durable. */
  readonly press: PressButton;
  /** Takes a stop by Telegram's own button: when it resolves, it is durable. */
  stopDraft(stop: DraftStop, id: string, type: (text: string) => Promise<void>): Promise<void>;
  /** Notes what a topic is called. */
  noteTopic(place: Place, name: string, isFirst: boolean): Promise<void>;
  readonly say: Say;
  readonly log: Log;
  /** Counts a bug. */
  countBug(): Promise<void>;
}

/**
 * Takes one update: when it resolves, what the update asks for is durable, or it asks for nothing. Rejects with Redis's error, or as
 * `mayAct` does: with that it is asked, right before what would undo another's work, whether this process still takes the updates.
 */
export type HandleUpdate = (raw: unknown, mayAct: () => Promise<void>) => Promise<void>;

/** Nobody off the allowlist has any effect; a bug is told in the chat and lets the updates behind it through. */
export function createHandleUpdate(dependencies: HandleDependencies): HandleUpdate {
  const { botId, chats, log } = dependencies;
  return async (raw, mayAct) => {
    const updateId = updateIdOf(raw);
    const update = readUpdate(raw);
    const sender = update && senderOf(update);
    if (update && (await goesAlong(update, dependencies))) return;
    if (!update || !sender || !(await mayUse(sender, dependencies))) {
      log.warn({ updateId, userId: sender?.userId, chatId: sender?.chatId }, whyRefused(sender, chats.allowed));
      return;
    }
    const jobId = updateJobId(botId, updateId);
    let incoming: (Incoming & Heard) | undefined;
    let isReplaced = false;
    const askWhetherMayAct = () =>
      mayAct().catch((error: unknown) => {
        isReplaced = true;
        throw error;
      });
    try {
      incoming = await hear(raw, update, updateId, dependencies);
      if (incoming) await take(incoming, { jobId, updateId, mayAct: askWhetherMayAct }, dependencies);
    } catch (error) {
      const isUnreachable = error instanceof TelegramFailure && error.kind === 'unreachable';
      if (isReplaced || isUnreachable || mayPass(error)) throw error;
      log.error({ err: error, updateId }, 'An update could not be handled');
      const place = incoming ? placeOf(incoming) : { chatId: sender.chatId };
      await tellOfBug(jobId, { place, isPress: incoming?.kind === 'button' }, dependencies);
    }
  };
}

/** Reads an update of an allowed person; `undefined` if nothing is asked of us. */
async function hear(
  raw: unknown,
  update: Update,
  updateId: number,
  { listen, noteTopic }: HandleDependencies,
): Promise<(Incoming & Heard) | undefined> {
  const topic = topicOf(update);
  if (topic) await noteTopic(topic.place, topic.name, topic.isFirst);
  const heard = await listen(raw, updateId);
  const incoming = heard && readIncoming(readUpdate(heard.raw) ?? update);
  return incoming && { ...incoming, ...heard.how };
}

/**
 * Goes along with a group that became a supergroup, if it is an allowed one: whoever did that, it is Telegram that tells of it. Resolves to
 * whether the update is about that and nothing else.
 */
async function goesAlong(update: Update, { chats, log }: HandleDependencies): Promise<boolean> {
  const move = moveOf(update);
  const { allowed, moved, follow } = chats;
  if (!move || !moved || !follow || !allowed.chats.includes(move.from)) return false;
  try {
    if (moved.now(move.from) !== move.to) await follow(move.from, move.to);
  } catch (err) {
    if (mayPass(err)) throw err;
    log.error({ err, ...move }, 'A group that became a supergroup could not be followed');
  }
  return true;
}

/** Whether the sender may cause any effect; of a supergroup another process may have heard that it was an allowed group. */
async function mayUse(sender: Sender, { chats }: HandleDependencies): Promise<boolean> {
  const { allowed, moved } = chats;
  const isInGroup = !sender.isPrivate;
  if (isAllowed(sender, allowed)) return true;
  if (!isInGroup || !moved) return false;
  await moved.refresh();
  return isAllowed(sender, allowed);
}

function placeOf(incoming: Incoming): Place {
  return 'origin' in incoming ? incoming.origin.place : incoming.place;
}

/** Rejects with Redis's error alone: what cannot even be told must not hold up the updates behind it. */
async function tellOfBug(
  jobId: string,
  { place, isPress }: { place: Place; isPress: boolean },
  { say, countBug, log }: HandleDependencies,
): Promise<void> {
  try {
    // Not the id of the decision's own words: those may have been said before it failed.
    await say(noticeReplyId(jobId, 'not-handled'), place, words.notHandled(isPress));
    await countBug();
  } catch (err) {
    if (mayPass(err)) throw err;
    log.error({ err }, 'That an update could not be handled was not told');
  }
}

async function take(
  incoming: Incoming & Heard,
  taking: Taking,
  { accept, press, stopDraft }: HandleDependencies,
): Promise<void> {
  if (incoming.kind !== 'button' && incoming.kind !== 'stop') return accept(incoming, taking);
  const type = (text: string) => accept(typed(incoming, text), taking);
  if (incoming.kind === 'stop') await stopDraft(incoming, taking.jobId, type);
  else await press(incoming, taking.jobId, type);
}

/** What a button types, as if the person who pressed it had written it. */
function typed(
  { place, userId, userName, ...more }: Extract<Incoming, { kind: 'button' | 'stop' }>,
  text: string,
): Said {
  const messageId = 'messageId' in more ? more.messageId : 0;
  return { kind: 'text', origin: { place, messageId, userId, userName, sentAt: Date.now() }, text };
}
