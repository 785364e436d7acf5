import type { Redis } from 'ioredis';
import { channels, keys } from '../redis/schema/schema.ts';
import type { Subscriptions } from '../redis/subscriptions.ts';
import type { BullQueues } from './bull-queues.ts';
import { callConsumers } from './call-consumers.ts';
import type { EndReason, JobHandler, QueueReport } from './job-handler.ts';
import type { LeaseKeeper } from './lease.ts';
import { SerialQueue } from './serial-queue.ts';

/** Serves the queues of a group: takes the lease of whichever has work and nobody holds, and works through it. */
export interface Consumer {
  /** Looks into a held queue again, for instance because its handler no longer keeps it. */
  reconsider(queue: string): void;
  /** The queues held now. */
  held(): string[];
  /**
   * Takes no further job and lets go of the idle queues at once. Running jobs have `graceMs` to end; after that they are abandoned
   * to the head of their queues for the next holder.
   */
  stop(graceMs: number): Promise<void>;
}

/** What a consumer needs of its process. */
export interface ConsumerOptions {
  readonly redis: Redis;
  readonly subscriptions: Subscriptions;
  readonly bull: BullQueues;
  readonly leases: LeaseKeeper;
  readonly group: string;
  readonly handler: JobHandler;
  /**
   * How often the pending set is looked through in case a signal was lost, in ms (250). A take-over comes at most this long after a
   * dead holder's lease has run out, and is promised within a second of that.
   */
  readonly sweepMs?: number;
  readonly report: QueueReport;
  /** Whether Redis is known to take no writes at this moment. */
  isAway(): boolean;
}

/** Starts consuming. Rejects if the group's channel cannot be subscribed to. */
export async function startConsumer(options: ConsumerOptions): Promise<Consumer> {
  const consumer = new GroupConsumer(options);
  await consumer.start();
  return consumer;
}

class GroupConsumer implements Consumer {
  readonly #options: ConsumerOptions;
  readonly #held = new Map<string, { serial: SerialQueue; ended: Promise<void> }>();
  /** Queues whose lease is being asked for, until that is settled. */
  readonly #asking = new Map<string, Promise<void>>();
  /** Queue → until when it is left alone, in ms of the monotonic clock. */
  readonly #parked = new Map<string, number>();
  /** When Redis was well last, and until when no lease is asked for, in ms of the monotonic clock. */
  #wellAt = performance.now();
  #politeUntil = 0;
  #stopping = false;
  #sweeping: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #unsubscribe = () => {};

  constructor(options: ConsumerOptions) {
    this.#options = options;
  }

  async start() {
    const { subscriptions, group, sweepMs = 250 } = this.#options;
    this.#unsubscribe = await subscriptions.subscribe(channels.ready(group), (queue) => {
      void this.#offer(queue);
    });
    this.#timer = setInterval(() => this.#sweep(), sweepMs);
    this.#sweep();
  }

  reconsider(queue: string) {
    this.#held.get(queue)?.serial.wake();
  }

  held() {
    return [...this.#held.keys()];
  }

  async stop(graceMs: number) {
    this.#stopping = true;
    clearInterval(this.#timer);
    this.#unsubscribe();
    // A lease that is granted just now is given back before the connection closes: else the queue waits until it runs out.
    await Promise.all([this.#sweeping, ...this.#asking.values()]);
    const held = [...this.#held.values()];
    for (const { serial } of held) serial.stop();
    const grace = setTimeout(() => {
      for (const { serial } of held) serial.abandon();
    }, graceMs);
    await Promise.all(held.map(({ ended }) => ended));
    clearTimeout(grace);
  }

  #sweep() {
    const { redis, group, report, isAway } = this.#options;
    this.#sweeping = redis
      .smembers(keys.pending(group))
      .then((queues) => {
        // One that takes no writes can be read all the same.
        if (isAway()) return undefined;
        this.#letHoldersFirst();
        return Promise.all(queues.map((queue) => this.#offer(queue)));
      })
      .then(() => undefined, report.error);
  }

  /** A queue may have work: wake it if it is held here, else ask for its lease. */
  #offer(queue: string): Promise<void> | undefined {
    const held = this.#held.get(queue);
    if (held) return void held.serial.wake();
    if (this.#stopping || this.#asking.has(queue) || this.#isParked(queue)) return undefined;
    if (this.#wasAway() || performance.now() < this.#politeUntil) return undefined;
    const asked = this.#ask(queue)
      .catch(this.#options.report.error)
      .finally(() => this.#asking.delete(queue));
    this.#asking.set(queue, asked);
    return asked;
  }

  /**
   * While Redis was away nobody could renew, so that all leases may have run out, but their holders still work. Every lease counts as
   * renewed when Redis came back: a turn that changes hands is a turn that is interrupted.
   */
  #letHoldersFirst() {
    const now = performance.now();
    if (this.#wasAway()) this.#politeUntil = now + this.#options.leases.ttlMs;
    this.#wellAt = now;
  }

  /** Whether Redis was not well for so long that leases may have run out. */
  #wasAway(): boolean {
    return performance.now() - this.#wellAt > this.#options.leases.ttlMs / 2;
  }

  async #ask(queue: string) {
    const lease = await this.#options.leases.acquire(queue);
    if (!lease) return;
    if (this.#stopping) return lease.release();
    const { redis, bull, group, handler, report } = this.#options;
    report.holding?.(queue, 'won');
    const objects = bull.hold(queue);
    const { queue: jobs, fetcher } = objects;
    const serial = new SerialQueue({ redis, queue: jobs, fetcher, group, lease, handler, report });
    const ended = serial.run().then(async (reason) => {
      this.#held.delete(queue);
      if (serial.parkedForMs > 0) this.#parked.set(queue, performance.now() + serial.parkedForMs);
      report.holding?.(queue, reason);
      await objects.close().catch(report.error);
      await this.#callOthers(queue, reason);
    });
    this.#held.set(queue, { serial, ended });
  }

  /** The queue is free: whoever waits for it may have it at once. Something may also have been added while it was let go. */
  async #callOthers(queue: string, reason: EndReason) {
    const { redis, bull, group, report } = this.#options;
    if (reason === 'lost') return;
    const waiting = await bull
      .queue(queue)
      .getWaitingCount()
      .catch(() => 1);
    if (waiting === 0) return;
    await callConsumers(redis, { name: queue, group }).catch(report.error);
  }

  #isParked(queue: string): boolean {
    const until = this.#parked.get(queue);
    if (until === undefined) return false;
    if (performance.now() < until) return true;
    this.#parked.delete(queue);
    return false;
  }
}
