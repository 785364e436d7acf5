import type { SessionCard } from '@signalbox/contracts';
import { words } from '../wording/words.ts';
import { currentCard } from './read-cards.ts';
import type { KnownSessions } from './snapshot.ts';

/** The session that the place talks to; or the words that say that there is none. */
export function activeSession(sessions: KnownSessions): { card: SessionCard } | { say: string } {
  const card = currentCard(sessions.active, sessions);
  return card ? { card } : { say: words.noActiveSession };
}

/** The session that spoke in the message that is replied to, by the name it has now; `undefined` if that is not known. */
export function speakerOf(sessions: KnownSessions): string | undefined {
  return currentCard(sessions.speaker, sessions)?.name ?? sessions.speaker;
}

/**
 * The session that a message is for: the one that spoke in the message it replies to, else the place's own. `isOther`: it is not the
 * place's own, and so must be named. Or the words that say why there is none: what was meant for one is not given to another.
 */
export function addressSession(sessions: KnownSessions): { card: SessionCard; isOther: boolean } | { say: string } {
  const active = activeSession(sessions);
  const speaker = speakerOf(sessions);
  const own = 'card' in active ? active.card : undefined;
  const isOwn = speaker === undefined || speaker === own?.name || (own?.renames === true && speaker === own.awaits);
  if (isOwn) return 'card' in active ? { card: active.card, isOther: false } : active;
  const card = sessions.cards.get(speaker);
  if (!card) return { say: words.speakerIsGone(speaker) };
  return card.archived ? { say: words.speakerIsArchived(speaker) } : { card, isOther: true };
}
