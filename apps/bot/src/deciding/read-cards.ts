import type { SessionCard } from '@signalbox/contracts';
import type { KnownSessions } from './snapshot.ts';

/** Where session cards are read. Each rejects with Redis's error. */
export interface CardLookups {
  session(name: string): Promise<SessionCard | undefined>;
  /** What a session of that name is called since it was renamed. */
  renamed(name: string): Promise<string | undefined>;
}

/** The cards of sessions, with those of the names that they had before and have since. */
export async function readCards(
  names: readonly (string | undefined)[],
  { session, renamed }: Pick<CardLookups, 'session'> & Partial<CardLookups>,
): Promise<Pick<KnownSessions, 'cards' | 'renamed'>> {
  const cards = new Map<string, SessionCard>();
  const since = new Map<string, string>();
  const read = async (name: string): Promise<void> => {
    if (cards.has(name) || since.has(name)) return;
    const card = await session(name);
    if (card) cards.set(name, card);
    if (card?.renames && card.awaits !== undefined) return read(card.awaits);
    const later = card ? undefined : await renamed?.(name);
    if (later === undefined) return;
    since.set(name, later);
    await read(later);
  };
  await Promise.all(names.filter((name) => name !== undefined).map(read));
  return { cards, renamed: since };
}

/** The card of a session, also by the name that it had before. */
export function currentCard(
  name: string | undefined,
  { cards, renamed }: Pick<KnownSessions, 'cards' | 'renamed'>,
): SessionCard | undefined {
  return cards.get(name ?? '') ?? cards.get(renamed.get(name ?? '') ?? '');
}

/**
 * A session and, before it, the one that is to get its name: until that job's turn has come, what the other is at and what waits for it
 * is this one's.
 */
export function withFormer(card: SessionCard, cards: KnownSessions['cards']): SessionCard[] {
  const former = card.renames && card.awaits !== undefined ? cards.get(card.awaits) : undefined;
  return former ? [...withFormer(former, cards), card] : [card];
}
