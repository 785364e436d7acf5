import { type Origin, parseName, parsePool, SINCE, sessionQueue } from '@signalbox/contracts';
import type { Decision, Surroundings } from '../decision.ts';
import { words } from '../words.ts';
import { type Command, usage } from './command.ts';

export const newCommand: Command = {
  name: 'new',
  usage: '/new <name> [persona]',
  description: 'Start a session and switch to it (in another pool with @pool at the end)',
  decide: ({ args }, origin, around) => decideNew(args, origin, around),
};

async function decideNew(args: readonly string[], origin: Origin, around: Surroundings): Promise<Decision> {
  const typed = readArguments(args);
  if (!typed) return usage(newCommand);
  const name = parseName(typed.name);
  if (name === undefined) return { say: words.badName(typed.name) };
  const pool = typed.pool === undefined ? around.pool : parsePool(typed.pool);
  if (pool === undefined) return { say: words.badPool(typed.pool ?? '') };
  const persona = parseName(typed.persona ?? 'default');
  const known = await around.personas(pool);
  if (persona === undefined || (known && !known.some((each) => each.name === persona))) {
    return { say: words.unknownPersona(typed.persona ?? 'default', known ?? []) };
  }
  const card = { name, pool, persona, claimedBy: around.jobId, createdAt: around.now() };
  const holder = await around.claim(card);
  if (holder.claimedBy !== around.jobId) return { say: words.alreadyExists(name) };
  const personaNamed = typed.persona !== undefined;
  const job = { version: SINCE.new, kind: 'new', session: name, persona, personaNamed, origin } as const;
  return { activate: name, enqueue: { queue: sessionQueue(name, pool), job } };
}

/** Reads `<name> [persona] [@pool]`; `undefined` if it is something else. The pool is without its `@`. */
function readArguments(
  args: readonly string[],
): { name: string; persona: string | undefined; pool: string | undefined } | undefined {
  const last = args.at(-1);
  const pool = args.length > 1 && last?.startsWith('@') ? last.slice(1) : undefined;
  const [name, persona, ...more] = pool === undefined ? args : args.slice(0, -1);
  return name === undefined || more.length > 0 ? undefined : { name, persona, pool };
}
