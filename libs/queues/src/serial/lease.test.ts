import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestRedis, type TestRedis } from '../../testing/redis.ts';
import { LeaseLost } from './lease.ts';

let redis: TestRedis;
beforeAll(async () => {
  redis = await startTestRedis();
});
afterAll(() => redis.stop());

describe('a lease', () => {
  it('is granted to one at a time, with a growing fence', async () => {
    const [a, b] = await Promise.all([redis.member('a'), redis.member('b')]);
    const first = await a.leases.acquire('one');
    expect(await b.leases.acquire('one')).toBeUndefined();
    await first?.release();
    const second = await b.leases.acquire('one');
    expect(second?.fence).toBeGreaterThan(first?.fence ?? Infinity);
    expect(first?.lost.aborted).toBe(true);
    await expect(first?.confirm()).rejects.toThrow(LeaseLost);
  });

  it('outlives its ttl while it is renewed, also with a thousand others', async () => {
    const [a, b] = await Promise.all([redis.member('a'), redis.member('b')]);
    const leases = await Promise.all(Array.from({ length: 1_000 }, (_, i) => a.leases.acquire(`many-${i}`)));
    const renewedTwice = async () => {
      for (let round = 0; round < 8; round += 1) await new Promise((done) => setTimeout(done, 150));
    };
    await renewedTwice();
    expect(leases.filter((lease) => lease?.isSure())).toHaveLength(1_000);
    expect(await b.leases.acquire('many-0')).toBeUndefined();
  });

  it('is unsure once its deadline passes unrenewed, and sure again if nobody had it in between', async () => {
    let frozen = 0;
    const a = await redis.member('a', { ttlMs: 400, now: () => performance.now() + frozen });
    const lease = await a.leases.acquire('frozen-alone');
    frozen = 10_000;
    expect(lease?.isSure()).toBe(false);
    await lease?.whenSure();
    expect(lease?.isSure()).toBe(true);
  });

  it('is lost for a holder that was frozen while another was granted it, although it is free again', async () => {
    const a = await redis.member('a');
    const lease = await a.leases.acquire('frozen');
    a.leases.close(); // no renewal reaches Redis any more
    const b = await redis.member('b');
    await a.commands.del('signalbox:{frozen}:lease'); // it ran out
    const taken = await b.leases.acquire('frozen');
    await taken?.release();
    await expect(lease?.confirm()).rejects.toThrow(LeaseLost);
    expect(lease?.lost.aborted).toBe(true);
  });

  it('lost while somebody waits to be sure of it makes them fail instead of wait', async () => {
    let frozen = 0;
    const a = await redis.member('a', { now: () => performance.now() + frozen });
    const lease = await a.leases.acquire('stolen');
    await a.commands.set('signalbox:{stolen}:lease', 'another', 'PX', 5_000);
    frozen = 10_000;
    await expect(lease?.whenSure()).rejects.toThrow(LeaseLost);
  });

  it('is asked for again before something begins only when less than half of its time is left', async () => {
    let passed = 0;
    const a = await redis.member('a', { ttlMs: 60_000, now: () => passed });
    const lease = await a.leases.acquire('fresh');
    await a.commands.set('signalbox:{fresh}:lease', 'another', 'PX', 5_000);
    passed = 29_000;
    await lease?.freshen();
    passed = 31_000;
    await expect(lease?.freshen()).rejects.toThrow(LeaseLost);
  });

  it('survives Redis losing its data, and nobody else is granted it then', async () => {
    const own = await startTestRedis();
    try {
      const [a, b] = [await own.member('a', { ttlMs: 2_000 }), await own.member('b', { ttlMs: 2_000 })];
      const lease = await a.leases.acquire('emptied');
      await own.kill();
      await expect.poll(() => lease?.isSure(), { timeout: 10_000 }).toBe(false);
      await own.restart();
      await lease?.whenSure();
      await expect.poll(() => b.leaseConnection.status, { timeout: 10_000 }).toBe('ready');
      expect(await b.leases.acquire('emptied')).toBeUndefined();
      await lease?.release();
      expect((await b.leases.acquire('emptied'))?.fence).toBe((lease?.fence ?? 0) + 1);
    } finally {
      await own.stop();
    }
  });

  it('survives Redis being away for longer than its ttl', async () => {
    const own = await startTestRedis(true);
    try {
      const a = await own.member('a', { ttlMs: 400 });
      const lease = await a.leases.acquire('outage');
      await own.kill();
      await expect.poll(() => lease?.isSure()).toBe(false);
      await own.restart();
      await lease?.whenSure();
      expect(lease?.isSure()).toBe(true);
    } finally {
      await own.stop();
    }
  });
});
