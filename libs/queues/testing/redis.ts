import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PrivateRedis, startPrivateRedis } from '@signalbox/service';
import { type BullQueues, connectRedis, createAddJob, createBullQueues, createLeaseKeeper } from '../src/index.ts';
import { startConsumer } from '../src/serial/consumer.ts';
import type { JobHandler } from '../src/serial/job-handler.ts';

/** A redis-server of a test's own, and what a process would make on it. */
export async function startTestRedis(durable = false) {
  const dir = mkdtempSync(join(tmpdir(), 'signalbox-test-'));
  let server: PrivateRedis = await startPrivateRedis({ dir, durable });
  const members: { close(): Promise<void> }[] = [];
  return {
    get url() {
      return server.url;
    },
    get pid() {
      return server.pid;
    },
    /** Plays one process: its own connections and leases. */
    async member(owner: string, { ttlMs = 600, now }: { ttlMs?: number; now?: () => number } = {}) {
      const connections = await connectRedis(server.url, { onAway: () => {}, onBack: () => {} });
      const bull: BullQueues = createBullQueues(connections.commands);
      const leases = createLeaseKeeper(connections.leases, { owner, ttlMs, ...(now ? { now } : {}) });
      const errors: unknown[] = [];
      const bugs: unknown[] = [];
      const member = {
        ...connections,
        leaseConnection: connections.leases,
        bull,
        leases,
        errors,
        bugs,
        add: createAddJob(connections.commands, bull),
        consume: (group: string, handler: JobHandler, sweepMs = 100) =>
          startConsumer({
            redis: connections.commands,
            subscriptions: connections.subscriptions,
            bull,
            leases,
            group,
            handler,
            sweepMs,
            report: { error: (error) => errors.push(error), bug: (error) => bugs.push(error) },
            isAway: connections.isAway,
          }),
        async close() {
          leases.close();
          await bull.close();
          connections.close();
        },
      };
      members.push(member);
      return member;
    },
    async kill() {
      process.kill(server.pid, 'SIGKILL');
      await server.ended;
    },
    async restart() {
      server = await startPrivateRedis({ dir, durable });
    },
    async stop() {
      await Promise.all(members.splice(0).map((each) => each.close()));
      await server.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

export type TestRedis = Awaited<ReturnType<typeof startTestRedis>>;
export type TestMember = Awaited<ReturnType<TestRedis['member']>>;

/** A promise with its handles outside. */
export function deferred<T = void>() {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** A handler that writes down what it does, and a way to wait until it has done `count` jobs. */
export function recorder(work: (job: { id: string }) => Promise<unknown> = async () => undefined) {
  const done: string[] = [];
  const left: string[] = [];
  const waiting: { count: number; resolve(): void }[] = [];
  let overlaps = 0;
  const running = new Map<string, number>();
  const handler: JobHandler & { keep: boolean } = {
    keep: false,
    async handle(queue, job) {
      running.set(queue, (running.get(queue) ?? 0) + 1);
      if ((running.get(queue) ?? 0) > 1) overlaps += 1;
      try {
        const value = await work(job);
        done.push(job.id);
        return value;
      } finally {
        running.set(queue, (running.get(queue) ?? 0) - 1);
        for (const each of waiting) if (done.length >= each.count) each.resolve();
      }
    },
    keeps: () => handler.keep,
    async leave(queue, reason) {
      left.push(`${queue} ${reason}`);
    },
  };
  const until = (count: number) =>
    new Promise<void>((resolve) => {
      if (done.length >= count) resolve();
      else waiting.push({ count, resolve });
    });
  return { handler, done, left, until, overlaps: () => overlaps };
}
