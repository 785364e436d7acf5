import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keys, openQueues } from '@signalbox/queues';
import { startPrivateRedis } from '@signalbox/service';
import { expect, it } from 'vitest';
import { findKeyProblems } from './redis-keys.ts';

it('The look at the keys of a world finds foreign ones and those that live for ever, and nothing in what was ended', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'signalbox-keys-'));
  const redis = await startPrivateRedis({ dir, durable: false });
  const silent = () => undefined;
  const queues = await openQueues(redis.url, { app: 'test', log: { info: silent, warn: silent, error: silent } });
  await queues.addJob({ name: 'session-web', group: 'session.default' }, { id: 'u-1-1', name: 'message', data: {} });
  expect(await findKeyProblems(redis)).toEqual([]);
  await queues.redis.set('bull:foreign:id', '1');
  await queues.redis.set(keys.decision(1, 2), '{}');
  expect((await findKeyProblems(redis)).sort()).toEqual([
    'bull:foreign:id (string) is not in the schema',
    'signalbox:update:1:2 lives for ever, not 172800 s',
  ]);
  await queues.close();
  await redis.stop();
  expect(await findKeyProblems(redis)).toEqual([]);
  await rm(dir, { recursive: true, force: true });
});
