import { ANN } from '@signalbox/simulator';
import { describe, it, vi } from 'vitest';
import { press } from '../../support/press.ts';
import type { World } from '../../support/world.ts';
import { byName } from '../tools/by-name.ts';
import { turnSteps } from '../tools/turn-steps.ts';
import { SESSION_QUEUE, startTwoWorkers } from '../tools/two-workers.ts';
import { LEASE_TTL_MS, lastGrant, lifeLeft, nextGrant } from '../tools/watch-lease.ts';

// Most of a test is waiting for a lease to run out: a few beside each other cost little more than one.
vi.setConfig({ maxConcurrency: 3, testTimeout: 300_000 });

async function claudesWithoutTools(world: World): Promise<number[]> {
  const claudes = await world.claudes();
  return claudes.filter(({ command }) => command.includes('--input-format')).map(({ pid }) => pid);
}

describe.concurrent('a worker that is killed in the middle of a turn', () => {
  it.for(byName(turnSteps))('when %s, is replaced, and the message is answered once', async ([, step], context) => {
    const { expect, onTestFinished } = context;
    const scene = await startTwoWorkers(step.env);
    const { world, holder, standby, tap, queues } = scene;
    onTestFinished(() => world.stop());
    await step.prepare?.(scene);
    const reached = step.reached(scene);
    world.telegram.say({ from: ANN.id, text: step.text });
    await reached;
    const { number } = await lastGrant(queues, SESSION_QUEUE);

    const along = step.takesClaudeAlong ? await claudesWithoutTools(world) : [];
    const killedAt = performance.now();
    holder.kill('SIGKILL');
    for (const pid of along) process.kill(pid, 'SIGKILL');
    standby.kill('SIGCONT');
    expect(await lifeLeft(queues, SESSION_QUEUE)).toBeLessThanOrEqual(LEASE_TTL_MS);
    await nextGrant(queues, SESSION_QUEUE, number, killedAt);
    if (step.allows) press(world, await world.shows(/Claude wants to run/), '✅ Allow');
    for (const answer of step.answers) await world.shows(answer);
    const recalled = await world.ask('[[recall]]', /\[\[say the/);

    const shown = world.texts().filter((text) => step.answers.some((answer) => text.includes(answer)));
    expect(shown).toEqual([...step.answers, recalled.text]);
    const { requests } = world.simulator.anthropic;
    for (const { userTexts } of requests) expect(userTexts.filter((text) => text === step.text).length).toBeLessThan(2);
    expect(requests.findLast(({ kind }) => kind === 'turn')?.userTexts).toEqual([step.text, '[[recall]]']);
    step.verify?.(scene);
    expect(tap.starts.flatMap(({ others }) => others)).toEqual([]);
  });
});
