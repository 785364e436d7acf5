import { sessionOfQueue } from '@signalbox/contracts';
import { decideHomelab } from '../commands/homelab.ts';
import { findCommand, nearestCommand } from '../commands/registry.ts';
import { decideStop, STOP_NEEDS } from '../commands/stop.ts';
import { speakerOf } from '../deciding/address-session.ts';
import { type Decision, type Heard, type Spoken, wordsOf } from '../deciding/decision.ts';
import { parseCommand, readsAs, type TypedCommand } from '../deciding/parse-command.ts';
import type { BotSettings, Needs, Snapshot } from '../deciding/snapshot.ts';
import { words } from '../wording/words.ts';
import { decideEdit } from './decide-edit.ts';
import { decideUnsupported, toSession, withFiles } from './decide-message.ts';
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
