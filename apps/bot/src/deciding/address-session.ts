import type { SessionCard } from '@signalbox/contracts';
import { words } from '../wording/words.ts';
import { activeSession, currentCard } from './command.ts';
import type { Spoken, Surroundings } from './decision.ts';

type Addressing = Pick<Spoken, 'origin' | 'repliesTo'>;

/** The session that spoke in the message that is replied to, by the name it has now; `undefined` if that is not known. */
export async function speakerOf({ origin, repliesTo }: Addressing, around: Surroundings): Promise<string | undefined> {
  const name = repliesTo === undefined ? undefined : await around.speaker(origin.place.chatId, repliesTo);
  return name === undefined ? undefined : ((await currentCard(name, around))?.name ?? name);
}

/**
 * The session that a message is for: the one that spoke in the message it replies to, else the place's own. `isOther`: it is not the
 * place's own, and so must be named. Or the words that say why there is none: what was meant for one is not given to another.
 */
export async function addressSession(
  addressing: Addressing,
  around: Surroundings,
): Promise<{ card: SessionCard; isOther: boolean } | { say: string }> {
  const active = await activeSession(addressing.origin, around);
  const speaker = await speakerOf(addressing, around);
  const own = 'card' in active ? active.card : undefined;
  const isOwn = speaker === undefined || speaker === own?.name || (own?.renames === true && speaker === own.awaits);
  if (isOwn) return 'card' in active ? { card: active.card, isOther: false } : active;
  const card = await around.session(speaker);
  if (!card) return { say: words.speakerIsGone(speaker) };
  return card.archived ? { say: words.speakerIsArchived(speaker) } : { card, isOther: true };
}
