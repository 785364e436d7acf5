import { describe, expect, it, vi } from 'vitest';
import { ANSWER, intakeSteps, MESSAGE, outboxSteps } from '../tools/bot-steps.ts';
import { byName } from '../tools/by-name.ts';
import { type OneBot, startOneBot } from '../tools/one-bot.ts';
import { until } from '../tools/until.ts';

// Most of a test is waiting for leases to run out: a few beside each other cost little more than one.
vi.setConfig({ maxConcurrency: 3, testTimeout: 300_000 });

/** Kills the bot, starts another, and has it answer one message more. */
async function replace({ world, bot }: OneBot): Promise<void> {
  bot.kill('SIGKILL');
  await bot.ended;
  await world.startAll(['bot']);
  await world.ask('[[say and one more]]', 'and one more');
}

describe.concurrent('a bot that is killed', () => {
  const steps = [...intakeSteps, ...outboxSteps];
  it.for(byName(steps))('when %s, is replaced, and the answer is shown as it must be', async ([, step], context) => {
    const scene = await startOneBot();
    const { world, proxy } = scene;
    context.onTestFinished(() => world.stop());
    const reached = step.reached(proxy);
    world.say(MESSAGE);
    await reached;
    await replace(scene);

    expect(world.texts().filter((text) => text.includes(ANSWER))).toEqual(step.shown);
    const turns = world.simulator.anthropic.turns();
    expect(turns.map(({ lastUserText }) => lastUserText)).toEqual([MESSAGE, '[[say and one more]]']);
    expect(world.telegram.pendingUpdates).toEqual([]);
  });

  it('when it took a message, and did not move the offset past it, is replaced, and the answer is shown once', async ({
    onTestFinished,
  }) => {
    const scene = await startOneBot();
    const { world } = scene;
    onTestFinished(() => world.stop());
    const fault = world.telegram.faults.add({ method: 'getUpdates', effect: 'hang' });
    world.say(MESSAGE);
    await until('the next request for updates', () => fault.hits === 1);
    expect(world.telegram.pendingUpdates).toHaveLength(1);
    await replace(scene);

    expect(world.texts().filter((text) => text.includes(ANSWER))).toEqual([ANSWER]);
    expect(world.simulator.anthropic.turns()).toHaveLength(2);
    expect(world.telegram.pendingUpdates).toEqual([]);
  });
});
