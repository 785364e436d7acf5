import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { markerVariable } from '@signalbox/claude';
import { ANN } from '@signalbox/simulator';
import type { ExpectStatic } from 'vitest';
import { LONG_TOOL, toolRuns } from './bash-tool.ts';
import { isInTranscript, makeCold, SESSION, SESSION_QUEUE, type TwoWorkers } from './two-workers.ts';
import { until } from './until.ts';
import { LEASE_TTL_MS, lastGrant, lifeLeft, nextGrant } from './watch-lease.ts';

const ANSWER = 'the answer';
const SAY = `[[say ${ANSWER}]]`;

/** A moment in which the holder of a session may freeze. */
export interface FrozenMoment {
  readonly name: string;
  readonly text: string;
  prepare?(scene: TwoWorkers): Promise<void>;
  /** Resolves when the moment has come, to what is to be done once the holder is frozen, if there is something. */
  begun(scene: TwoWorkers): Promise<unknown>;
  /** Whether its Claude freezes too. */
  readonly withClaude?: boolean;
}

/** The moments, the one that says most about all of them first. */
export const frozenMoments: readonly FrozenMoment[] = [
  {
    name: 'together with its Claude and a tool',
    text: `${LONG_TOOL}${SAY}`,
    begun: ({ world }: TwoWorkers) => toolRuns(world),
    withClaude: true,
  },
  {
    name: 'before it knows of the job that it fetched',
    text: SAY,
    async begun({ proxy }: TwoWorkers) {
      const hold = proxy.after(
        ({ script, reply }) => script === 'moveToActive' && JSON.stringify(reply).includes(ANSWER),
      );
      await hold.reached;
      return hold.release;
    },
  },
  {
    name: 'while it ends what was left of the session',
    text: SAY,
    prepare: leaveStubbornProcess,
    begun: ({ world }: TwoWorkers) => toolRuns(world),
  },
  {
    name: 'while its Claude goes on and answers',
    text: `[[wait 1000]]${SAY}`,
    begun: ({ world }: TwoWorkers) => until('the row on disk', () => isInTranscript(world, ANSWER)),
  },
];

/** Has the next start of Claude wait for a process of the session that does not end when it is asked to. */
async function leaveStubbornProcess(scene: TwoWorkers): Promise<void> {
  await makeCold(scene);
  const program = `trap 'touch ran' TERM; while :; do sleep 0.05; done`;
  const env = { PATH: process.env.PATH ?? '', [markerVariable]: `${scene.world.dir}/sessions/${SESSION}` };
  const cwd = `${scene.world.dir}/sessions/${SESSION}/workspace`;
  spawn('sh', ['-c', program], { cwd, env, stdio: 'ignore', detached: true });
}

/**
 * Freezes the holder of a session in a moment, has the other take over, wakes the first one up, and expects that it does no harm. A
 * scene of workers that may use their tools is given.
 */
export async function freezeHolder(scene: TwoWorkers, given: FrozenMoment, expect: ExpectStatic): Promise<void> {
  const { world, holder, standby, proxy, tap, queues } = scene;
  await given.prepare?.(scene);
  const begun = given.begun(scene);
  world.telegram.say({ from: ANN.id, text: given.text });
  const release = await begun;
  const { number } = await lastGrant(queues, SESSION_QUEUE);
  const claudes = (await world.claudes()).map(({ pid }) => pid);

  const frozenAt = performance.now();
  holder.kill('SIGSTOP');
  if (typeof release === 'function') release();
  if (given.withClaude) for (const pid of claudes) process.kill(pid, 'SIGSTOP');
  standby.kill('SIGCONT');
  expect(await lifeLeft(queues, SESSION_QUEUE)).toBeLessThanOrEqual(LEASE_TTL_MS);
  await nextGrant(queues, SESSION_QUEUE, number, frozenAt);
  await world.shows(ANSWER);
  await delay(3 * LEASE_TTL_MS - (performance.now() - frozenAt));

  const claudesNow = (await world.claudes()).map(({ pid }) => pid);
  const starts = tap.starts.length;
  const acts: string[] = [];
  proxy.before(({ script }) => {
    if (script === 'addStandardJob' || script === 'moveToFinished' || script === 'moveJobFromActiveToWait')
      acts.push(script);
    return false;
  });
  holder.kill('SIGCONT');
  await holder.waitForOutput(/The lease of session-web is gone/);
  await world.ask('[[recall]]', /the answer/);
  expect(acts).toEqual([]);
  expect(world.texts().filter((text) => text === ANSWER)).toHaveLength(1);
  expect(claudesNow.filter((pid) => claudes.includes(pid))).toEqual([]);
  expect((await world.claudes()).map(({ pid }) => pid)).toEqual(expect.arrayContaining(claudesNow));
  expect(tap.starts).toHaveLength(starts);
  expect(tap.starts.flatMap(({ others }) => others)).toEqual([]);
  const { requests } = world.simulator.anthropic;
  expect(requests.findLast(({ kind }) => kind === 'turn')?.userTexts).toEqual([given.text, '[[recall]]']);
}
