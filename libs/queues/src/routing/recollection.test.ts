import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startTestRedis, type TestMember, type TestRedis } from '../../testing/redis.ts';
import { createRecollection, type Recollection } from './recollection.ts';
import { createRouting, type Routing } from './routing.ts';

let redis: TestRedis;
let member: TestMember;
let routing: Routing;
let recollection: Recollection;
beforeAll(async () => {
  redis = await startTestRedis();
  member = await redis.member('a');
  routing = createRouting(member.commands);
  recollection = createRecollection(member.commands);
});
afterAll(() => redis.stop());
beforeEach(() => member.commands.flushall());

const card = { name: 'web', pool: 'nas', persona: 'default', claimedBy: 'u-1-1', createdAt: 1 };
const here = { chatId: 7 };

it('what Redis holds has one name for all who ask, and another one when it was emptied', async () => {
  const ids = await Promise.all([1, 2, 3].map(() => createRecollection(member.commands).dataId()));
  expect(new Set(ids).size).toBe(1);
  await member.commands.flushall();
  expect(await recollection.dataId()).not.toBe(ids[0]);
});

it('what is recollected can be told again, and what Redis has by then stays', async () => {
  const activity = { status: 'active', lastUsedAt: 5 } as const;
  await routing.claim(card);
  await routing.setActivity('web', activity);
  await routing.setRenamed('old', 'web');
  await routing.activate(here, 'web');
  await routing.activate({ chatId: 8 }, 'web');
  const all = await recollection.recollect();
  await member.commands.flushall();
  await routing.activate({ chatId: 8 }, 'newer');
  await recollection.remind(all);
  expect(await routing.sessions()).toEqual([{ card, activity }]);
  expect(await routing.renamed('old')).toBe('web');
  expect(await Promise.all([here, { chatId: 8 }].map(routing.activeSession))).toEqual(['web', 'newer']);
  // A card that was told again can be given back like any other.
  await routing.unclaim(card);
  expect(await routing.session('web')).toBeUndefined();
});

it('what cannot be read is not told again', async () => {
  await member.commands.hset('signalbox:sessions', 'torn', '{');
  expect(await recollection.recollect()).toEqual({ cards: [], places: {}, renamed: {}, activities: {} });
  await recollection.remind(await recollection.recollect());
});
