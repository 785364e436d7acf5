import {
  type MenuButton,
  type NewJob,
  type Origin,
  parseName,
  parsePool,
  SINCE,
  sessionQueue,
} from '@signalbox/contracts';
import { type Command, joinedName, usage } from '../deciding/command.ts';
import type { Decision } from '../deciding/decision.ts';
import type { BotSettings, Needs, Snapshot } from '../deciding/snapshot.ts';
import { offerToPassOn } from '../keeping/keep-message.ts';
import { words } from '../wording/words.ts';

export const newCommand: Command = {
  name: 'new',
  usage: '/new <name> [persona] [directory] [@pool]',
  example: '/new web planner ~/projects/web @nas',
  description: 'Start a session and switch to it',
  needs: ({ args }, bot) => ({ ...personasOf(args, bot), pools: true, kept: true }),
  decide: ({ args }, origin, snapshot) => decideNew(args, origin, snapshot),
};

function personasOf(args: readonly string[], bot: BotSettings): Needs {
  const pool = poolOf(readArguments(args), bot);
  return pool === undefined ? {} : { personasOf: { pool } };
}

function poolOf(typed: Typed | undefined, bot: BotSettings): string | undefined {
  return typed?.pool === undefined ? bot.pool : parsePool(typed.pool);
}

function decideNew(args: readonly string[], origin: Origin, snapshot: Snapshot): Decision {
  const { bot, personas: known, kept } = snapshot;
  const typed = readArguments(args);
  if (!typed) return usage(newCommand, joinedName('new', wordsOf(args)));
  const name = parseName(typed.name);
  if (name === undefined) return { say: words.badName(typed.name) };
  const pool = poolOf(typed, bot);
  if (pool === undefined) return { say: words.badPool(typed.pool ?? '') };
  const persona = parseName(typed.persona ?? 'default');
  if (persona === undefined || (known && !known.some((each) => each.name === persona))) {
    const hint = joinedName('new', wordsOf(args));
    return { say: words.unknownPersona(typed.persona ?? 'default', known ?? [], hint) };
  }
  if (isUnknown(pool, snapshot) && !typed.isCertain) return askForPool(args, pool, snapshot);
  const made = { name, pool, persona, personaNamed: typed.persona !== undefined, directory: typed.directory };
  return {
    ...startSession(made, origin, snapshot, { say: words.alreadyExists(name) }),
    ...offerToPassOn(kept, name),
  };
}

/** Whether no worker of the pool ever ran. Of the bot's own one may just be starting. */
function isUnknown(pool: string, { bot, personas, servedPools }: Snapshot): boolean {
  return personas === undefined && pool !== bot.pool && !servedPools.includes(pool);
}

/** A pool that nobody has heard of is most likely mistyped: what is sent there would wait for ever. */
function askForPool(args: readonly string[], pool: string, { servedPools }: Snapshot): Decision {
  const text = `/new ${args.map((word) => (kindOf(word) === 'pool' ? `${word}!` : word)).join(' ')}`;
  const rows: MenuButton[][] = [
    [
      { label: words.makeItAllTheSame, act: { do: 'command', text } },
      { label: words.cancel, act: { do: 'settle' } },
    ],
  ];
  return { menu: { text: words.poolIsUnknown(pool, servedPools), rows, once: true, plain: true } };
}

/** A session that is to be made. `personaNamed`, `directory`: as a person typed them. */
interface NewSession {
  readonly name: string;
  readonly pool: string;
  readonly persona: string;
  readonly personaNamed: boolean;
  readonly directory?: string | undefined;
}

/** Makes a session that the place then talks to, or one in a topic of its own. `otherwise`: the name is another's. */
export function startSession(
  { name, pool, persona, personaNamed, directory }: NewSession,
  origin: Origin,
  { bot, now }: Snapshot,
  otherwise: Decision,
): Decision {
  const where = directory === undefined ? {} : { directory };
  const job: NewJob = { version: SINCE.new, kind: 'new', session: name, persona, personaNamed, origin, ...where };
  const topic = bot.topicPerSession && origin.place.threadId === undefined ? { topic: name } : {};
  return {
    claim: { card: { name, pool, persona, createdAt: now }, otherwise },
    ...topic,
    activate: name,
    enqueue: { queue: sessionQueue(name, pool), job },
  };
}

interface Typed {
  readonly name: string;
  readonly persona?: string;
  readonly directory?: string;
  /** Without its `@`. */
  readonly pool?: string;
  /** There is a `!` behind the pool: it is meant, whatever is known of it. */
  readonly isCertain?: boolean;
}

/** Reads `<name> [persona] [dir] [@pool]`, the last three in any order; `undefined` if it is something else. */
function readArguments([name, ...rest]: readonly string[]): Typed | undefined {
  if (name === undefined) return undefined;
  const read: { -readonly [K in keyof Typed]: Typed[K] } = { name };
  for (const word of rest) {
    const what = kindOf(word);
    if (read[what] !== undefined) return undefined;
    read[what] = what === 'pool' ? word.slice(1).replace(/!$/, '') : word;
    if (what === 'pool') read.isCertain = word.endsWith('!');
  }
  return read;
}

/** What may be the words of a name: neither a directory nor a pool. */
function wordsOf(args: readonly string[]): string[] {
  return args.filter((word) => kindOf(word) === 'persona');
}

/** A directory has a `/` in it, or begins as only paths do. */
function kindOf(word: string): 'persona' | 'directory' | 'pool' {
  if (word.startsWith('@')) return 'pool';
  return word.includes('/') || /^[~.]/.test(word) ? 'directory' : 'persona';
}
