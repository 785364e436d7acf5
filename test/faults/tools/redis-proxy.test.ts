import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openQueues, type Queues } from '@signalbox/queues';
import { type PrivateRedis, startPrivateRedis } from '@signalbox/service';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RedisProxy, startRedisProxy } from './redis-proxy.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const ref = { name: 'session-web', group: 'session.default' };

let dir: string;
let redis: PrivateRedis;
let proxy: RedisProxy;
let through: Queues;
let direct: Queues;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'signalbox-proxy-'));
  redis = await startPrivateRedis({ dir, durable: false });
  proxy = await startRedisProxy(redis.url);
  [through, direct] = await Promise.all([
    openQueues(proxy.url, { app: 'test', log: silent }),
    openQueues(redis.url, { app: 'test', log: silent }),
  ]);
});
afterEach(async () => {
  await Promise.all([through.close(), direct.close()]);
  await proxy.close();
  await redis.stop();
  await rm(dir, { recursive: true, force: true });
});

const waiting = () => direct.bull.queue(ref.name).getWaitingCount();
const add = (id: string) => through.addJob(ref, { id, name: 'x', data: { id } });

describe('the proxy', () => {
  it('passes commands, pipelines, scripts and what is published', async () => {
    const heard: string[] = [];
    await through.listenLive(({ turn }) => void heard.push(turn));
    await Promise.all(['a', 'b', 'c'].map(add));
    expect(await waiting()).toBe(3);
    direct.publishLive({ place: { chatId: 1 }, session: 'web', turn: 'u-1-1', state: 'ended' });
    await expect.poll(() => heard).toEqual(['u-1-1']);
    expect(await through.redis.pipeline().set('k', 'ü\r\n').get('k').exec()).toEqual([
      [null, 'OK'],
      [null, 'ü\r\n'],
    ]);
  });

  it('holds a command back before Redis has it', async () => {
    const hold = proxy.before(({ script }) => script === 'addStandardJob');
    const added = add('a');
    const { args } = await hold.reached;
    expect(args.join(' ')).toContain('session-web:wait');
    expect(await waiting()).toBe(0);
    hold.release();
    await added;
    expect(await waiting()).toBe(1);
  });

  it('holds the answer to a command back when Redis has carried it out', async () => {
    const hold = proxy.after(({ script, reply }) => script === 'addStandardJob' && reply === 'a');
    let isAdded = false;
    const added = add('a').then(() => {
      isAdded = true;
    });
    await hold.reached;
    expect(await waiting()).toBe(1);
    expect(isAdded).toBe(false);
    hold.release();
    await added;
  });

  it('forwards nothing of what it holds when the app goes away', async () => {
    const hold = proxy.before(({ name }) => name === 'SET');
    const setting = through.redis.set('k', 'v');
    await hold.reached;
    through.redis.disconnect();
    await expect(setting).rejects.toThrow();
    await proxy.close();
    expect(await direct.redis.get('k')).toBeNull();
    proxy = await startRedisProxy(redis.url);
  });
});
