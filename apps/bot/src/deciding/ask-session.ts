import {
  type ControlJob,
  controlQueue,
  type Origin,
  type SessionCard,
  type SessionJob,
  SINCE,
  sessionQueue,
} from '@signalbox/contracts';
import { activeSession } from './address-session.ts';
import type { Decision } from './decision.ts';
import { withFormer } from './read-cards.ts';
import type { Snapshot } from './snapshot.ts';

type Without<Job, Keys extends string> = Job extends unknown ? Omit<Job, Keys> : never;
type Head = 'version' | 'session' | 'origin';

/** Asks something about the place's session that must not wait behind its turn. */
export function askControl(origin: Origin, { sessions }: Snapshot, job: Without<ControlJob, Head>): Decision {
  const active = activeSession(sessions);
  if ('say' in active) return active;
  // One that waits for its name answers by the one that it has.
  const [card = active.card] = withFormer(active.card, sessions.cards);
  return controlOf(card, origin, job);
}

/** The same about a session that is named. */
export function controlOf({ name, pool }: SessionCard, origin: Origin, job: Without<ControlJob, Head>): Decision {
  const head = { version: SINCE.control, session: name, origin };
  return { enqueue: { queue: controlQueue(name, pool), job: { ...head, ...job } as ControlJob } };
}

/** Adds a command to a session's own queue, behind what was said there before. */
export function inTurn({ name, pool }: SessionCard, origin: Origin, job: Without<SessionJob, Head>): Decision {
  const head = { version: SINCE.lifecycle, session: name, origin };
  return { enqueue: { queue: sessionQueue(name, pool), job: { ...head, ...job } as SessionJob } };
}
