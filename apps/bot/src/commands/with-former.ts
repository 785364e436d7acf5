import type { SessionCard } from '@signalbox/contracts';
import type { Surroundings } from '../decision.ts';

/**
 * A session and, before it, the one that is to get its name: until that job's turn has come, what the other is at and what waits for it
 * is this one's.
 */
export async function withFormer(card: SessionCard, around: Pick<Surroundings, 'session'>): Promise<SessionCard[]> {
  const former = card.renames && card.awaits !== undefined ? await around.session(card.awaits) : undefined;
  return former ? [...(await withFormer(former, around)), card] : [card];
}
