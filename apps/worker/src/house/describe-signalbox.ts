import { describeDuration } from '@signalbox/contracts';
import type { ReportLine } from '@signalbox/homelab';
import type { SignalboxState } from './read-signalbox.ts';

/** A queue whose oldest job waits longer than this deserves a look, in ms. */
const LONG_WAIT_MS = 15 * 60_000;

/** How Signalbox is, in a few lines. `now`: in ms since the epoch. */
export function describeSignalbox(state: SignalboxState, now: number): ReportLine[] {
  const { workers, pools, redisMs } = state;
  const orphans = pools.filter((pool) => !workers.some((worker) => worker.pool === pool));
  const versions = [...new Set(workers.map(({ claude }) => claude))].sort();
  const bypassing = workers.filter(({ permissionMode }) => permissionMode === 'bypassPermissions');
  return [
    { level: 'ok', text: `${count(workers.length, 'worker')} in ${poolsOf(workers)}` },
    ...orphans.map((pool): ReportLine => ({ level: 'error', text: `pool ${pool}: no worker is alive` })),
    queueLine(state, now),
    { level: 'ok', text: `Redis ${redisMs < 1 ? '<1' : Math.round(redisMs)} ms · Claude Code ${versions.join(', ')}` },
    ...(bypassing.length > 0 ? [bypassLine(bypassing)] : []),
  ];
}

function queueLine({ sessions, running, waiting, oldestAt }: SignalboxState, now: number): ReportLine {
  const age = oldestAt === undefined ? undefined : now - oldestAt;
  const waits = age === undefined ? `${waiting} waiting` : `${waiting} waiting, oldest ${describeDuration(age)}`;
  const level = age !== undefined && age > LONG_WAIT_MS ? 'warn' : 'ok';
  return { level, text: `${count(sessions, 'session')}, ${running} running · ${waits}` };
}

function bypassLine(workers: SignalboxState['workers']): ReportLine {
  const hosts = [...new Set(workers.map(({ host }) => host))].join(', ');
  return { level: 'warn', text: `⚠️ bypassPermissions on ${hosts}` };
}

function poolsOf(workers: SignalboxState['workers']): string {
  const pools = [...new Set(workers.map(({ pool }) => pool))].sort();
  return pools.length === 1 ? `pool ${pools[0]}` : count(pools.length, 'pool');
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
