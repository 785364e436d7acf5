import { BACKGROUND, readSessionJob, type SessionCard, type SessionJob } from '@signalbox/contracts';
import { addressSession } from '../deciding/address-session.ts';
import { type Command, usage } from '../deciding/command.ts';
import type { Decision, Spoken, Surroundings } from '../deciding/decision.ts';
import { excerptOf } from '../deciding/queue-menu.ts';
import { readLine, withFormer } from '../deciding/with-former.ts';
import { words } from '../wording/words.ts';

export const stopCommand: Command = {
  name: 'stop',
  usage: '/stop [all]',
  description: 'Stop what Claude is at; with “all” also drop what waits',
  example: '/stop all',
  decide: ({ args, repliesTo }, origin, around) => {
    const [what, ...more] = args.map((arg) => arg.toLowerCase());
    if (more.length > 0 || (what !== undefined && what !== 'all')) return usage(stopCommand);
    return decideStop(what === 'all', { origin, repliesTo }, around);
  },
};

/** How many jobs of a queue are looked at. */
const MOST_READ = 1_000;

/** Ends the turn that runs, and with `all` takes everything that waits out of the queue: of the session that a message would be for. */
export async function decideStop(
  all: boolean,
  addressing: Pick<Spoken, 'origin' | 'repliesTo'>,
  around: Surroundings,
): Promise<Decision> {
  const addressed = await addressSession(addressing, around);
  if ('say' in addressed) return addressed;
  const { card } = addressed;
  const found = await Promise.all((await withFormer(card, around)).map((each) => findStoppable(each, all, around)));
  const waits = found.reduce((sum, each) => sum + each.waits, 0);
  const stop = found.filter(({ jobIds }) => jobIds.length > 0).map(({ queue, jobIds }) => ({ queue, jobIds }));
  if (stop.length === 0) return { say: words.nothingToStop(card.name, waits) };
  return { stop, ...(all ? { say: words.dropped(found.flatMap(({ dropped }) => dropped)) } : {}) };
}

/** What of a session is to be stopped, what of it is dropped by that, and how many messages wait. */
async function findStoppable(card: SessionCard, all: boolean, around: Surroundings) {
  const { queue, jobs } = await readLine(card, around, MOST_READ);
  const running = jobs.filter(({ hasBegun, data }) => hasBegun && isOf(['message', 'compact'], data));
  const waits = jobs.filter(({ hasBegun, data }) => !hasBegun && isOf(['message'], data));
  const atBackground = running.length === 0 && (await around.isAtBackground(card.name));
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
