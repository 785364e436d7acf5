import type { SessionCard } from '@signalbox/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestRedis, type TestMember, type TestRedis } from '../../testing/redis.ts';
import { keys } from '../redis/schema/schema.ts';
import { createRouting, type Routing } from './routing.ts';

let redis: TestRedis;
let member: TestMember;
let routing: Routing;
beforeAll(async () => {
  redis = await startTestRedis();
  member = await redis.member('a');
});
afterAll(() => redis.stop());
beforeEach(async () => {
  await member.commands.flushall();
  routing = createRouting(member.commands);
});

const card = (name: string, claimedBy = 'u-1-1'): SessionCard => ({
  name,
  pool: 'default',
  persona: 'default',
  claimedBy,
  createdAt: 1,
});

describe('claiming a name', () => {
  it('that is free gives it to the one who asks', async () => {
    expect(await routing.claim(card('web'))).toEqual(card('web'));
    expect(await routing.session('web')).toEqual(card('web'));
  });

  it('that is taken leaves it with its holder', async () => {
    await routing.claim(card('web', 'u-1-1'));
    expect(await routing.claim(card('web', 'u-1-2'))).toEqual(card('web', 'u-1-1'));
  });

  it('at the same time from many sides has one winner, on whom all agree', async () => {
    const claims = Array.from({ length: 20 }, (_, i) => routing.claim(card('web', `u-1-${i}`)));
    const holders = new Set((await Promise.all(claims)).map(({ claimedBy }) => claimedBy));
    expect(holders.size).toBe(1);
  });

  it.each(['not JSON', '{}', '{"name":"Bad Name"}'])(
    'whose card cannot be read (%j) ends, and takes it',
    async (text) => {
      await member.commands.hset(keys.sessions(), 'web', text);
      expect(await routing.claim(card('web'))).toEqual(card('web'));
    },
  );

  it('that was given back gives it to the next', async () => {
    await routing.claim(card('web', 'u-1-1'));
    await routing.unclaim(card('web', 'u-1-1'));
    expect(await routing.claim(card('web', 'u-1-2'))).toEqual(card('web', 'u-1-2'));
  });
});

describe('giving a name back', () => {
  it('frees it, in whatever order its card was put together', async () => {
    const { claimedBy, ...rest } = card('web');
    await routing.claim({ renames: true, awaits: 'old', ...rest, claimedBy });
    await routing.changeCard('web', { archived: true });
    const stored = await routing.session('web');
    if (stored) await routing.unclaim(stored);
    expect(await routing.session('web')).toBeUndefined();
  });

  it('that is another’s by now does nothing', async () => {
    await routing.claim(card('web', 'u-1-2'));
    await routing.unclaim(card('web', 'u-1-1'));
    expect(await routing.session('web')).toEqual(card('web', 'u-1-2'));
  });
});

describe('the list of sessions', () => {
  it('has each with what its holder last said of it, and passes over what cannot be read', async () => {
    await routing.claim(card('web'));
    await routing.claim(card('db'));
    await routing.setActivity('web', { status: 'active', lastUsedAt: 5 });
    await member.commands.hset(keys.activity(), 'db', '{"status":"asleep"}');
    await member.commands.hset(keys.sessions(), 'torn', '{"name":');
    const sessions = await routing.sessions();
    expect(sessions.sort((a, b) => a.card.name.localeCompare(b.card.name))).toEqual([
      { card: card('db'), activity: undefined },
      { card: card('web'), activity: { status: 'active', lastUsedAt: 5 } },
    ]);
    expect(await routing.session('torn')).toBeUndefined();
  });
});

describe('the active session', () => {
  it('is each place’s own: a topic’s is not its chat’s', async () => {
    await routing.activate({ chatId: -5 }, 'web');
    await routing.activate({ chatId: -5, threadId: 7 }, 'db');
    await routing.activate({ chatId: -5, threadId: 7 }, 'mail');
    expect(await routing.activeSession({ chatId: -5 })).toBe('web');
    expect(await routing.activeSession({ chatId: -5, threadId: 7 })).toBe('mail');
    expect(await routing.activeSession({ chatId: -5, threadId: 8 })).toBeUndefined();
  });
});

describe('the active session of a place', () => {
  it('that talks to one already is not changed by what is found later', async () => {
    await routing.activateIfNone({ chatId: 9 }, 'web');
    await routing.activateIfNone({ chatId: 9 }, 'db');
    expect(await routing.activeSession({ chatId: 9 })).toBe('web');
  });
});

describe('a decision', () => {
  it('is made once for an update: later ones get the first', async () => {
    expect(await routing.decideOnce(1, 2, 'first')).toBe('first');
    expect(await routing.decideOnce(1, 2, 'second')).toBe('first');
    expect(await routing.decideOnce(1, 3, 'other update')).toBe('other update');
    expect(await routing.decideOnce(9, 2, 'other bot')).toBe('other bot');
  });

  it('made on several sides at once is the same for all', async () => {
    const made = await Promise.all(['a', 'b', 'c'].map((each) => routing.decideOnce(1, 2, each)));
    expect(new Set(made).size).toBe(1);
  });

  it('is kept longer than the day for which Telegram delivers again, and not for ever', async () => {
    await routing.decideOnce(1, 2, 'first');
    const [key = ''] = await member.commands.keys('*update*');
    expect(await member.commands.ttl(key)).toBeGreaterThan(24 * 3_600);
  });
});

describe('a session’s places', () => {
  const here = { chatId: 1 };
  const topic = { chatId: -5, threadId: 9 };

  it('are moved to another name, all of them and no others', async () => {
    await Promise.all([routing.activate(here, 'web'), routing.activate(topic, 'web')]);
    await routing.activate({ chatId: 2 }, 'webs');
    await routing.movePlaces('web', 'site');
    expect(await Promise.all([here, topic, { chatId: 2 }].map(routing.activeSession))).toEqual([
      'site',
      'site',
      'webs',
    ]);
  });

  it('talk to none when it is put away', async () => {
    await Promise.all([routing.activate(here, 'web'), routing.activate(topic, 'site')]);
    await routing.movePlaces('web', undefined);
    expect(await Promise.all([here, topic].map(routing.activeSession))).toEqual([undefined, 'site']);
  });
});

describe('a session’s card', () => {
  it('keeps all changes that are made at the same time', async () => {
    await routing.claim(card('web'));
    await Promise.all([
      routing.changeCard('web', { archived: true }),
      routing.changeCard('web', { persona: 'planner' }),
      routing.changeCard('web', { awaits: 'old' }),
    ]);
    const changed = { archived: true, persona: 'planner', awaits: 'old' };
    expect(await routing.session('web')).toEqual({ ...card('web'), ...changed });
    await routing.changeCard('web', { awaits: undefined });
    expect(await routing.session('web')).not.toHaveProperty('awaits');
  });

  it('that is not there is not made by a change', async () => {
    await routing.changeCard('web', { archived: true });
    expect(await routing.session('web')).toBeUndefined();
  });

  it('is found by its old name until that is a session of its own again', async () => {
    await routing.setRenamed('web', 'site');
    expect(await routing.renamed('web')).toBe('site');
    await routing.setRenamed('web', undefined);
    expect(await routing.renamed('web')).toBeUndefined();
  });
});
