import { type FileRef, isTooLarge, SINCE, sessionOfQueue, sessionQueue } from '@signalbox/contracts';
import { decideHomelab } from '../commands/homelab.ts';
import { findCommand, nearestCommand } from '../commands/registry.ts';
import { decideStop, STOP_NEEDS } from '../commands/stop.ts';
import { addressSession, speakerOf } from '../deciding/address-session.ts';
import { completeReplied } from '../deciding/complete-replied.ts';
import { type Decision, type Heard, type Spoken, wordsOf } from '../deciding/decision.ts';
import { parseCommand, readsAs, type TypedCommand } from '../deciding/parse-command.ts';
import type { BotSettings, Needs, Snapshot } from '../deciding/snapshot.ts';
import { words } from '../wording/words.ts';
import type { Said } from './incoming.ts';

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
    return { needs: {}, decide: (snapshot) => decideUnsupported(incoming, snapshot) };
  if (incoming.kind === 'edited')
    return { needs: { edited: true }, decide: ({ edited }) => decideEdit(incoming, edited) };
  const { files, forwardedFrom, text } = incoming;
  if (files) return { needs: {}, decide: (snapshot) => withFiles(incoming, files, snapshot) };
  // What somebody else wrote is for Claude to read, not for us to do.
  if (forwardedFrom !== undefined) return { needs: {}, decide: (snapshot) => toSession(incoming, snapshot) };
  const command = parseCommand(text);
  if (command) return howToDecideCommand(command, incoming, bot);
  return STOP.test(text.trim())
    ? { needs: STOP_NEEDS, decide: (snapshot) => decideStop(false, snapshot) }
    : { needs: { expected: true }, decide: (snapshot) => decideText(incoming, snapshot) };
}

function howToDecideCommand(typed: TypedCommand, spoken: Spoken, bot: BotSettings): Deciding | undefined {
  if (typed.to && typed.to.toLowerCase() !== bot.username.toLowerCase()) return undefined;
  const known = findCommand(typed.name);
  if (known)
    return {
      needs: known.needs?.(typed, bot) ?? {},
      decide: (snapshot) => known.decide(typed, spoken.origin, snapshot),
    };
  return { needs: { house: true, expected: true }, decide: (snapshot) => decideUnknown(typed, spoken, snapshot) };
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
      const answer = [...marked, wordsOf(spoken)].join(', ');
      return { about, questionId, value: `${prefix}${answer}`, shown: words.answered(answer, origin.userName) };
    });
  const otherwise = toSession(spoken, snapshot);
  return to.length === 0 ? otherwise : { answer: { to, otherwise } };
}

/** Telegram also tells of changes that are none of what was sent, such as a preview of a link. */
function decideEdit(incoming: Extract<Said, { kind: 'edited' }>, edited: Snapshot['edited']): Decision | undefined {
  const text = wordsOf(incoming);
  if (!edited || (edited.job.text === text && areSame(edited.job.files, incoming.files))) return undefined;
  const { files: _, ...before } = edited.job;
  const job = { ...before, text, ...(incoming.files ? { files: [...incoming.files] } : {}) };
  // Somebody on the move is not told at each step.
  if (incoming.isMoving) return { edit: { ...edited, job, otherwise: {} } };
  return { edit: { ...edited, job, otherwise: { say: words.editTooLate } }, say: words.edited };
}

type Files = readonly FileRef[] | undefined;

function areSame(before: Files = [], after: Files = []): boolean {
  return before.length === after.length && before.every(({ uniqueId }, index) => after[index]?.uniqueId === uniqueId);
}

/** Passes a text on to Claude, in the session that it is for. */
function toSession(spoken: Spoken, snapshot: Snapshot): Decision {
  const { origin, forwardedFrom, files, album, talk } = spoken;
  const addressed = addressSession(snapshot.sessions);
  if ('say' in addressed) return addressed;
  const { name, pool } = addressed.card;
  const replied = completeReplied(spoken, snapshot);
  const marks = {
    ...(forwardedFrom === undefined ? {} : { forwardedFrom }),
    ...(replied === undefined ? {} : { replied }),
    ...(talk === undefined ? {} : { talk }),
    ...(files === undefined ? {} : { files: [...files] }),
    ...(album === undefined ? {} : { album }),
  };
  const text = wordsOf(spoken);
  const job = { version: SINCE.message, kind: 'message', session: name, origin, text, ...marks } as const;
  const said = [
    ...(addressed.isOther ? [words.toOther(name)] : []),
    ...(replied?.missing === undefined ? [] : [words.repliedMissing(replied.missing)]),
  ];
  const enqueue = { queue: sessionQueue(name, pool), job };
  return said.length === 0 ? { enqueue } : { enqueue, say: said.join('\n\n') };
}

/** A file that is too large is said at once. Claude hears of it if there is anything else for it. */
function withFiles(spoken: Spoken, files: readonly FileRef[], snapshot: Snapshot): Decision {
  const tooLarge = files.filter(isTooLarge);
  if (tooLarge.length === 0) return toSession(spoken, snapshot);
  const isNothingLeft = tooLarge.length === files.length && spoken.text.trim() === '';
  if (isNothingLeft) return { say: words.tooLarge(tooLarge, false) };
  const decision = toSession(spoken, snapshot);
  if (!decision.enqueue) return decision;
  return { ...decision, say: [decision.say, words.tooLarge(tooLarge, true)].filter(Boolean).join('\n\n') };
}

function decideUnsupported(incoming: Extract<Said, { kind: 'unsupported' }> & Heard, snapshot: Snapshot): Decision {
  const { caption, what } = incoming;
  if (caption === undefined) return { say: words.unsupported(what, false) };
  const decision = toSession({ ...incoming, text: caption }, snapshot);
  if (!decision.enqueue) return decision;
  return { ...decision, say: [decision.say, words.unsupported(what, true)].filter(Boolean).join('\n\n') };
}
