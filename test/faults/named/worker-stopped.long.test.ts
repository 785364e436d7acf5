import { ANN } from '@signalbox/simulator';
import { describe, expect, it, vi } from 'vitest';
import { startWorld } from '../../support/world.ts';
import { LONG_TOOL, toolRuns } from '../tools/bash-tool.ts';
import { startClaudeTap } from '../tools/claude-tap.ts';
import { traceOf } from '../tools/trace-of.ts';
import { BYPASS, SESSION_QUEUE, startTwoWorkers } from '../tools/two-workers.ts';
import { until } from '../tools/until.ts';
import { LEASE_TTL_MS, lastGrant, nextGrant } from '../tools/watch-lease.ts';

// Most of a test is waiting: a few beside each other cost little more than one.
vi.setConfig({ maxConcurrency: 3, testTimeout: 120_000 });

const CONTINUING = 'Continuing after a restart…';

describe.concurrent('a worker that is told to stop', () => {
  it('in a turn of 1 s ends it, takes no other job, and another does the message behind it', async ({
    onTestFinished,
  }) => {
    const { world, holder, standby, tap, queues } = await startTwoWorkers();
    onTestFinished(() => world.stop());
    standby.kill('SIGCONT');
    world.telegram.say({ from: ANN.id, text: '[[wait 1000]][[say one]]' });
    await until('the turn', () => world.simulator.anthropic.turns().length === 1);
    world.telegram.say({ from: ANN.id, text: '[[say two]]' });
    await until('the second message', async () => (await queues.bull.queue(SESSION_QUEUE).getWaitingCount()) === 1);

    holder.kill('SIGTERM');
    expect((await holder.ended).code).toBe(0);
    await world.shows('two');
    expect(world.texts().filter((text) => /one|two|Continuing/.test(text))).toEqual(['one', 'two']);
    expect(world.simulator.anthropic.turns().map(({ retry }) => retry)).toEqual([0, 0]);
    const readers = ['one', 'two'].map((word) => tap.lines.find(({ text }) => text.includes(`[[say ${word}]]`))?.pid);
    expect(readers).toEqual(tap.starts.map(({ pid }) => pid));
  });

  it('in a turn of 10 minutes parks it after the grace, and another continues it', async ({ onTestFinished }) => {
    const scene = await startTwoWorkers({ ...BYPASS, GRACE_SECONDS: '1' });
    const { world, holder, standby, tap, queues } = scene;
    onTestFinished(() => world.stop());
    standby.kill('SIGCONT');
    const text = `${LONG_TOOL}[[say the answer]]`;
    world.telegram.say({ from: ANN.id, text });
    await toolRuns(world);
    const { number } = await lastGrant(queues, SESSION_QUEUE);

    holder.kill('SIGTERM');
    expect((await holder.ended).code).toBe(0);
    expect(await nextGrant(queues, SESSION_QUEUE, number, performance.now())).toBeLessThan(LEASE_TTL_MS);
    await world.shows('the answer');
    expect(world.texts().slice(1)).toEqual([CONTINUING, 'the answer']);
    for (const { userTexts } of world.simulator.anthropic.requests) expect(userTexts).toEqual([text]);
    expect(tap.starts.map(({ others }) => others)).toEqual([[], []]);
  });

  it('hands an idle session over before its lease would end, with its history, to a message that comes just then', async ({
    onTestFinished,
  }) => {
    const { world, holder, standby, tap, queues } = await startTwoWorkers();
    onTestFinished(() => world.stop());
    standby.kill('SIGCONT');
    await world.ask('I am blue [[say noted]]', 'noted');
    const { number } = await lastGrant(queues, SESSION_QUEUE);

    const stoppedAt = performance.now();
    holder.kill('SIGTERM');
    const recalled = world.ask('[[recall]]', /I am blue/);
    expect(await nextGrant(queues, SESSION_QUEUE, number, stoppedAt)).toBeLessThan(LEASE_TTL_MS);
    await recalled;
    expect(world.texts().filter((text) => /Continuing|Waits/.test(text))).toEqual([]);
    expect(tap.starts.map(({ others }) => others)).toEqual([[], []]);
  });
});

/**
 * How long an answer may take, in ms. A turn that each of the restarts cuts off waits for as many starts of a worker and of a Claude, which
 * take a slow machine 10 s each and more; one that hangs never ends.
 */
const PATIENCE_MS = 180_000;

const people = [21, 22, 23, 24, 25, 26].map((id) => ({ id, firstName: `P${id}` }));

describe('three workers that are restarted one after the other', () => {
  it('while six chats talk answer every message once and in order, and say at most that they continue', async () => {
    const world = await startWorld({ apps: ['bot'], people, env: { GRACE_SECONDS: '1', LOG_LEVEL: 'debug' } });
    try {
      const tap = world.closeAtEnd(await startClaudeTap(world.dir));
      const startWorkers = (count: number) =>
        world.startAll(Array<'worker'>(count).fill('worker'), { CLAUDE_BIN: tap.bin });
      const workers = await startWorkers(3);
      const shows = (text: string, chat: number) =>
        world.telegram
          .waitFor(() => world.texts(chat).includes(text), {
            timeoutMs: PATIENCE_MS,
            describe: `${text} in chat ${chat}`,
          })
          .catch((error) => {
            throw new Error(`${error}\n\n${traceOf(world, tap)}`, { cause: error });
          });
      let isOver = false;
      const talking = Promise.all(
        people.map(async ({ id }, index) => {
          world.telegram.say({ from: id, text: `/new s${id}` });
          await shows(`Session 's${id}' created.`, id);
          const answers: string[] = [];
          // Turns of the last chat outlast the grace, the others' do not.
          for (const ms = index === 5 ? 2_500 : 150; !isOver; ) {
            const pair = [`${answers.length}.`, `${answers.length + 1}.`];
            for (const answer of pair) world.telegram.say({ from: id, text: `[[wait ${ms}]][[say ${answer}]]` });
            await shows(pair[1] ?? '', id);
            answers.push(...pair);
          }
          return answers;
        }),
      );
      talking.catch(() => undefined);
      for (const worker of workers) {
        worker.kill('SIGTERM');
        expect((await worker.ended).code).toBe(0);
        await startWorkers(1);
      }
      isOver = true;
      const said = await talking;
      for (const [i, { id }] of people.entries()) {
        const texts = world.texts(id).slice(1);
        expect(texts.filter((text) => /^\d/.test(text))).toEqual(said[i]);
        // That a message waits is said of any that is behind another for a while.
        expect(texts.filter((text) => !/^\d|^⏳ Waits/.test(text) && text !== CONTINUING)).toEqual([]);
      }
      expect(tap.starts.length).toBeGreaterThan(people.length);
      expect(tap.starts.flatMap(({ others }) => others)).toEqual([]);
    } finally {
      await world.stop();
    }
  }, 600_000);
});
