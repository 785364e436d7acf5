import type { SessionCard } from '@signalbox/contracts';
import { activeSession, currentCard } from './commands/command.ts';
import type { Spoken, Surroundings } from './decision.ts';

/**
 * The session that a message is for: the one that spoke in the message it replies to, else the place's own. `isOther`: it is not the
 * place's own, and so must be named. Or the words that say that there is none.
 */
export async function addressSession(
  { origin, repliesTo }: Pick<Spoken, 'origin' | 'repliesTo'>,
  around: Surroundings,
): Promise<{ card: SessionCard; isOther: boolean } | { say: string }> {
  const active = await activeSession(origin, around);
  const speaker = repliesTo === undefined ? undefined : await around.speaker(origin.place.chatId, repliesTo);
  const card = speaker === undefined ? undefined : await currentCard(speaker, around);
  const own = 'card' in active ? active.card.name : undefined;
  if (card && !card.archived && card.name !== own) return { card, isOther: true };
  return 'card' in active ? { ...active, isOther: false } : active;
}
