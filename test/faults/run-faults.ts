import { setMaxListeners } from 'node:events';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DEFAULT_LEASE_TTL_MS } from '@signalbox/queues';
import { checkHistory } from './check-history.ts';
import { countFigures, type Figures } from './figures.ts';
import { findLeases, findOpenWork, findProcesses, findZombies, untilAtRest } from './find-left-behind.ts';
import { harvestEffects, harvestJobs } from './harvest.ts';
import type { HistoryEvent } from './history.ts';
import { runNemesis } from './nemesis.ts';
import { createRandom } from './random.ts';
import type { RunOptions } from './run-options.ts';
import { type Stage, setStage } from './set-stage.ts';
import type { Violation } from './violation.ts';

export interface RunResult {
  readonly events: readonly HistoryEvent[];
  readonly violations: readonly Violation[];
  readonly figures: Figures;
}

/** How often it is said how the run goes, in ms. */
const SAY_EVERY_MS = 30_000;
/** How long the queues may take to come to rest after the last answer, in ms. */
const REST_WITHIN_MS = 60_000;

/** Has people write while things are broken, then mends everything, waits for the last answers, stops all and checks what was seen. */
export async function runFaults(options: RunOptions): Promise<RunResult> {
  const stage = await setStage(options);
  const { events } = stage.history;
  options.say('Starting everything; everybody makes a session…');
  await stage.fleet.bringUp();
  await stage.people.makeSessions();
  await breakThings(stage, options);
  options.say('Everything is mended; waiting for the last answers…');
  await comeToRest(stage, options);
  await stopAll(stage);
  const violations = checkHistory(events);
  // Transcripts, state files and the data of Redis tell more than any log.
  if (violations.length > 0) await cp(stage.world.dir, join(options.dir, 'world'), { recursive: true, filter: isFile });
  return { events, violations, figures: countFigures(events, violations) };
}

/** Nobody notices when the faults end: people write until the last of them. */
async function breakThings(stage: Stage, { seed, faults, brokenForMs, betweenMs, say }: RunOptions): Promise<void> {
  const over = AbortSignal.timeout(brokenForMs);
  // As many as there are people who wait for it.
  setMaxListeners(0, over);
  const timer = setInterval(() => say(describeProgress(stage.history.events, stage.people.open.length)), SAY_EVERY_MS);
  try {
    const random = createRandom(seed, 'nemesis');
    await Promise.all([
      runNemesis(faults, { ...stage, random }, { betweenMs, signal: over }),
      stage.people.write(over),
    ]);
  } finally {
    clearInterval(timer);
  }
}

/** Everything that is down is started; then all that was said must be answered, and nothing be left to do. */
async function comeToRest({ world, fleet, people, queues }: Stage, { answersWithinMs }: RunOptions): Promise<void> {
  world.telegram.faults.clear();
  await fleet.bringUp();
  // A killed process holds its leases for so long, and what is idle nobody takes over.
  const deadLeases = pause(DEFAULT_LEASE_TTL_MS + 500);
  await people.whenAnswered(answersWithinMs);
  await untilAtRest(queues, REST_WITHIN_MS);
  await deadLeases;
}

/** Stops all cleanly and notes what is left behind. */
async function stopAll({ world, fleet, queues, history, effectsFile, stopWatching }: Stage): Promise<void> {
  const zombies = await findZombies(fleet.members.map(({ pid }) => pid));
  await fleet.stop();
  await stopWatching();
  await harvestJobs(queues, history);
  await harvestEffects(effectsFile, history);
  const left = [
    ...zombies,
    ...(await findZombies([process.pid])),
    ...(await findProcesses(world.dir, [world.redis.pid])),
    ...(await findOpenWork(queues)),
    ...(await findLeases(queues.redis)),
  ];
  for (const what of left) history.record({ type: 'left', what });
}

function describeProgress(events: readonly HistoryEvent[], open: number): string {
  const count = (type: HistoryEvent['type']) => events.filter((event) => event.type === type).length;
  return `${count('said')} messages, ${count('fault')} faults; ${open} messages wait for their answers`;
}

/** A socket cannot be copied. */
function isFile(path: string): boolean {
  return !path.endsWith('.sock');
}
