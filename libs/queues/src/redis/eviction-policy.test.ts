import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { startTestRedis, type TestMember, type TestRedis } from '../../testing/redis.ts';
import { readEvictionPolicy } from './eviction-policy.ts';

let redis: TestRedis;
let member: TestMember;
beforeAll(async () => {
  redis = await startTestRedis();
  member = await redis.member('a');
});
afterAll(() => redis.stop());

/** A connection whose user may not do these. */
async function without(...commands: string[]): Promise<Redis> {
  const rules = ['reset', 'on', '>x', '~*', '&*', '+@all', ...commands.map((command) => `-${command}`)];
  await member.commands.acl('SETUSER', 'limited', ...rules);
  const limited = new Redis({
    path: redis.url.slice('unix:'.length),
    username: 'limited',
    password: 'x',
    enableReadyCheck: false,
  });
  onTestFinished(() => limited.disconnect());
  return limited;
}

it.each([
  ['everything', []],
  ['no INFO', ['info']],
  ['no CONFIG', ['config']],
])('is read by who may do %s', async (_what, forbidden) => {
  await member.commands.config('SET', 'maxmemory-policy', 'volatile-ttl');
  expect(await readEvictionPolicy(await without(...forbidden))).toBe('volatile-ttl');
  await member.commands.config('SET', 'maxmemory-policy', 'noeviction');
  expect(await readEvictionPolicy(await without(...forbidden))).toBe('noeviction');
});

it('is not known by who may do neither', async () => {
  expect(await readEvictionPolicy(await without('info', 'config'))).toBeUndefined();
});

it('of a Redis that is away is no answer', async () => {
  const closed = new Redis({ path: '/nowhere', lazyConnect: true, enableOfflineQueue: false });
  closed.on('error', () => undefined);
  onTestFinished(() => closed.disconnect());
  await expect(readEvictionPolicy(closed)).rejects.toThrow();
});
