import { type Origin, parseName, type SessionCard } from '@signalbox/contracts';
import type { Decision, Surroundings } from '../decision.ts';
import { words } from '../words.ts';
import { activeSession } from './command.ts';

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

/** Claims a name for a session that another one becomes or is copied into. */
export async function claimFrom(
  typed: string,
  source: SessionCard,
  around: Surroundings,
): Promise<{ name: string } | Decision> {
  const name = parseName(typed);
  if (name === undefined) return { say: words.badName(typed) };
  const card = { name, pool: source.pool, persona: source.persona, createdAt: around.now(), awaits: source.name };
  const holder = await around.claim({ ...card, claimedBy: around.jobId });
  return holder.claimedBy === around.jobId ? { name } : { say: words.alreadyExists(name) };
}
