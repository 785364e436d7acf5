import { type Origin, parseName, type SessionCard } from '@signalbox/contracts';
import { words } from '../wording/words.ts';
import { activeSession } from './command.ts';
import type { Decision, Surroundings } from './decision.ts';

/** The session that a person named, or the place's own if they named none; or the words that say why there is none. */
export async function findSession(
  typed: string | undefined,
  origin: Origin,
  around: Surroundings,
): Promise<{ card: SessionCard } | Decision> {
  if (typed === undefined) return activeSession(origin, around);
  const name = parseName(typed);
  if (name === undefined) return { say: words.badName(typed) };
  const card = await around.session(name);
  if (card) return { card };
  const since = await around.renamed(name);
  const isKnown = since !== undefined && (await around.session(since)) !== undefined;
  return { say: isKnown ? words.wasRenamed(name, since) : words.noSuchSession(name) };
}

/** Claims a name for a session that another one is copied into, or becomes (`renames`). */
export async function claimFrom(
  typed: string,
  source: SessionCard,
  around: Surroundings,
  { renames }: { renames: boolean },
): Promise<{ name: string } | Decision> {
  const name = parseName(typed);
  if (name === undefined) return { say: words.badName(typed) };
  const { pool, persona, name: awaits } = source;
  const card = { name, pool, persona, createdAt: around.now(), awaits, claimedBy: around.jobId };
  const holder = await around.claim(renames ? { ...card, renames } : card);
  return holder.claimedBy === around.jobId ? { name } : { say: words.alreadyExists(name) };
}
