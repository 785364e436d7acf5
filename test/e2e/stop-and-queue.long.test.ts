import { ANN } from '@signalbox/simulator';
import { beforeEach, describe, expect, it } from 'vitest';
import { bash } from '../support/directives.ts';
import { press } from '../support/press.ts';
import { useWorld } from '../support/use-world.ts';

const world = useWorld();
/** The session of the test. */
let session: string;
beforeEach(async () => {
  session = await world.newSession();
});

/** Begins a turn that would last for a minute in a tool, and resolves when the tool runs. */
async function beginLongTurn(): Promise<void> {
  world.say(`${bash('touch begun && tail -f begun')}[[say slept]]`);
  const allow = await world.shows(/Claude wants to run/);
  press(world, allow, '✅ Allow');
  await expect
    .poll(async () => (await world.claudes()).map(({ command }) => command).join())
    .toContain('tail -f begun');
}

describe('a turn that is stopped', () => {
  it('while it streams, or before Claude has begun, ends as well', async () => {
    const { message } = world.say('[[stream 4000 over 60000]]');
    await world.telegram.waitFor(() => /^\w{3}/.test(world.telegram.draft(ANN.id)?.text ?? ''));
    await world.ask('/stop', '⏹ Stopped.');
    // What could be read before stays.
    await world.shows(/^The/);
    await world.telegram.waitFor(() => world.reaction(message) === '😴');
    world.say('[[hang]]');
    await expect.poll(() => world.asked()).toHaveLength(2);
    await world.ask('/stop', '⏹ Stopped.');
    await world.ask('[[say well]]', 'well');
  });

  it('whose worker is killed before it took note stays stopped', async () => {
    await beginLongTurn();
    const { worker } = world;
    worker?.kill('SIGSTOP');
    world.say('/stop');
    await expect.poll(() => world.telegram.pendingUpdates.length).toBe(0);
    worker?.kill('SIGKILL');
    await worker?.ended;
    worker?.kill('SIGCONT');
    await world.startAll(['worker']);
    await world.shows('⏹ Stopped.');
    await world.ask('[[say well]]', 'well');
    expect(world.texts().filter((each) => /slept|Continuing/.test(each))).toEqual([]);
    expect(world.asked()).toHaveLength(2);
  });

  it('whose Claude is frozen is ended all the same, and the session goes on', async () => {
    await beginLongTurn();
    process.kill(Number((await world.metadata(session)).pid), 'SIGSTOP');
    await world.ask('/stop', '⏹ Stopped.');
    await world.ask('[[say well]]', 'well');
    expect(world.asked()).toHaveLength(2);
  });

  it('when nothing runs is told so', async () => {
    await world.ask('/stop', `Nothing is running in session '${session}'.`);
  });
});

describe('the queue', () => {
  it('is emptied by /stop all, which names what was dropped', async () => {
    await beginLongTurn();
    for (const text of ['first', 'second']) world.say(`${text} [[say ${text}]]`);
    await expect.poll(() => world.telegram.pendingUpdates.length).toBe(0);
    await world.ask('/stop all', /^Dropped 2 messages:\n• first .*\n• second .*$/);
    await world.shows('⏹ Stopped.');
    await world.ask('[[say well]]', 'well');
    expect(world.asked()).toHaveLength(2);
  });

  it('takes an edit of a message that waits, and says of one that Claude has that it is too late', async () => {
    await beginLongTurn();
    const waits = world.say('[[say before]]').message;
    const running = world.telegram.messages(ANN.id).find(({ text }) => text.includes('tail -f begun'));
    await expect.poll(() => world.telegram.pendingUpdates.length).toBe(0);
    world.telegram.edit({ from: ANN.id, messageId: waits.id, text: '[[say after]]' });
    await world.shows(/was changed/);
    world.telegram.edit({ from: ANN.id, messageId: running?.id ?? 0, text: 'something else' });
    await world.shows(/Claude has this message already/);
    await world.ask('/stop', '⏹ Stopped.');
    await world.shows('after');
    expect(world.texts()).not.toContain('before');
  });
});

describe('messages that were sent at once', () => {
  it('are one turn when they were forwarded together, or a long text was split', async () => {
    const long = `${'word '.repeat(1_200)}[[say got it]]`;
    world.say(long);
    await world.shows('got it');
    expect(world.asked()).toHaveLength(1);
    expect(world.asked()[0]).toContain('[[say got it]]');
    expect(world.asked()[0]?.match(/word/g)).toHaveLength(1_200);
  });
});

describe('messages that were sent at once', () => {
  it('stay one turn when the worker is killed in it', async () => {
    world.say(`${'word '.repeat(1_200)}[[wait 4000]][[say got it]]`);
    await expect.poll(() => world.asked()).toHaveLength(1);
    await world.replace('worker');
    await world.shows('got it');
    await world.ask('[[recall]]', /^I remember:\s+1\. word/);
    await world.ask('[[say the end]]', 'the end');
    expect(world.texts().filter((text) => /^2\. /m.test(text))).toEqual([]);
    expect(world.count('got it')).toBe(1);
  });
});
