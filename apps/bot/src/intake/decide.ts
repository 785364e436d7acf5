import { type FileRef, isTooLarge, type Origin, SINCE, sessionQueue } from '@signalbox/contracts';
import { decideHomelab } from '../commands/homelab.ts';
import { findCommand, nearestCommand } from '../commands/registry.ts';
import { decideStop } from '../commands/stop.ts';
import { addressSession, speakerOf } from '../deciding/address-session.ts';
import type { Decision, Spoken, Surroundings } from '../deciding/decision.ts';
import { parseCommand, type TypedCommand } from '../deciding/parse-command.ts';
import { words } from '../wording/words.ts';
import type { Incoming } from './read-update.ts';

type Said = Exclude<Incoming, { kind: 'button' | 'stop' }>;

/** What a person types who wants it to end. */
const STOP = /^stop[.!]*$/i;

/** Decides what an incoming message leads to. `undefined`: nothing, it was meant for another bot. */
export async function decide(incoming: Said, around: Surroundings): Promise<Decision | undefined> {
  if (incoming.kind === 'unsupported') return decideUnsupported(incoming, around);
  if (incoming.kind === 'edited') return decideEdit(incoming, around);
  if (incoming.files) return withFiles(incoming, incoming.files, around);
  // What somebody else wrote is for Claude to read, not for us to do.
  if (incoming.forwardedFrom !== undefined) return toSession(incoming, around);
  const command = parseCommand(incoming.text);
  if (!command)
    return STOP.test(incoming.text.trim()) ? decideStop(false, incoming, around) : decideText(incoming, around);
  if (command.to && command.to.toLowerCase() !== around.username.toLowerCase()) return undefined;
  const known = findCommand(command.name);
  const { origin, repliesTo } = incoming;
  return known ? known.decide({ ...command, repliesTo }, origin, around) : decideOther(command, origin, around);
}

/** A command that is none of ours may be that of an integration. */
async function decideOther(command: TypedCommand, origin: Origin, around: Surroundings): Promise<Decision> {
  const integrations = await around.integrations(around.pool);
  const card = integrations.find(({ name }) => name === command.name);
  if (card) return decideHomelab(card, command, origin, around);
  const others = integrations.map(({ name }) => name);
  return { say: words.unknownCommand(command.name, nearestCommand(command.name, others)) };
}

/** A text answers what Claude asked, or is a message for it. */
async function decideText(spoken: Spoken, around: Surroundings): Promise<Decision> {
  const { origin, text } = spoken;
  const questionId = await around.answerWith(origin, text, await speakerOf(spoken, around));
  if (questionId === undefined) return toSession(spoken, around);
  return { settle: { questionId, text: words.answered(text, origin.userName) } };
}

async function decideEdit({ origin, text }: Spoken, around: Surroundings): Promise<Decision | undefined> {
  const outcome = await around.editJob(origin, text);
  if (outcome === 'unknown') return undefined;
  return { say: outcome === 'edited' ? words.edited : words.editTooLate };
}

/** Passes a text on to Claude, in the session that it is for. */
async function toSession(spoken: Spoken, around: Surroundings): Promise<Decision> {
  const { origin, text, forwardedFrom, quote, files, album } = spoken;
  const addressed = await addressSession(spoken, around);
  if ('say' in addressed) return addressed;
  const { name, pool } = addressed.card;
  const marks = {
    ...(forwardedFrom === undefined ? {} : { forwardedFrom }),
    ...(quote === undefined ? {} : { quote }),
    ...(files === undefined ? {} : { files: [...files] }),
    ...(album === undefined ? {} : { album }),
  };
  const job = { version: SINCE.message, kind: 'message', session: name, origin, text, ...marks } as const;
  const enqueue = { queue: sessionQueue(name, pool), job };
  return addressed.isOther ? { enqueue, say: words.toOther(name) } : { enqueue };
}

/** A file that is too large is said at once. Claude hears of it if there is anything else for it. */
async function withFiles(spoken: Spoken, files: readonly FileRef[], around: Surroundings): Promise<Decision> {
  const tooLarge = files.filter(isTooLarge);
  if (tooLarge.length === 0) return toSession(spoken, around);
  const isNothingLeft = tooLarge.length === files.length && spoken.text.trim() === '';
  if (isNothingLeft) return { say: words.tooLarge(tooLarge, false) };
  const decision = await toSession(spoken, around);
  if (!decision.enqueue) return decision;
  return { ...decision, say: [decision.say, words.tooLarge(tooLarge, true)].filter(Boolean).join('\n\n') };
}

async function decideUnsupported(
  incoming: Extract<Said, { kind: 'unsupported' }>,
  around: Surroundings,
): Promise<Decision> {
  const { caption, what } = incoming;
  if (caption === undefined) return { say: words.unsupported(what, false) };
  const decision = await toSession({ ...incoming, text: caption }, around);
  return decision.enqueue ? { ...decision, say: words.unsupported(what, true) } : decision;
}
