import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Queues } from '@signalbox/queues';
import { startWorld, type World } from '../support/world.ts';
import { trySignal } from './fault.ts';
import { Fleet } from './fleet.ts';
import { History } from './history.ts';
import { gatherPeople, type People } from './people.ts';
import type { RunOptions } from './run-options.ts';
import { type LeaseWatch, watchLeases } from './watch-leases.ts';
import { watchModel } from './watch-model.ts';
import { type ProcessWatch, watchProcesses } from './watch-processes.ts';
import { watchTelegram } from './watch-telegram.ts';
import { inventPeople, seatWriters } from './writers.ts';

/** Everything that takes part in a run. */
export interface Stage {
  readonly world: World;
  readonly queues: Queues;
  readonly history: History;
  readonly fleet: Fleet;
  readonly people: People;
  readonly leases: LeaseWatch;
  readonly processes: ProcessWatch;
  /** Where the tools leave their traces. */
  readonly effectsFile: string;
  /** Ends the watching; what was seen is in the history. */
  stopWatching(): Promise<void>;
}

/** Claude may do all it wants, a stopped worker has little time, and sessions are put to sleep soon. */
const ENVIRONMENT = {
  PERMISSION_MODE: 'bypassPermissions',
  IS_SANDBOX: '1',
  GRACE_SECONDS: '2',
  IDLE_TIMEOUT_MINUTES: '1',
};

/** Starts all processes and watches them. Nobody has written yet. */
export async function setStage(options: RunOptions): Promise<Stage> {
  const { dir, onUndo } = options;
  const logDir = join(dir, 'logs');
  await mkdir(logDir, { recursive: true });
  const history = new History(join(dir, 'history.jsonl'));
  onUndo(() => history.close());
  const invented = inventPeople(options.people);
  const world = await startWorld({ apps: [], people: invented, env: ENVIRONMENT });
  onUndo(() => world.stop());
  onUndo(async () => trySignal(world.redis.pid, 'SIGCONT'));
  const queues = await world.openQueues();
  onUndo(() => queues.close());
  const fleet = new Fleet(world, history, logDir, { bot: options.bots, worker: options.workers });
  onUndo(() => fleet.stop());

  const writers = seatWriters(world.telegram, invented, options.topics);
  const telegram = watchTelegram(world.telegram, history);
  const stopModel = watchModel(world.simulator.anthropic, history);
  const processes = watchProcesses(join(world.dir, 'sessions'), history);
  const sessions = writers.map(({ session }) => session);
  const leases = watchLeases(queues, sessions, history);
  const effectsFile = join(dir, 'effects');
  const { seed, thinkMs } = options;
  const people = gatherPeople(writers, { telegram: world.telegram, watch: telegram, seed, effectsFile, thinkMs });
  const stopWatching = async () => {
    telegram.stop();
    stopModel();
    processes.stop();
    people.stop();
    await leases.stop();
  };
  onUndo(stopWatching);
  return { world, queues, history, fleet, people, leases, processes, effectsFile, stopWatching };
}
