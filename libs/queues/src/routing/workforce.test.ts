import type { WorkerCard } from '@signalbox/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestRedis, type TestMember, type TestRedis } from '../../testing/redis.ts';
import { keys } from '../redis/schema/schema.ts';
import { createWorkforce, WORKER_GONE_AFTER_MS } from './workforce.ts';

let redis: TestRedis;
let member: TestMember;
beforeAll(async () => {
  redis = await startTestRedis();
  member = await redis.member('a');
});
afterAll(() => redis.stop());
beforeEach(async () => {
  await member.commands.flushall();
});

const worker = (id: string, seenAt: number): WorkerCard => ({
  id,
  pool: 'default',
  host: 'nas',
  pid: 1,
  startedAt: 0,
  seenAt,
  claude: '2',
  permissionMode: 'default',
  modelIsSimulated: false,
});
const personas = [{ name: 'default', description: 'General' }];

describe('the workforce', () => {
  it('has the workers that were heard of lately, and forgets the others', async () => {
    let now = 0;
    const workforce = createWorkforce(member.commands, () => now);
    await workforce.report(worker('old', 0), personas);
    now = WORKER_GONE_AFTER_MS - 1;
    await workforce.report(worker('new', now), personas);
    expect((await workforce.workers()).map(({ id }) => id).sort()).toEqual(['new', 'old']);
    now = WORKER_GONE_AFTER_MS;
    expect((await workforce.workers()).map(({ id }) => id)).toEqual(['new']);
    expect(await member.commands.hkeys(keys.workers())).toEqual(['new']);
  });

  it('no longer has a worker that has left', async () => {
    const workforce = createWorkforce(member.commands, () => 0);
    await workforce.report(worker('a', 0), personas);
    await workforce.leave('a');
    expect(await workforce.workers()).toEqual([]);
  });

  it('knows the personas of a pool after its workers are gone, and none of a pool that never had one', async () => {
    const workforce = createWorkforce(member.commands, () => 0);
    await workforce.report(worker('a', 0), personas);
    await workforce.leave('a');
    expect(await workforce.personas('default')).toEqual(personas);
    expect(await workforce.personas('other')).toBeUndefined();
  });

  it('knows the integrations of a pool: configured if one worker has them so, and after all are gone those of the last', async () => {
    const workforce = createWorkforce(member.commands, () => 0);
    const kuma = { name: 'kuma', usage: '/kuma', description: 'Monitors', configured: false };
    const pbs = { ...kuma, name: 'pbs' };
    await workforce.report({ ...worker('a', 0), integrations: [kuma, pbs] }, personas);
    await workforce.report({ ...worker('b', 0), integrations: [{ ...kuma, configured: true }] }, personas);
    await workforce.report({ ...worker('c', 0), pool: 'other' }, personas);
    expect(await workforce.integrations('default')).toEqual([{ ...kuma, configured: true }, pbs]);
    expect(await workforce.integrations('other')).toEqual([]);
    expect(await workforce.integrations('unknown')).toEqual([]);
    for (const id of ['a', 'b']) await workforce.leave(id);
    expect(await workforce.integrations('default')).toEqual([{ ...kuma, configured: true }]);
  });

  it.each(['not JSON', '{}', 'null', '[{"name":1}]'])('passes over what cannot be read (%j)', async (text) => {
    const workforce = createWorkforce(member.commands, () => 0);
    await workforce.report(worker('a', 0), personas);
    await member.commands.hset(keys.workers(), 'torn', text);
    await member.commands.hset(keys.personas(), 'torn', text);
    expect((await workforce.workers()).map(({ id }) => id)).toEqual(['a']);
    expect(await workforce.personas('torn')).toBeUndefined();
  });
});
