import { describe, expect, it, vi } from 'vitest';
import { openWorld } from '../../support/use-world.ts';
import type { World } from '../../support/world.ts';
import { until } from '../tools/until.ts';
import { LEASE_TTL_MS, lastGrant, lifeLeft, nextGrant } from '../tools/watch-lease.ts';

vi.setConfig({ maxConcurrency: 3, testTimeout: 300_000 });

const people = [31, 32, 33, 34].map((id) => ({ id, firstName: `P${id}` }));

/** Polls that Telegram ended because another program polled. */
const conflicts = ({ telegram }: World) =>
  telegram.calls.filter(({ outcome }) => typeof outcome === 'object' && !outcome.ok && outcome.code === 409);

/** Says a message in each chat, and resolves when all are answered. */
async function talk(world: World, word: string): Promise<void> {
  for (const { id } of people) world.telegram.say({ from: id, text: `[[say ${word}]]` });
  for (const { id } of people) await world.shows(word, id);
}

describe.concurrent('two bots', () => {
  it('share the work: one polls, and when it is killed the other does when its lease has run out, with nothing lost', async ({
    onTestFinished,
  }) => {
    const world = await openWorld({ people }, onTestFinished);
    const queues = world.closeAtEnd(await world.openQueues());
    const [polling] = world.apps;
    const standby = world.start('bot');
    const introductions = () => world.telegram.calls.filter(({ method }) => method === 'getMe').length;
    await until('the other bot', () => introductions() === 2);
    for (const { id } of people) await world.ask(`/new s${id}`, `Session 's${id}' created.`, id);
    await talk(world, 'one');
    expect(standby.output()).not.toMatch(/Taking messages/);

    // A reply that is on the wire when its bot dies would be shown again, marked.
    const replies = people.map(({ id }) => `reply-${id}`);
    await until('the outboxes to be empty', async () =>
      [...(await queues.overview.openJobs(replies)).values()].every((open) => open === 0),
    );
    const lease = `poll-${world.telegram.me.id}`;
    const { number } = await lastGrant(queues, lease);
    const killedAt = performance.now();
    polling?.kill('SIGKILL');
    const talking = talk(world, 'two');
    expect(await lifeLeft(queues, lease)).toBeLessThanOrEqual(LEASE_TTL_MS);
    await nextGrant(queues, lease, number, killedAt);
    await talking;
    await talk(world, 'three');
    for (const { id } of people) {
      const answers = world.texts(id).filter((text) => /one|two|three/.test(text));
      expect(answers).toEqual(['one', 'two', 'three']);
    }
    expect(world.simulator.anthropic.turns()).toHaveLength(3 * people.length);
    expect(conflicts(world)).toEqual([]);
  });

  it('of which one is started again and again show each reply once', async ({ onTestFinished }) => {
    const world = await openWorld({}, onTestFinished);
    await world.newSession('web');
    const answers: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      const second = world.start('bot');
      const pair = [`${2 * round}.`, `${2 * round + 1}.`];
      for (const answer of pair) await world.ask(`[[say ${answer}]]`, answer);
      answers.push(...pair);
      await second.stop();
    }
    expect(world.texts().filter((text) => /\d\./.test(text))).toEqual(answers);
  });
});

describe.concurrent('a program that polls with the same token elsewhere', () => {
  it('is reported with what to do, and what is said after it is answered', async ({ onTestFinished }) => {
    const world = await openWorld({}, onTestFinished);
    await world.newSession('web');
    const { url, botToken } = world.simulator;
    await fetch(`${url}/bot${botToken}/getUpdates?timeout=0`);
    await world.apps[0]?.waitForOutput(/Another program polls Telegram with the same bot token.*stop the other one/);
    expect(conflicts(world)).toHaveLength(1);
    await world.ask('[[say still here]]', 'still here');
  });
});
