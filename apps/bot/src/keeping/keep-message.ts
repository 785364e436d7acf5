import {
  type MenuButton,
  type MessageJob,
  type SessionCard,
  SINCE,
  sessionQueue,
  type Written,
} from '@signalbox/contracts';
import type { Decision } from '../deciding/decision.ts';
import type { Kept } from '../deciding/snapshot.ts';
import { words } from '../wording/words.ts';
import { nameFromWords } from './name-from-words.ts';

/** The hidden command behind the buttons that say what becomes of what is kept. */
export const KEPT_COMMAND = 'kept';

/**
 * Keeps a message for which there is no session, and offers to start one with it and all that is kept there already. Of an album the
 * first one offers. Pure.
 */
export function keepMessage(message: Written, before: readonly Kept[]): Decision {
  const isOfAlbum = message.album !== undefined && before.some(({ album }) => album === message.album);
  const { messageId } = message.origin;
  const all = [...before.filter(({ origin }) => origin.messageId !== messageId), message];
  return { kept: { add: message }, ...(isOfAlbum ? {} : offerToStart(all.length, startName(all))) };
}

/** The offer to start a session of this name with so many messages that are kept. Pure. */
export function offerToStart(count: number, name: string): Pick<Decision, 'menu'> {
  const start = button(words.startWith(count), `new ${name}`);
  const drop = button(words.dropKept, 'drop');
  const text = words.keptWithoutSession(count);
  return { menu: { text, plain: true, once: true, rows: [[start], [drop]] } };
}

/** The offer to give what is kept to the session that a place talks to from now on; nothing if nothing is kept. Pure. */
export function offerToPassOn(kept: readonly Kept[], session: string): Pick<Decision, 'menu'> {
  if (kept.length === 0) return {};
  const pass = button(words.passKeptOn(session), `to ${session}`);
  const drop = button(words.dropKept, 'drop');
  return { menu: { text: words.keptStill(kept.length), plain: true, once: true, rows: [[pass], [drop]] } };
}

/** What is kept, as jobs of a session, in the order in which it was written. Pure. */
export function givenTo({ name, pool }: Pick<SessionCard, 'name' | 'pool'>, kept: readonly Kept[]): Decision {
  const queue = sessionQueue(name, pool);
  const afterwards = kept.map(({ jobId, ...written }) => ({ queue, job: messageJob(name, written), id: jobId }));
  return { afterwards, kept: { take: kept.map(({ origin }) => origin.messageId) } };
}

/** What was written as a message for a session. Pure. */
export function messageJob(session: string, written: Written): MessageJob {
  return { version: SINCE.message, kind: 'message', session, ...written };
}

/** The name of the session that is offered. Pure. */
function startName(kept: readonly Written[]): string {
  const [first] = kept;
  const text = kept.map((each) => each.text).find((each) => each.trim() !== '');
  const [file] = first?.files ?? [];
  return nameFromWords(text ?? file?.name?.replace(/\.\w+$/, '') ?? file?.kind ?? '');
}

function button(label: string, args: string): MenuButton {
  return { label, act: { do: 'command', text: `/${KEPT_COMMAND} ${args}` } };
}
