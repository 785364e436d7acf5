import { type Origin, type QueueRef, type SessionCard, sessionQueue } from '@signalbox/contracts';
import { words } from '../wording/words.ts';
import type { Decision, Surroundings } from './decision.ts';
import type { TypedCommand } from './parse-command.ts';

/** A command of the chat: what `/help`, the command menu and the usage lines are made from, and what it leads to. */
export interface Command {
  /** As it is typed, without the slash: at most 32 of a–z, 0–9 and `_`. */
  readonly name: string;
  readonly usage: string;
  /** At most 256 characters, for Telegram's menu. */
  readonly description: string;
  /** Shown with the usage. Default: the command alone. */
  readonly example?: string | undefined;
  /** Buttons type it; no list and no menu has it. */
  readonly isHidden?: boolean;
  decide(typed: TypedCommand, origin: Origin, around: Surroundings): Promise<Decision> | Decision;
}

/** The answer to a command that was typed wrongly: how it is typed, with an example. */
export function usage({
  name,
  usage: line,
  example = `/${name}`,
}: Pick<Command, 'name' | 'usage' | 'example'>): Decision {
  return { say: words.usage(line, example) };
}

/** The session that the place talks to, and its queue; or the words that say that there is none. */
export async function activeSession(
  origin: Origin,
  around: Surroundings,
): Promise<{ card: SessionCard; queue: QueueRef } | { say: string }> {
  const name = await around.activeSession(origin.place);
  const card = name === undefined ? undefined : await currentCard(name, around);
  return card ? { card, queue: sessionQueue(card.name, card.pool) } : { say: words.noActiveSession };
}

/** The card of a session, also by the name that it had before. */
export async function currentCard(name: string, around: Surroundings): Promise<SessionCard | undefined> {
  const card = await around.session(name);
  if (card) return card;
  const since = await around.renamed(name);
  return since === undefined ? undefined : around.session(since);
}
