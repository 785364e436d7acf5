import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useWorld } from '../support/use-world.ts';

const world = useWorld({ env: { IDLE_TIMEOUT_MINUTES: '0.02' } }, (own) => own.newSession('web'));

async function sessionNames(): Promise<string[]> {
  const queues = await world.openQueues();
  const sessions = await queues.routing.sessions();
  await queues.close();
  return sessions.map(({ card }) => card.name).sort();
}

describe('bad input is answered and changes nothing', () => {
  it.each([
    [
      '/new',
      /^Usage: \/new <name> \[persona\] \[directory\] \[@pool\]\nExample: \/new web planner ~\/projects\/web @nas/,
    ],
    [
      '/new a default more',
      /^Usage: \/new <name> \[persona\] \[directory\] \[@pool\]\nExample: \/new web planner ~\/projects\/web @nas/,
    ],
    ['/new a/b', /can't be a name/],
    ['/new ..', /can't be a name/],
    ['/new -rf', /can't be a name/],
    ['/new 😀', /can't be a name/],
    [`/new ${'a'.repeat(65)}`, /can't be a name/],
    ['/new fine no-such-persona', /There is no persona “no-such-persona”[\s\S]*planner[\s\S]*research/],
    ['/session a b', /^Usage: \/session \[name\]\nExample: \/session web\nNames have no spaces/],
    ['/new Web Site', /There is no persona “Site”[\s\S]*Names have no spaces[\s\S]*\/new web-site/],
    ['/new wеb', /can't be a name. Some Latin, Greek and Cyrillic letters look the same/],
    ['/session ../web', /can't be a name/],
    ['/nwe x', /I don't know \/nwe\. Did you mean \/new\?/],
    ['/frobnicate', /I don't know \/frobnicate\. \/help/],
  ])('%s', async (text, expected) => {
    const before = await sessionNames();
    await world.ask(text, expected);
    expect(await sessionNames()).toEqual(before);
  });

  it('a text of 100,000 characters reaches Claude whole and as one turn, in whatever parts Telegram sends it', async () => {
    const words = Array.from({ length: 14_285 }, (_, i) => String(i).padStart(6, '0'));
    world.say(`${words.join(' ')} [[say all of it]]`);
    await world.shows('all of it');
    expect(world.simulator.anthropic.turns()).toHaveLength(1);
    const received = world.simulator.anthropic
      .turns()
      .flatMap(({ lastUserText }) => lastUserText.replace('[[say all of it]]', '').split(/\s+/));
    expect(received.filter(Boolean)).toEqual(words);
  });

  it('a message that begins like a command reaches Claude to the letter', async () => {
    await world.ask('/tmp is full [[say so it is]]', 'so it is');
    await world.ask('/home is full? [[say half]]', 'half');
    expect(world.asked()).toEqual(['/tmp is full [[say so it is]]', '/home is full? [[say half]]']);
  });
});

it('a name in another script is one session in every spelling of it', async () => {
  await world.newSession('日本-café');
  await world.ask(
    '/new 日本-CAFE\u0301',
    "Session '日本-café' already exists. Use /session 日本-café to switch to it.",
  );
  await world.ask('[[say oui]]', 'oui');
  await world.ask('/rename Сессия', /'сессия'/);
  await world.ask('[[say да]]', 'да');
  await expect.poll(async () => (await world.metadata('сессия')).turns).toBe(2);
});

describe('damage on disk', () => {
  const suspended = (name: string) => expect.poll(async () => (await world.metadata(name)).status).toBe('suspended');

  it.each(['metadata', 'persona'])(
    'a corrupt %s.json is set aside and reported, and the session goes on',
    async (file) => {
      const name = `torn-${file}`;
      await world.newSession(name);
      await world.ask('[[say before]]', 'before');
      await suspended(name);
      await writeFile(join(world.dir, 'sessions', name, `${file}.json`), '{"torn');
      await world.ask('[[say after]]', 'after');
      expect(
        world.texts().filter((text) => text.includes(`${file} of session '${name}' could not be read`)),
      ).toHaveLength(1);
      expect(world.texts().join()).toMatch(new RegExp(`${file}\\.json\\.corrupt-`));
    },
  );

  it('a session directory deleted by hand is said so, and its name is free again', async () => {
    await world.newSession('gone');
    await rm(join(world.dir, 'sessions', 'gone'), { recursive: true });
    await world.ask('hello?', "Session 'gone' doesn't exist. Use /new gone to create it.");
    await world.newSession('gone');
    await world.ask('[[say again]]', 'again');
  });
});
