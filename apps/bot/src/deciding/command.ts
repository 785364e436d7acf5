import { type Origin, parseName } from '@signalbox/contracts';
import { words } from '../wording/words.ts';
import type { Decision } from './decision.ts';
import type { TypedCommand } from './parse-command.ts';
import type { BotSettings, Needs, Snapshot } from './snapshot.ts';

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
  /** What must be known besides the place's session. */
  needs?(typed: TypedCommand, bot: BotSettings): Needs;
  /** Pure: what is known and what was typed is all that counts. */
  decide(typed: TypedCommand, origin: Origin, snapshot: Snapshot): Decision;
}

type Typing = Pick<Command, 'name' | 'usage' | 'example'>;

/** The answer to a command that was typed wrongly: how it is typed, with an example. */
export function usage({ name, usage: line, example = `/${name}` }: Typing, hint?: string): Decision {
  return { say: words.usage(line, example, hint) };
}

/** The same for one that takes a name and got several words. */
export function usageOfName(command: Typing, typed: readonly string[]): Decision {
  return usage(command, joinedName(command.name, typed));
}

/** What may be meant by several words where one name belongs; `undefined` if they make none. */
export function joinedName(command: string, typed: readonly string[]): string | undefined {
  const name = typed.length > 1 ? parseName(typed.join('-')) : undefined;
  return name && words.noSpaces(`/${command} ${name}`);
}
