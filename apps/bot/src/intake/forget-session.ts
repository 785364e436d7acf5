import { controlQueue, type SessionCard, sessionQueue } from '@signalbox/contracts';
import type { Routing, Waiting } from '@signalbox/queues';

/** What forgetting a session calls. */
interface ForgetDependencies {
  readonly empty: Waiting['empty'];
  readonly routing: Pick<Routing, 'sessions' | 'movePlaces' | 'unclaim' | 'forgetActivity'>;
}

/**
 * Forgets a session whose pool has no worker, with what waits for it and what was to be made of it. `false`: somebody serves it after
 * all, so that it is theirs to delete. May be done again. Rejects with Redis's error.
 */
export type ForgetSession = (card: SessionCard) => Promise<boolean>;

export function createForgetSession({ empty, routing }: ForgetDependencies): ForgetSession {
  return async (card) => {
    const cards = (await routing.sessions()).map((each) => each.card);
    // One that is another's by now was gone before.
    const itself = cards.find(({ name, claimedBy }) => name === card.name && claimedBy === card.claimedBy);
    for (const each of itself ? familyOf(itself, cards) : []) {
      const { name, pool } = each;
      for (const queue of [controlQueue(name, pool), sessionQueue(name, pool)])
        if (!(await empty(queue.name))) return false;
      await routing.movePlaces(name, undefined);
      await routing.forgetActivity(name);
      // Last, so that nobody can make another session of the name before.
      await routing.unclaim(each);
    }
    return true;
  };
}

/** The session, those that wait in its queue to be made of it, and the one whose name it waits for. The session itself comes last. */
function familyOf(card: SessionCard, cards: readonly SessionCard[]): SessionCard[] {
  const family = [card];
  for (const each of family) {
    const near = cards.filter(({ name, awaits }) => awaits === each.name || (each.renames && name === each.awaits));
    family.push(...near.filter((one) => !family.includes(one)));
  }
  return family.reverse();
}
