import { setTimeout as delay } from 'node:timers/promises';
import type { Job, Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { mayPass } from '../redis/passing-errors.ts';
import { keys } from '../redis/schema/schema.ts';
import type { EndReason, HeldQueue, JobHandler, QueueReport } from './job-handler.ts';
import type { Lease } from './lease.ts';
import { PauseQueue, pauseQueue } from './pause-queue.ts';
import { JobFailed, ParkJob, readTaken, recoverActive, type TakenJob, Unreadable } from './taken-job.ts';
import { asJobFailed, type Outcome, writeOutcome } from './write-outcome.ts';

/** What a serial queue works with while its lease is held. */
export interface SerialQueueNeeds {
  readonly redis: Redis;
  readonly queue: Queue;
  readonly fetcher: Worker;
  readonly group: string;
  readonly lease: Lease;
  readonly handler: JobHandler;
  readonly report: Pick<QueueReport, 'error' | 'bug'>;
}

/** How long a queue is left alone after Redis failed a job that had not waited for it, in ms. */
const AWAY_MS = 1_000;

/**
 * One queue while this process holds its lease.
 *
 *   recover ─▶ fetch ─▶ work ─▶ fetch …  ─▶ empty ─▶ (kept: wait for a wake) ─▶ fetch …
 *                                               └─▶ (not kept) ─▶ left
 *
 * Any error of Redis leads back to `recover`: a fetch whose answer was lost has left a job in `active`.
 */
export class SerialQueue {
  readonly #needs: SerialQueueNeeds;
  readonly #abort = new AbortController();
  #stopping = false;
  #woken = true;
  #wake: (() => void) | undefined;
  readonly #held: HeldQueue;
  #parkedForMs = 0;
  /** How often in a row a fetch brought nothing although jobs waited. */
  #fruitless = 0;

  constructor(needs: SerialQueueNeeds) {
    this.#needs = needs;
    this.#held = { lease: needs.lease, signal: this.#abort.signal, wake: () => this.wake() };
    needs.lease.lost.addEventListener('abort', () => this.#abort.abort(needs.lease.lost.reason), { once: true });
    this.#abort.signal.addEventListener('abort', () => this.wake(), { once: true });
  }

  /** How long the queue is to be left alone after it was let go, in ms. */
  get parkedForMs(): number {
    return this.#parkedForMs;
  }

  /** Looks into the queue again: something may have been added, or the handler may no longer keep it. */
  wake(): void {
    this.#woken = true;
    this.#wake?.();
  }

  /** Takes no further job. The running one goes on until `abandon`. */
  stop(): void {
    this.#stopping = true;
    this.wake();
  }

  /** Makes the running job stop where it is; it goes back to the head of the queue. */
  abandon(): void {
    this.#abort.abort(new ParkJob('The process is stopping', 0));
  }

  /** Works through the queue until it is let go. Never rejects. */
  async run(): Promise<EndReason> {
    const reason = await this.#work();
    await this.#needs.handler.leave(this.#needs.queue.name, reason).catch(this.#needs.report.error);
    if (reason !== 'lost') await this.#needs.lease.release().catch(this.#needs.report.error);
    return reason;
  }

  async #work(): Promise<EndReason> {
    let mustRecover: 'take-over' | 'own' | undefined = 'take-over';
    for (let failures = 0; ; ) {
      if (this.#abort.signal.aborted) return this.#aborted();
      if (this.#stopping) return 'stopping';
      try {
        await this.#sure();
        // A second line of defence: BullMQ then gives no job either while one is active.
        if (mustRecover === 'take-over') await this.#needs.queue.setGlobalConcurrency(1);
        if (mustRecover) await recoverActive(this.#needs.redis, this.#needs.queue, mustRecover === 'take-over');
        if (mustRecover === 'take-over') await this.#enter();
        mustRecover = undefined;
        const end = await this.#next();
        if (end) return end;
        failures = 0;
      } catch (error) {
        if (this.#abort.signal.aborted) return this.#aborted();
        // A torn entry is mended when it is looked at anew. What comes again even so is a bug, counted once.
        if (mayPass(error) || failures !== 1) this.#needs.report.error(error);
        else this.#needs.report.bug(error, { queue: this.#needs.queue.name });
        mustRecover ??= 'own';
        failures += 1;
        await this.#pause(failures);
      }
    }
  }

  async #enter(): Promise<void> {
    const { handler, queue } = this.#needs;
    const hasWork = async () => (await queue.getWaitingCount()) > 0;
    const { signal } = this.#abort;
    const enter = async () => handler.enter?.(queue.name, { ...this.#held, hasWork });
    await enter().catch((error: unknown) => {
      if (signal.aborted || mayPass(error)) throw error;
      // It would come again at each try, and keep the jobs from being done.
      this.#needs.report.bug(error, { queue: queue.name });
    });
  }

  /** Does the next job, or waits for one. The reason to let the queue go, if there is one. */
  async #next(): Promise<EndReason | undefined> {
    const { lease, fetcher, handler, queue } = this.#needs;
    this.#woken = false;
    const job = (await fetcher.getNextJob(lease.token, { block: false })) as Job | undefined;
    if (job) {
      this.#fruitless = 0;
      return this.#do(job);
    }
    if (!(await this.#settleEmpty())) return this.#countFruitless();
    if (!handler.keeps(queue.name)) return 'idle';
    await this.#untilWoken();
    return undefined;
  }

  /** Once, a job may have been added just after the fetch. Twice in a row, something is in its way. */
  #countFruitless(): undefined {
    this.#fruitless += 1;
    if (this.#fruitless > 1) throw new Error(`${this.#needs.queue.name} has jobs that wait, but gives none`);
  }

  async #do(job: Job): Promise<EndReason | undefined> {
    const { redis, lease, handler, queue } = this.#needs;
    // The fetch may have been answered late: be sure that nobody else was granted the queue meanwhile.
    const [taken] = await Promise.all([readTaken(redis, queue.name, job), lease.freshen()]);
    // A handler may also throw before it returns a promise.
    const handle = async () => handler.handle(queue.name, taken, this.#held);
    const outcome = await handle().then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    if (!('error' in outcome)) await this.#finish(job, outcome);
    else if (this.#abort.signal.aborted) return this.#abandoned(job);
    else if (outcome.error instanceof ParkJob) return this.#park(job, outcome.error);
    else if (outcome.error instanceof PauseQueue) return this.#pauseQueue(job, outcome.error);
    else if (mayPass(outcome.error)) return this.#park(job, new ParkJob('Redis was away', AWAY_MS));
    else await this.#fail(job, taken, outcome.error);
    return undefined;
  }

  async #fail(job: Job, taken: TakenJob, error: unknown): Promise<void> {
    const { handler, queue, report } = this.#needs;
    // What a handler says on purpose was told; an entry that nobody can read is somebody's bug, too.
    if (!(error instanceof JobFailed) || error instanceof Unreadable) {
      report.bug(error, { queue: queue.name, job: taken.id });
      const tell = async () => handler.tellOfBug?.(queue.name, taken, error, this.#held);
      await tell().catch(report.error);
    }
    if (!this.#abort.signal.aborted) await this.#finish(job, { error: asJobFailed(error) });
  }

  #finish(job: Job, outcome: Outcome): Promise<void> {
    const { redis, report } = this.#needs;
    return writeOutcome(redis, job, outcome, {
      sure: () => this.#sure(),
      pause: (failures) => this.#pause(failures),
      report,
    });
  }

  async #abandoned(job: Job): Promise<EndReason> {
    const reason = this.#aborted();
    if (reason === 'parked') await job.moveToWait(job.token).catch(this.#needs.report.error);
    return reason;
  }

  async #park(job: Job, { forMs }: ParkJob): Promise<EndReason> {
    await this.#sure();
    await job.moveToWait(job.token);
    this.#parkedForMs = forMs;
    return 'parked';
  }

  async #pauseQueue(job: Job, pause: PauseQueue): Promise<EndReason> {
    await this.#sure();
    await pauseQueue(this.#needs.redis, job, pause);
    return 'parked';
  }

  /** Takes the queue's pending mark away, unless it needs a holder, and says whether the queue was still empty after that. */
  async #settleEmpty(): Promise<boolean> {
    const { redis, group, queue, handler } = this.#needs;
    if (handler.needsHolder?.(queue.name)) await redis.sadd(keys.pending(group), queue.name);
    else await redis.srem(keys.pending(group), queue.name);
    if ((await queue.getWaitingCount()) === 0) return true;
    await redis.sadd(keys.pending(group), queue.name);
    return false;
  }

  #aborted(): EndReason {
    return this.#needs.lease.lost.aborted ? 'lost' : 'parked';
  }

  /** Waits until the lease is certain. Rejects when there is nothing to wait for any more. */
  async #sure(): Promise<void> {
    const { signal } = this.#abort;
    signal.throwIfAborted();
    if (this.#needs.lease.isSure()) return;
    await Promise.race([this.#needs.lease.whenSure(), aborts(signal)]);
  }

  async #untilWoken(): Promise<void> {
    if (this.#woken || this.#stopping) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    this.#wake = undefined;
  }

  /** Longer with every failure in a row, so that Redis is not hammered while it is away. */
  async #pause(failures: number): Promise<void> {
    const ms = Math.min(2_000, 100 * 2 ** failures);
    await delay(ms, undefined, { signal: this.#abort.signal }).catch(() => undefined);
  }
}

/** Rejects when the signal is aborted. */
function aborts(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
