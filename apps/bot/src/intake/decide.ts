import { type FileRef, isTooLarge, sessionOfQueue, sessionQueue } from '@signalbox/contracts';
import { decideHomelab } from '../commands/homelab.ts';
import { findCommand, nearestCommand } from '../commands/registry.ts';
import { decideStop, STOP_NEEDS } from '../commands/stop.ts';
import { addressSession, speakerOf } from '../deciding/address-session.ts';
import type { Decision, Spoken } from '../deciding/decision.ts';
import { keepMessage, messageJob } from '../deciding/keep-message.ts';
import { parseCommand, type TypedCommand } from '../deciding/parse-command.ts';
import type { BotSettings, Needs, Snapshot } from '../deciding/snapshot.ts';
import { words } from '../wording/words.ts';
import type { Said } from './read-update.ts';

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
export function howToDecide(incoming: Said, bot: BotSettings): Deciding | undefined {
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
    : { needs: { ...FOR_SESSION, expected: true }, decide: (snapshot) => decideText(incoming, snapshot) };
}

function howToDecideCommand(typed: TypedCommand, { origin }: Spoken, bot: BotSettings): Deciding | undefined {
  if (typed.to && typed.to.toLowerCase() !== bot.username.toLowerCase()) return undefined;
  const known = findCommand(typed.name);
  if (known)
    return {
      needs: known.needs?.(typed, bot) ?? {},
      decide: (snapshot) => known.decide(typed, origin, snapshot),
    };
  // One that is none of ours may be that of an integration.
  return {
    needs: { house: true },
    decide(snapshot) {
      const { integrations } = snapshot.house;
      const card = integrations.find(({ name }) => name === typed.name);
      if (card) return decideHomelab(card, typed, origin, snapshot);
      const others = integrations.map(({ name }) => name);
      return { say: words.unknownCommand(typed.name, nearestCommand(typed.name, others)) };
    },
  };
}

/** A text answers what Claude asked, or is a message for it: also if the question is answered in another way first. */
function decideText(spoken: Spoken, snapshot: Snapshot): Decision {
  const { origin, text } = spoken;
  const speaker = speakerOf(snapshot.sessions);
  const to = snapshot.expected
    .filter(({ about }) => speaker === undefined || sessionOfQueue(about.queue.name) === speaker)
    .map(({ about, questionId, prefix }) => ({ about, questionId, value: `${prefix}${text}` }));
  const otherwise = toSession(spoken, snapshot);
  return to.length === 0 ? otherwise : { answer: { to, shown: words.answered(text, origin.userName), otherwise } };
}

/** Telegram also tells of changes that are none of the text, such as a preview of a link. */
function decideEdit({ origin, text }: Spoken, { edited, kept }: Snapshot): Decision | undefined {
  const waits = kept.find((each) => each.origin.messageId === origin.messageId);
  if (!edited && waits && waits.text !== text) return { kept: { change: { ...waits, text } }, say: words.editedKept };
  if (!edited || edited.job.text === text) return undefined;
  const job = { ...edited.job, text };
  return { edit: { ...edited, job, otherwise: { say: words.editTooLate } }, say: words.edited };
}

/** Passes a text on to Claude, in the session that it is for; where there is none, it is kept. */
function toSession(spoken: Spoken, { sessions, kept }: Snapshot): Decision {
  const { origin, text, forwardedFrom, quote, files, album } = spoken;
  const marks = {
    ...(forwardedFrom === undefined ? {} : { forwardedFrom }),
    ...(quote === undefined ? {} : { quote }),
    ...(files === undefined ? {} : { files: [...files] }),
    ...(album === undefined ? {} : { album }),
  };
  const written = { origin, text, ...marks };
  const addressed = addressSession(sessions);
  if ('say' in addressed) return speakerOf(sessions) === undefined ? keepMessage(written, kept) : addressed;
  const { name, pool } = addressed.card;
  const enqueue = { queue: sessionQueue(name, pool), job: messageJob(name, written) };
  return addressed.isOther ? { enqueue, say: words.toOther(name) } : { enqueue };
}

/** A file that is too large is said at once. Claude hears of it if there is anything else for it. */
function withFiles(spoken: Spoken, files: readonly FileRef[], snapshot: Snapshot): Decision {
  const tooLarge = files.filter(isTooLarge);
  if (tooLarge.length === 0) return toSession(spoken, snapshot);
  const isNothingLeft = tooLarge.length === files.length && spoken.text.trim() === '';
  if (isNothingLeft) return { say: words.tooLarge(tooLarge, false) };
  const decision = toSession(spoken, snapshot);
  if (!isTaken(decision)) return decision;
  return { ...decision, say: [decision.say, words.tooLarge(tooLarge, true)].filter(Boolean).join('\n\n') };
}

function decideUnsupported(incoming: Extract<Said, { kind: 'unsupported' }>, snapshot: Snapshot): Decision {
  const { caption, what } = incoming;
  if (caption === undefined) return { say: words.unsupported(what, false) };
  const decision = toSession({ ...incoming, text: caption }, snapshot);
  return isTaken(decision) ? { ...decision, say: words.unsupported(what, true) } : decision;
}

/** Whether what was written reaches Claude, or is kept for it. */
function isTaken({ enqueue, kept }: Decision): boolean {
  return enqueue !== undefined || kept !== undefined;
}
