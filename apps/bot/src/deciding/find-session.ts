import { parseName, type SessionCard } from '@signalbox/contracts';
import { words } from '../wording/words.ts';
import { activeSession } from './address-session.ts';
import type { Decision } from './decision.ts';
import { currentCard } from './read-cards.ts';
import type { Needs, Snapshot } from './snapshot.ts';

/** What `findSession` needs to be known. */
export function namedSession(typed: string | undefined): Needs {
  return { named: parseName(typed ?? '') };
}

/** The session that a person named, or the place's own if they named none; or the words that say why there is none. */
export function findSession(typed: string | undefined, { sessions }: Snapshot): { card: SessionCard } | Decision {
  if (typed === undefined) return activeSession(sessions);
  const name = parseName(typed);
  if (name === undefined) return { say: words.badName(typed) };
  const card = currentCard(name, sessions);
  if (!card) return { say: words.noSuchSession(name) };
  return card.name === name ? { card } : { say: words.wasRenamed(name, card.name) };
}

/** Claims a name for a session that another one is copied into, or becomes (`renames`), and then does `then`. */
export function claimFrom(
  typed: string,
  { pool, persona, name: awaits }: SessionCard,
  { now }: Snapshot,
  { renames, then }: { renames: boolean; then(name: string): Decision },
): Decision {
  const name = parseName(typed);
  if (name === undefined) return { say: words.badName(typed) };
  const card = { name, pool, persona, createdAt: now, awaits };
  return {
    claim: { card: renames ? { ...card, renames } : card, otherwise: { say: words.alreadyExists(name) } },
    ...then(name),
    activate: name,
  };
}
