import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deferred, recorder, startTestRedis, type TestRedis } from '../../testing/redis.ts';
import { keys } from '../redis/schema/schema.ts';
import type { JobHandler } from './job-handler.ts';
import type { Lease } from './lease.ts';
import { JobFailed, ParkJob } from './taken-job.ts';

let redis: TestRedis;
beforeAll(async () => {
  redis = await startTestRedis();
});
afterAll(() => redis.stop());

const entry = (id: string) => ({ id, name: 'test', data: { id } });
let unique = 0;
/** A group of a test's own, so that no test sees another's queues. */
const newGroup = () => `g${++unique}`;
const ids = (count: number, prefix = 'j') => Array.from({ length: count }, (_, i) => `${prefix}-${i}`);

describe('consuming a serial queue', () => {
  it('does the jobs of a queue in the order they were added, one at a time, with several consumers', async () => {
    const group = newGroup();
    const [a, b, producer] = await Promise.all([redis.member('a'), redis.member('b'), redis.member('p')]);
    const order: string[] = [];
    const work = recorder(async ({ id }) => order.push(id));
    const consumers = [await a.consume(group, work.handler), await b.consume(group, work.handler)];
    const queues = ids(5, `${group}-q`);
    const added = queues.flatMap((name) => ids(20, name).map((id) => ({ name, id })));
    for (const { name, id } of added) await producer.add({ name, group }, entry(id));
    await work.until(100);
    expect(work.overlaps()).toBe(0);
    for (const name of queues) expect(order.filter((id) => id.startsWith(`${name}-`))).toEqual(ids(20, name));
    await Promise.all(consumers.map((each) => each.stop(1_000)));
  });

  it('adds a job once however often it is added, also after it was done', async () => {
    const group = newGroup();
    const a = await redis.member('a');
    const work = recorder();
    const consumer = await a.consume(group, work.handler);
    const queue = { name: `${group}-q`, group };
    await a.add(queue, entry('same'));
    await work.until(1);
    await a.add(queue, entry('same'));
    await a.add(queue, entry('other'));
    await work.until(2);
    expect(work.done).toEqual(['same', 'other']);
    await consumer.stop(1_000);
  });

  it('finds a job whose signal was lost', async () => {
    const group = newGroup();
    const [a, silent] = await Promise.all([redis.member('a'), redis.member('p')]);
    const work = recorder();
    work.handler.keep = true;
    const consumer = await a.consume(group, work.handler);
    const queue = { name: `${group}-q`, group };
    const add = async (id: string) => {
      await silent.commands.sadd(keys.pending(group), queue.name);
      await silent.bull.queue(queue.name).add('test', {}, { jobId: id });
    };
    await add('to-nobody');
    await work.until(1);
    await add('to-its-holder');
    await work.until(2);
    expect(work.done).toEqual(['to-nobody', 'to-its-holder']);
    await consumer.stop(1_000);
  });

  it('holds a dead holder against a job only if the work on it had begun', async () => {
    const group = newGroup();
    const queue = { name: `${group}-q`, group };
    const producer = await redis.member('p');
    await producer.add(queue, entry('poor'));
    const seen: number[] = [];
    // The first try counts in any case; of the two that follow, one begins.
    for (const [life, begins] of [false, false, true].entries()) {
      const dead = await redis.member(`dead-${life}`);
      const started = deferred();
      const handle: JobHandler['handle'] = async (_queue, job) => {
        seen.push(job.takeOvers);
        if (begins) await job.begin();
        started.resolve();
        return new Promise(() => {});
      };
      await dead.consume(group, { ...recorder().handler, handle });
      await started.promise;
      dead.leases.close();
      dead.close().catch(() => undefined); // as if killed: nothing is released
    }
    const heir = await redis.member('heir');
    const work = recorder();
    const handle: JobHandler['handle'] = (queueName, job, context) => {
      seen.push(job.takeOvers);
      return work.handler.handle(queueName, job, context);
    };
    const consumer = await heir.consume(group, { ...work.handler, handle });
    await work.until(1);
    expect(seen).toEqual([0, 1, 1, 2]);
    await consumer.stop(1_000);
  });

  it('takes over what a dead holder left running, first in its queue, and counts that', async () => {
    const group = newGroup();
    const [dead, heir, producer] = await Promise.all([redis.member('dead'), redis.member('heir'), redis.member('p')]);
    const started = deferred();
    const never = recorder(() => {
      started.resolve();
      return new Promise(() => {});
    });
    await dead.consume(group, never.handler);
    const queue = { name: `${group}-q`, group };
    for (const id of ['first', 'second']) await producer.add(queue, entry(id));
    await started.promise;
    dead.leases.close();
    dead.close().catch(() => undefined); // as if killed: nothing is released
    const takeOvers: number[] = [];
    const work = recorder();
    const handler = {
      ...work.handler,
      handle: async (...args: Parameters<typeof work.handler.handle>) => {
        takeOvers.push(args[1].takeOvers);
        return work.handler.handle(...args);
      },
    };
    const consumer = await heir.consume(group, handler);
    await work.until(2);
    expect(work.done).toEqual(['first', 'second']);
    expect(takeOvers).toEqual([1, 0]);
    await consumer.stop(1_000);
  });

  it('refuses the completion of a holder that lost its queue, and tells its handler to stop', async () => {
    const group = newGroup();
    const [zombie, heir, producer] = await Promise.all([
      redis.member('zombie'),
      redis.member('heir'),
      redis.member('p'),
    ]);
    const aborted = deferred();
    const left = deferred<string>();
    const started = deferred();
    await zombie.consume(group, {
      handle: async (_queue, _job, { signal }) => {
        started.resolve();
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        aborted.resolve();
        return 'from the zombie';
      },
      keeps: () => true,
      leave: async (_queue, reason) => left.resolve(reason),
    });
    const queue = { name: `${group}-q`, group };
    await producer.add(queue, entry('job'));
    await started.promise;
    await producer.commands.del(`signalbox:{${queue.name}}:lease`); // as if it had run out
    const work = recorder(async () => 'from the heir');
    const consumer = await heir.consume(group, work.handler);
    await aborted.promise;
    expect(await left.promise).toBe('lost');
    await work.until(1);
    await consumer.stop(1_000);
    const job = await producer.bull.queue(queue.name).getJob('job');
    expect(job?.returnvalue).toBe('from the heir');
  });

  it('hands idle queues over at once when it stops, and a running job to the head after the grace', async () => {
    const group = newGroup();
    const [old, heir, producer] = await Promise.all([
      redis.member('old', { ttlMs: 60_000 }),
      redis.member('heir', { ttlMs: 60_000 }),
      redis.member('p'),
    ]);
    const running = deferred();
    const slow = recorder(async ({ id }) => {
      if (id !== 'slow') return;
      running.resolve();
      await new Promise(() => {});
    });
    slow.handler.keep = true;
    const honest = {
      ...slow.handler,
      handle: (...args: Parameters<typeof slow.handler.handle>) =>
        Promise.race([
          slow.handler.handle(...args),
          new Promise((_, reject) => args[2].signal.addEventListener('abort', () => reject(new Error('told to stop')))),
        ]),
    };
    const first = await old.consume(group, honest);
    const busy = { name: `${group}-busy`, group };
    const idle = { name: `${group}-idle`, group };
    await producer.add(idle, entry('quick'));
    await slow.until(1);
    await producer.add(busy, entry('slow'));
    await running.promise;
    await producer.add(busy, entry('after'));
    const work = recorder();
    const second = await heir.consume(group, work.handler, 60_000);
    await first.stop(0);
    expect(slow.left.sort()).toEqual([`${busy.name} parked`, `${idle.name} stopping`]);
    await work.until(2); // by the signal alone: its sweep comes once a minute
    expect(work.done).toEqual(['slow', 'after']);
    await producer.add(idle, entry('later'));
    await work.until(3);
    await second.stop(1_000);
  });

  it('gives a lease back that it is granted while it stops, before it says that it has stopped', async () => {
    const group = newGroup();
    const [old, heir] = await Promise.all([redis.member('old', { ttlMs: 60_000 }), redis.member('heir')]);
    const granted = deferred();
    const answer = deferred();
    const { acquire } = old.leases;
    old.leases.acquire = async (resource) => {
      const lease = await acquire(resource);
      granted.resolve();
      await answer.promise;
      return lease;
    };
    const consumer = await old.consume(group, recorder().handler, 60_000);
    await heir.add({ name: `${group}-q`, group }, entry('job'));
    await granted.promise;
    const stopped = consumer.stop(0);
    setTimeout(answer.resolve, 100);
    await stopped;
    expect(await heir.leases.acquire(`${group}-q`)).toBeDefined();
  });

  it('keeps a queue while its handler says so, and lets go when it is told to look again', async () => {
    const group = newGroup();
    const a = await redis.member('a');
    const work = recorder();
    work.handler.keep = true;
    const consumer = await a.consume(group, work.handler);
    const queue = { name: `${group}-q`, group };
    await a.add(queue, entry('one'));
    await work.until(1);
    expect(consumer.held()).toEqual([queue.name]);
    work.handler.keep = false;
    consumer.reconsider(queue.name);
    await expect.poll(() => consumer.held()).toEqual([]);
    expect(work.left).toEqual([`${queue.name} idle`]);
    await consumer.stop(1_000);
  });

  it("goes on with the next job when one fails, and keeps people's words out of the reason", async () => {
    const group = newGroup();
    const a = await redis.member('a');
    const work = recorder(async ({ id }) => {
      if (id === 'bad') throw new Error('secret words');
      if (id === 'refused') throw new JobFailed('no such thing');
    });
    const consumer = await a.consume(group, work.handler);
    const queue = { name: `${group}-q`, group };
    for (const id of ['bad', 'refused', 'good']) await a.add(queue, entry(id));
    await work.until(1);
    await consumer.stop(1_000);
    const reasons = await a.bull.queue(queue.name).getFailed();
    expect(reasons.map((job) => job.failedReason).sort()).toEqual(['Unforeseen Error', 'no such thing']);
  });

  it('leaves a parked job at the head of its queue for another consumer', async () => {
    const group = newGroup();
    const [old, young] = await Promise.all([redis.member('old'), redis.member('young')]);
    const cannot = recorder(async () => {
      throw new ParkJob('made by a newer version', 60_000);
    });
    const first = await old.consume(group, cannot.handler);
    const queue = { name: `${group}-q`, group };
    for (const id of ['one', 'two']) await old.add(queue, entry(id));
    await expect.poll(() => cannot.left).toEqual([`${queue.name} parked`]);
    const work = recorder();
    const second = await young.consume(group, work.handler);
    await work.until(2);
    expect(work.done).toEqual(['one', 'two']);
    await Promise.all([first.stop(0), second.stop(1_000)]);
  });

  it('serves a thousand idle queues with a constant number of connections', async () => {
    const group = newGroup();
    const a = await redis.member('a', { ttlMs: 6_000 });
    const work = recorder();
    work.handler.keep = true;
    const consumer = await a.consume(group, work.handler);
    const connections = async () =>
      String(await a.commands.client('LIST'))
        .trim()
        .split('\n').length;
    await a.add({ name: `${group}-first`, group }, entry('x'));
    await work.until(1);
    const before = await connections();
    await Promise.all(ids(999, `${group}-q`).map((name) => a.add({ name, group }, entry('x'))));
    await work.until(1_000);
    expect(consumer.held()).toHaveLength(1_000);
    expect(await connections()).toBe(before);
    await consumer.stop(1_000);
  });

  it('is left with its holder when the lease ran out while Redis was away, although another asks for it', async () => {
    const own = await startTestRedis(true);
    try {
      const [holder, other] = [await own.member('a', { ttlMs: 2_000 }), await own.member('b', { ttlMs: 2_000 })];
      const producer = await own.member('p');
      const [running, finish] = [deferred<Lease>(), deferred()];
      const work = recorder(() => finish.promise);
      const handler: JobHandler = {
        ...work.handler,
        handle: (...args) => {
          running.resolve(args[2].lease);
          return work.handler.handle(...args);
        },
      };
      const first = await holder.consume('away', handler);
      const queue = { name: 'away-q', group: 'away' };
      await producer.add(queue, entry('long'));
      const lease = await running.promise;
      const second = await other.consume('away', recorder().handler, 20);
      holder.leaseConnection.disconnect();
      await own.kill();
      await expect.poll(() => lease.isSure(), { timeout: 5_000 }).toBe(false);
      const otherIsBack = once(other.commands, 'ready');
      await own.restart();
      await otherIsBack;
      // The holder comes back a while after the one that waits for its lease.
      await delay(200);
      await holder.leaseConnection.connect();
      await lease.whenSure();
      finish.resolve();
      await work.until(1);
      await Promise.all([first.stop(1_000), second.stop(1_000)]);
      expect(work.left).not.toContain('away-q lost');
    } finally {
      await own.stop();
    }
  });

  it('does not take a second job when the answer to its fetch was lost', async () => {
    const group = newGroup();
    const [a, producer] = [await redis.member('a', { ttlMs: 6_000 }), await redis.member('p')];
    const work = recorder();
    work.handler.keep = true;
    const consumer = await a.consume(group, work.handler);
    const queue = { name: `${group}-q`, group };
    await producer.add(queue, entry('first'));
    await work.until(1);
    // As if a fetch had been carried out and its answer lost: a job is active that nobody works on.
    await producer.bull.queue(queue.name).add('test', {}, { jobId: 'second' });
    const { fetcher, close } = producer.bull.hold(queue.name);
    await fetcher.getNextJob('lost', { block: false });
    await producer.add(queue, entry('third'));
    await work.until(3);
    expect(work.done).toEqual(['first', 'second', 'third']);
    await Promise.all([consumer.stop(1_000), close()]);
  });

  it('loses, doubles and reorders nothing when Redis is killed and restarted under it', async () => {
    const own = await startTestRedis(true);
    try {
      const [a, producer] = [await own.member('a', { ttlMs: 1_000 }), await own.member('p')];
      const work = recorder();
      const consumer = await a.consume('outage', work.handler);
      const queue = { name: 'outage-q', group: 'outage' };
      const addForSure = async (id: string): Promise<void> => {
        await producer.add(queue, entry(id)).catch(async () => {
          await new Promise((done) => setTimeout(done, 50));
          return addForSure(id);
        });
      };
      for (const id of ids(100)) {
        if (id === 'j-30' || id === 'j-60') {
          await own.kill();
          await own.restart();
        }
        await addForSure(id);
      }
      await work.until(100);
      await consumer.stop(1_000);
      // A job whose completion was cut off may be done again; its effects carry ids for that. None is lost and none overtakes.
      expect([...new Set(work.done)]).toEqual(ids(100));
    } finally {
      await own.stop();
    }
  });
});
