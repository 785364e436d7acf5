import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ANN } from '@signalbox/simulator';
import { describe, expect, it } from 'vitest';
import { BYPASS, bash } from '../../support/directives.ts';
import { press } from '../../support/press.ts';
import { useWorldToOpen } from '../../support/use-world.ts';

const world = useWorldToOpen();

const requestWith = (text: string) => world.modelIsAsked(({ lastUserText }) => lastUserText.includes(text));

/** Kills the worker that serves, and its Claude at the same moment, as a loss of power would; then starts another. */
async function replaceWorker(): Promise<void> {
  for (const { pid } of await world.claudesAlone()) process.kill(pid, 'SIGKILL');
  await world.replace('worker');
}

/** A world whose sessions have the persona `careful`, with this policy for interrupted turns. */
async function startWithPolicy(interrupted: string): Promise<void> {
  await world.open({ env: BYPASS, personas: { careful: { interrupted } } });
  await world.newSession('web', 'careful');
}

/** Sends a message whose tool goes on until the file `go` is there; resolves when the tool runs. */
async function runUntilKilled(): Promise<{ go: string; ran: string }> {
  const [go, ran] = [join(world.dir, 'go'), join(world.dir, 'ran')];
  world.say(`${bash(`echo x >> ${ran}; until test -e ${go}; do sleep 0.1; done`)}[[say the job is done]]`);
  await expect.poll(() => access(ran).then(() => true)).toBe(true);
  return { go, ran };
}

describe('a message that brings its worker down three times', () => {
  it('is set aside with Retry and Drop, the session goes on with the next one, and Retry does it again', async () => {
    await world.open();
    await world.newSession('web');
    for (let kill = 0; kill < 3; kill += 1) {
      const request = requestWith('poison');
      if (kill === 0) world.say('poison [[wait 1500]][[say it went well]]');
      if (kill === 0) world.say('[[say the next one]]');
      await request;
      await replaceWorker();
    }
    const question = await world.shows(/tried 3 times, and each time its worker went down/);
    expect(question.buttons.flat().map(({ text }) => text)).toEqual(['Retry', 'Drop']);
    await world.shows('the next one');
    expect(world.texts()).not.toContain('it went well');
    press(world, question, 'Retry');
    await world.shows('it went well');
    expect(world.count('it went well')).toBe(1);
  }, 300_000);
});

describe('an interrupted turn under the policy “ask”', () => {
  it('shows what tool was cut off, keeps the session waiting, and is continued on Continue', async () => {
    await startWithPolicy('ask');
    const { go, ran } = await runUntilKilled();
    await replaceWorker();
    const question = await world.shows(/cut this message off while Claude was at work/);
    expect(question.text).toContain(`until test -e ${go}`);
    expect(question.text).toContain('Bash, cut off:');
    expect(question.buttons.flat().map(({ text }) => text)).toEqual(['Continue', 'Drop']);
    world.say('[[say the next one]]');
    await world.shows(/Waits in session 'web'/);
    await writeFile(go, '');
    press(world, question, 'Continue');
    await world.shows('the next one');
    const texts = world.texts();
    expect(texts.filter((text) => text === 'the job is done')).toHaveLength(1);
    expect(texts.indexOf('the job is done')).toBeLessThan(texts.indexOf('the next one'));
    expect((await readFile(ran, 'utf8')).trim().split('\n')).toHaveLength(2);
  });

  it('is dropped on Drop, and the session goes on with the next message', async () => {
    await startWithPolicy('ask');
    const { ran } = await runUntilKilled();
    await replaceWorker();
    const question = await world.shows(/cut this message off while Claude was at work/);
    world.say('[[say the next one]]');
    press(world, question, 'Drop');
    await world.shows('the next one');
    expect(world.texts()).not.toContain('the job is done');
    expect((await readFile(ran, 'utf8')).trim()).toBe('x');
  });

  it('asks nothing and continues if no tool was used', async () => {
    await startWithPolicy('ask');
    const request = requestWith('the answer');
    world.say('[[wait 1500]][[say the answer]]');
    await request;
    await replaceWorker();
    await world.shows('the answer');
    expect(world.shown().flatMap(({ buttons }) => buttons.flat())).toEqual([]);
  });

  it('asks again, as another question, when it is cut off at another point after Continue', async () => {
    await startWithPolicy('ask');
    const { ran } = await runUntilKilled();
    await replaceWorker();
    const first = await world.shows(/cut this message off while Claude was at work/);
    const seen = world.lastId();
    press(world, first, 'Continue');
    await expect.poll(async () => (await readFile(ran, 'utf8')).trim().split('\n')).toHaveLength(2);
    await replaceWorker();
    const second = await world.shows(/cut this message off while Claude was at work/, ANN.id, seen);
    press(world, second, 'Drop');
    await world.ask('[[say on we go]]', 'on we go');
  });
});

describe('an interrupted turn under the policy “stop”, set for the session over its persona’s “ask”', () => {
  it('is not continued and says so with Retry and Drop; one that Claude never had is simply run', async () => {
    await startWithPolicy('ask');
    await world.ask('/interrupted stop', 'A turn that a restart cuts off is not continued, and can be retried');
    const { ran } = await runUntilKilled();
    world.say('[[say the next one]]');
    await replaceWorker();
    const question = await world.shows(/cut this message off\. It is not continued/);
    expect(question.buttons.flat().map(({ text }) => text)).toEqual(['Retry', 'Drop']);
    await world.shows('the next one');
    expect((await readFile(ran, 'utf8')).trim()).toBe('x');
  });
});
