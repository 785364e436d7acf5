import { describe, expect, it } from 'vitest';
import { useWorld, useWorldToOpen } from '../support/use-world.ts';

const world = useWorldToOpen();

describe('an idle session', () => {
  it('is suspended silently, and the next message resumes it with its history', async () => {
    await world.open({ env: { IDLE_TIMEOUT_MINUTES: '0.03' } });
    await world.newSession('web');
    await world.ask('I am blue [[say noted]]', 'noted');
    const shown = world.texts().length;
    await expect.poll(async () => (await world.metadata('web')).status).toBe('suspended');
    expect(await world.claudes()).toEqual([]);
    expect(world.texts()).toHaveLength(shown);
    await world.ask('[[recall]]', /I am blue/);
    expect(world.texts()[shown]).toMatch(/^Resuming session \(idle for \d+ s\)…$/);
    await expect.poll(async () => (await world.metadata('web')).turns).toBe(2); // written after the reply is added
  });
});

describe('a worker', () => {
  it('told to stop ends cleanly, leaves no Claude, and the next one goes on with the history', async () => {
    await world.open();
    await world.newSession('web');
    await world.ask('I am blue [[say noted]]', 'noted');
    const [pid] = (await world.claudes()).map((each) => each.pid);
    expect(pid).toBeDefined();
    await world.end('worker', 'SIGTERM');
    expect((await world.worker?.ended)?.code).toBe(0);
    expect(await world.claudes()).toEqual([]);
    expect((await world.metadata('web')).status).toBe('suspended');
    await world.startAll(['worker']);
    await world.ask('[[recall]]', /I am blue/);
  });
});

describe('the bot', () => {
  const shared = useWorld({}, () => shared.newSession('web'));

  it('killed and started again has lost nothing that was said meanwhile', async () => {
    await shared.end('bot');
    shared.say('[[say said while it was down]]');
    await shared.startAll(['bot']);
    await shared.shows('said while it was down');
  });

  it('marks a reply that may have been shown already when the connection was cut', async () => {
    // With Claude warm nothing is said before the answer, such as that the message waits.
    await shared.ask('[[say warm]]', 'warm');
    shared.telegram.faults.add({ method: 'sendMessage', effect: 'cutAfter' });
    await shared.ask('[[say once or twice]]', /\(resent after restart\)\nonce or twice/);
    expect(shared.texts().filter((text) => text.includes('once or twice'))).toHaveLength(2);
  });

  it('waits as long as Telegram says, keeps the order, and marks nothing', async () => {
    shared.telegram.faults.add({
      method: 'sendMessage',
      effect: { error: { code: 429, description: 'Too Many Requests: retry after 1', parameters: { retry_after: 1 } } },
    });
    shared.say('[[say one]]');
    shared.say('[[say two]]');
    await shared.shows('two');
    expect(shared.texts().filter((text) => /one|two/.test(text))).toEqual(['one', 'two']);
  });
});
