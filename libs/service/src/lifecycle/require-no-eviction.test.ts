import { expect, it } from 'vitest';
import { describeEviction, requireNoEviction } from './require-no-eviction.ts';
import { FatalError } from './run-service.ts';

const warned: string[] = [];
const log = { warn: (message: unknown) => void warned.push(String(message)) } as never;

it('a Redis that drops nothing is fine', () => {
  requireNoEviction('noeviction', 'redis://r:6379', log);
  expect(warned).toEqual([]);
});

it.each([
  ['redis://:s3cret@redis.lan:6380/0', 'redis-cli -h redis.lan -p 6380 --askpass CONFIG SET'],
  ['rediss://me:s3cret@redis.lan', 'redis-cli -h redis.lan -p 6379 --tls --user me --askpass CONFIG SET'],
  ['redis://127.0.0.1', 'redis-cli -h 127.0.0.1 -p 6379 CONFIG SET'],
  ['unix:/run/redis.sock', 'redis-cli -s /run/redis.sock CONFIG SET'],
])('one that may drop jobs stops the start and says what to type at %s', (url, command) => {
  const start = () => requireNoEviction('allkeys-lru', url, log);
  expect(start).toThrow(FatalError);
  const said = describeEviction('allkeys-lru', url);
  expect(said).toContain(`Type: ${command} maxmemory-policy noeviction`);
  expect(said).not.toContain('s3cret');
});

it('one that does not say is warned of', () => {
  requireNoEviction(undefined, 'redis://r:6379', log);
  expect(warned).toEqual([expect.stringMatching(/does not say.*noeviction/)]);
});
