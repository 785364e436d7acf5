import {
  type FileRef,
  isTooLarge,
  noticeReplyId,
  sessionOfQueue,
  sessionQueue,
  type Written,
} from '@signalbox/contracts';
import { decideHomelab } from '../commands/homelab.ts';
import { findCommand, nearestCommand } from '../commands/registry.ts';
import { decideStop, STOP_NEEDS } from '../commands/stop.ts';
import { addressSession, speakerOf } from '../deciding/address-session.ts';
import { completeReplied } from '../deciding/complete-replied.ts';
import { type Decision, type Heard, type Spoken, wordsOf } from '../deciding/decision.ts';
import { parseCommand, readsAs, type TypedCommand } from '../deciding/parse-command.ts';
import type { BotSettings, Needs, Snapshot } from '../deciding/snapshot.ts';
import { keepMessage, messageJob } from '../keeping/keep-message.ts';
import { type Fate, words } from '../wording/words.ts';
import type { Said } from './reading/incoming.ts';

/** What must be known of a message for a session: if there is none it is kept, beside what is kept already. */
const FOR_SESSION: Needs = { kept: true };

/** What must be known about an incoming message, and what it then leads to; `undefined`: nothing. Pure. */
export interface Deciding {
  readonly needs: Needs;
  decide(snapshot: Snapshot): Decision | undefined;
}

/** What a person types who wants it to end. */
const STOP = /^stop[.!]*$/i;

/** How an incoming message is decided. `undefined`: it was meant for another bot. */
export function howToDecide(incoming: Said & Heard, bot: BotSettings): Deciding | undefined {
  if (incoming.kind === 'unsupported')
    return { needs: FOR_SESSION, decide: (snapshot) => decideUnsupported(incoming, snapshot) };
  if (incoming.kind === 'edited')
    return { needs: { edited: true, kept: true }, decide: (snapshot) => decideEdit(incoming, snapshot) };
  const { files, forwardedFrom, text } = incoming;
  if (files) return { needs: FOR_SESSION, decide: (snapshot) => withFiles(incoming, files, snapshot) };
  // What somebody else wrote is for Claude to read, not for us to do.
  if (forwardedFrom !== undefined) return { needs: FOR_SESSION, decide: (snapshot) => toSession(incoming, snapshot) };
  const command = parseCommand(text);
  if (command) return howToDecideCommand(command, incoming, bot);
  return STOP.test(text.trim())
    ? { needs: STOP_NEEDS, decide: (snapshot) => decideStop(false, snapshot) }
    : asText(incoming);
}

function asText(spoken: Spoken): Deciding {
  return { needs: { ...FOR_SESSION, expected: true }, decide: (snapshot) => decideText(spoken, snapshot) };
}

function howToDecideCommand(typed: TypedCommand, spoken: Spoken, bot: BotSettings): Deciding | undefined {
  if (typed.to && typed.to.toLowerCase() !== bot.username.toLowerCase()) {
    // In a group it is for another bot; here there is nobody else.
    const { place, userId } = spoken.origin;
    return place.chatId === userId ? asText(spoken) : undefined;
  }
  const known = findCommand(typed.name);
  if (known)
    return {
      needs: known.needs?.(typed, bot) ?? {},
      decide: (snapshot) => known.decide(typed, spoken.origin, snapshot),
    };
  return {
    needs: { ...FOR_SESSION, house: true, expected: true },
    decide: (snapshot) => decideUnknown(typed, spoken, snapshot),
  };
}

/** A command that is none of ours may be that of an integration, a slip, or no command at all: `/tmp is full`. */
function decideUnknown(typed: TypedCommand, spoken: Spoken, snapshot: Snapshot): Decision | undefined {
  const { integrations } = snapshot.house;
  const card = integrations.find(({ name }) => name === typed.name);
  if (card) return decideHomelab(card, typed, spoken.origin, snapshot);
  const reading = readsAs(typed);
  const others = integrations.map(({ name }) => name);
  const nearest = nearestCommand(typed.name, others, { inSentence: reading === 'sentence' });
  if (spoken.onlyCommands && (reading === 'path' || nearest === undefined)) return undefined;
  if (reading === 'path') return decideText(spoken, snapshot);
  return reading === 'sentence' && nearest === undefined
    ? decideText(spoken, snapshot)
    : { say: words.unknownCommand(typed.name, nearest) };
}

/** A text answers what Claude asked, or is a message for it: also if the question is answered in another way first. */
function decideText(spoken: Spoken, snapshot: Snapshot): Decision {
  const { origin } = spoken;
  const speaker = speakerOf(snapshot.sessions);
  const to = snapshot.expected
    .filter(({ about }) => speaker === undefined || sessionOfQueue(about.queue.name) === speaker)
    .map(({ about, questionId, prefix, marked }) => {
      // What a person has marked and what they write are both their answer.
      const answer = (text: string) => [...marked, text].join(', ');
      const shown = words.answered(answer(spoken.text), origin.userName);
      return { about, questionId, value: `${prefix}${answer(answerIn(spoken, speaker))}`, shown };
    });
  const otherwise = toSession(spoken, snapshot);
  if (to.length === 0) return otherwise;
  // An answer is words alone.
  const isWithoutFile = speaker === undefined && spoken.replied?.files !== undefined;
  return { answer: { to, otherwise }, ...(isWithoutFile ? { say: words.answeredWithoutFile } : {}) };
}

/** What is said, with the text that it replies to: that of the question itself is known to whoever asked. */
function answerIn(spoken: Spoken, speaker: string | undefined): string {
  const about = speaker === undefined ? spoken.replied?.text : undefined;
  return about === undefined ? wordsOf(spoken) : `${wordsOf(spoken)}\n\n(in reply to: ${about})`;
}

/** Telegram also tells of changes that are none of what was sent, such as a preview of a link. */
function decideEdit(incoming: Edit, { edited, kept }: Snapshot): Decision | undefined {
  const waits = kept.find(({ origin }) => origin.messageId === incoming.origin.messageId);
  const before = edited?.job ?? waits;
  if (!before) return decideInVain(incoming);
  if (before.text === wordsOf(incoming) && areSame(before.files, incoming.files)) return undefined;
  if (!edited && waits)
    return { kept: { change: rewritten(waits, incoming) }, ...(incoming.isMoving ? {} : { say: words.editedKept }) };
  if (!edited) return undefined;
  const job = rewritten(edited.job, incoming);
  // Somebody on the move is not told at each step.
  if (incoming.isMoving) return { edit: { ...edited, job, otherwise: {} } };
  return { edit: { ...edited, job, otherwise: { say: words.editTooLate } }, say: words.edited };
}

/** Telegram edits a message itself when it has the preview of a link, as a rule within so long, in ms. */
const PREVIEW_WITHIN_MS = 5_000;
/** What Telegram may take for a link. */
const LINK = /[\p{L}\d]\.\p{L}{2,}/u;

/**
 * What has answered a question, a command, or what is long done is known no more, so whether a person has changed it can only be
 * guessed. In a group it may have been for others.
 */
function decideInVain({ origin, text, isMoving, editedAt }: Edit): Decision | undefined {
  const { place, userId, messageId, sentAt } = origin;
  const isByPerson = editedAt !== undefined && editedAt - sentAt > PREVIEW_WITHIN_MS && !LINK.test(text);
  if (place.chatId !== userId || isMoving || !isByPerson) return undefined;
  return { say: words.editInVain, sayId: noticeReplyId(String(messageId), 'edit-in-vain') };
}

type Edit = Extract<Said, { kind: 'edited' }>;

/** What was written before, as it reads now. */
function rewritten<Message extends Written>({ files: _, ...before }: Message, now: Edit) {
  return { ...before, text: wordsOf(now), ...(now.files ? { files: [...now.files] } : {}) };
}

type Files = readonly FileRef[] | undefined;

function areSame(before: Files = [], after: Files = []): boolean {
  return before.length === after.length && before.every(({ uniqueId }, index) => after[index]?.uniqueId === uniqueId);
}

/** Passes a text on to Claude, in the session that it is for; where there is none, it is kept. */
function toSession(spoken: Spoken, snapshot: Snapshot): Decision {
  const { sessions, kept } = snapshot;
  const { origin, forwardedFrom, files, album, talk } = spoken;
  const replied = completeReplied(spoken, snapshot);
  const marks = {
    ...(forwardedFrom === undefined ? {} : { forwardedFrom }),
    ...(replied === undefined ? {} : { replied }),
    ...(talk === undefined ? {} : { talk }),
    ...(files === undefined ? {} : { files: [...files] }),
    ...(album === undefined ? {} : { album }),
  };
  const written = { origin, text: wordsOf(spoken), ...marks };
  const missing = replied?.missing === undefined ? [] : [words.repliedMissing(replied.missing)];
  const addressed = addressSession(sessions);
  if ('say' in addressed)
    return speakerOf(sessions) === undefined ? saying(missing, keepMessage(written, kept)) : addressed;
  const { name, pool } = addressed.card;
  const enqueue = { queue: sessionQueue(name, pool), job: messageJob(name, written) };
  return saying([...(addressed.isOther ? [words.toOther(name)] : []), ...missing], { enqueue });
}

/** A file that is too large is said at once. Claude hears of it if there is anything else for it. */
function withFiles(spoken: Spoken, files: readonly FileRef[], snapshot: Snapshot): Decision {
  const tooLarge = files.filter(isTooLarge);
  if (tooLarge.length === 0) return toSession(spoken, snapshot);
  const isNothingLeft = tooLarge.length === files.length && spoken.text.trim() === '';
  if (isNothingLeft) return { say: words.tooLarge(tooLarge, undefined) };
  const decision = toSession(spoken, snapshot);
  const fate = fateOf(decision);
  return fate === undefined ? decision : saying([decision.say, words.tooLarge(tooLarge, fate)], decision);
}

function decideUnsupported(incoming: Extract<Said, { kind: 'unsupported' }> & Heard, snapshot: Snapshot): Decision {
  const { caption, what } = incoming;
  if (caption === undefined) return { say: words.unsupported(what, undefined) };
  const decision = toSession({ ...incoming, text: caption }, snapshot);
  const fate = fateOf(decision);
  return fate === undefined ? decision : saying([decision.say, words.unsupported(what, fate)], decision);
}

/** The decision with these words to be said at once. */
function saying(said: readonly (string | undefined)[], decision: Decision): Decision {
  const say = said.filter(Boolean).join('\n\n');
  return say === '' ? decision : { ...decision, say };
}

/** Whether what was written reaches Claude, or is kept for it; `undefined`: neither. */
function fateOf({ enqueue, kept }: Decision): Fate | undefined {
  if (enqueue !== undefined) return 'was passed on';
  return kept === undefined ? undefined : 'is kept';
}
