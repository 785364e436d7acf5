import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestRedis, type TestRedis } from '../../testing/redis.ts';
import { connectRedis, type RedisConnections } from './connections.ts';

let redis: TestRedis;
let connections: RedisConnections;
let heard: string[];
beforeEach(async () => {
  redis = await startTestRedis();
  heard = [];
  const onAway = ({ message }: Error) => heard.push(message);
  connections = await connectRedis(redis.url, { onAway, onBack: () => heard.push('back') });
});
afterEach(async () => {
  connections.close();
  await redis.stop();
});

const write = () => connections.commands.set('x', 1);
const writeUntil = (isOver: () => boolean) => expect.poll(() => write().then(isOver, isOver), { timeout: 10_000 });

describe('the listener of a connection', () => {
  it('hears once of a read-only replica, however often it refuses and is connected to, and once of its end', async () => {
    let reconnects = 0;
    connections.commands.on('close', () => {
      reconnects += 1;
    });
    await connections.commands.replicaof('127.0.0.1', 1);
    await writeUntil(() => reconnects >= 2).toBe(true);
    expect(heard).toEqual([expect.stringContaining('READONLY')]);
    await expect.poll(() => connections.commands.replicaof('NO', 'ONE').catch(() => 'again')).toBe('OK');
    await expect.poll(() => heard.at(-1), { timeout: 5_000 }).toBe('back');
    expect(heard).toHaveLength(2);
  });

  it('hears once of a Redis that hangs, and once that it answers again', async () => {
    process.kill(redis.pid, 'SIGSTOP');
    for (let i = 0; i < 2; i += 1) {
      const error: unknown = await write().catch((reason: unknown) => reason);
      expect(connections.isAbsence(error)).toBe(true);
    }
    process.kill(redis.pid, 'SIGCONT');
    await expect.poll(() => heard, { timeout: 5_000 }).toEqual(['Command timed out', 'back']);
    expect(connections.isAbsence(new Error('another'))).toBe(false);
  });

  it('hears once of a Redis that is full, however often it refuses, and once that it has room again', async () => {
    await connections.commands.config('SET', 'maxmemory', '1');
    for (let i = 0; i < 2; i += 1) {
      const error: unknown = await connections.commands.eval(`return redis.call('SET', 'x', 1)`, 0).catch((e) => e);
      expect(connections.isAbsence(error)).toBe(true);
    }
    await connections.commands.config('SET', 'maxmemory', '0');
    await expect.poll(() => heard, { timeout: 5_000 }).toEqual([expect.stringContaining('OOM'), 'back']);
    expect(await connections.commands.keys('*probe*')).toEqual([]);
  });

  it('hears of a lost connection, and those who ask later hear of its return as well', async () => {
    let back = 0;
    const forget = connections.onBack(() => {
      back += 1;
    });
    await redis.kill();
    await redis.restart();
    await expect.poll(() => back, { timeout: 5_000 }).toBe(1);
    expect(heard.at(-1)).toBe('back');
    expect(heard).toHaveLength(2);
    forget();
  });
});
