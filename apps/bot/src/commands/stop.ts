import { BACKGROUND, readSessionJob, type SessionJob } from '@signalbox/contracts';
import { addressSession } from '../deciding/address-session.ts';
import { type Command, usage } from '../deciding/command.ts';
import type { Decision } from '../deciding/decision.ts';
import { excerptOf } from '../deciding/queue-menu.ts';
import type { Needs, SessionLine, Snapshot } from '../deciding/snapshot.ts';
import { words } from '../wording/words.ts';

export const stopCommand: Command = {
  name: 'stop',
  usage: '/stop [all]',
  description: 'Stop what Claude is at; with “all” also drop what waits',
  example: '/stop all',
  needs: () => STOP_NEEDS,
  decide: ({ args }, _origin, snapshot) => {
    const [what, ...more] = args.map((arg) => arg.toLowerCase());
    if (more.length > 0 || (what !== undefined && what !== 'all')) return usage(stopCommand);
    return decideStop(what === 'all', snapshot);
  },
};

/** What must be known of what a stop may end. */
export const STOP_NEEDS: Needs = { lines: { of: 'message', most: 1_000 } };

/** Ends the turn that runs, and with `all` takes everything that waits out of the queue: of the session that a message would be for. */
export function decideStop(all: boolean, { sessions, lines }: Snapshot): Decision {
  const addressed = addressSession(sessions);
  if ('say' in addressed) return addressed;
  const found = lines.map((line) => findStoppable(line, all));
  const waits = found.reduce((sum, each) => sum + each.waits, 0);
  const stop = found.filter(({ jobIds }) => jobIds.length > 0).map(({ queue, jobIds }) => ({ queue, jobIds }));
  if (stop.length === 0) return { say: words.nothingToStop(addressed.card.name, waits) };
  return { stop, ...(all ? { say: words.dropped(found.flatMap(({ dropped }) => dropped)) } : {}) };
}

/** What of a session is to be stopped, what of it is dropped by that, and how many messages wait. */
function findStoppable({ queue, jobs, isAtBackground }: SessionLine, all: boolean) {
  const running = jobs.filter(({ hasBegun, data }) => hasBegun && isOf(['message', 'compact'], data));
  const waits = jobs.filter(({ hasBegun, data }) => !hasBegun && isOf(['message'], data));
  const atBackground = running.length === 0 && isAtBackground;
  const dropped = all ? waits : [];
  const jobIds = [...running, ...dropped].map(({ id }) => id).concat(atBackground ? [BACKGROUND] : []);
  return { queue, jobIds, dropped: dropped.map(excerptOf), waits: waits.length };
}

/**
 * Commands of the session are not dropped: what they change was promised. Only the summary of a long conversation takes long enough to
 * be stopped.
 */
function isOf(kinds: readonly SessionJob['kind'][], data: unknown): boolean {
  const read = readSessionJob(data);
  return read.status === 'ok' && kinds.includes(read.value.kind);
}
