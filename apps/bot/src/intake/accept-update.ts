import type { Routing } from '@signalbox/queues';
import type { Decision, Heard } from '../deciding/decision.ts';
import type { BotSettings } from '../deciding/snapshot.ts';
import type { TakeSnapshot } from '../deciding/take-snapshot.ts';
import type { Accepted } from './acknowledge.ts';
import { howToDecide } from './decide.ts';
import type { Perform } from './perform.ts';
import type { Said } from './reading/incoming.ts';

/** Which update it is, and what tells whether this process still takes the updates. */
export interface Taking {
  readonly jobId: string;
  readonly updateId: number;
  mayAct(): Promise<void>;
}

/** What accepting an update calls. */
interface AcceptDependencies {
  readonly bot: BotSettings & { readonly id: number };
  readonly takeSnapshot: TakeSnapshot;
  readonly decided: Routing['decided'];
  readonly decideOnce: Routing['decideOnce'];
  readonly perform: Perform;
  /** Told of what was accepted, once it is durable. */
  onAccepted(accepted: Accepted): void;
}

/** Accepts what a person wrote: when it resolves, what that asks for is durable. Rejects with Redis's error. */
export type Accept = (incoming: Said & Heard, taking: Taking) => Promise<void>;

/** Snapshot, decision, keeping, performing, in this order: nothing is done before the decision is kept. */
export function createAccept({
  bot,
  takeSnapshot,
  decided,
  decideOnce,
  perform,
  onAccepted,
}: AcceptDependencies): Accept {
  return async (incoming, { jobId, updateId, mayAct }) => {
    const deciding = howToDecide(incoming, bot);
    if (!deciding) return;
    const [before, snapshot] = await Promise.all([decided(bot.id, updateId), takeSnapshot(incoming, deciding.needs)]);
    const decision = deciding.decide(snapshot);
    const mine = JSON.stringify(decision);
    const kept = before ?? (decision && (await decideOnce(bot.id, updateId, mine)));
    if (kept === undefined) return;
    const { origin } = incoming;
    const isAgain = before !== undefined || kept !== mine;
    const held = await perform(JSON.parse(kept) as Decision, { jobId, origin, isAgain, mayAct });
    onAccepted({ jobId, origin, decision: held, isAgain });
  };
}
