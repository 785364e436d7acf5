import type { Lease } from './lease.ts';
import type { TakenJob } from './taken-job.ts';

/** Why a queue was let go. `lost`: another process may hold it already. */
export type EndReason = 'idle' | 'stopping' | 'parked' | 'lost';

/** What the process is told of what happens at its queues. */
export interface QueueReport {
  /** An error that the queue goes on after. */
  error(error: unknown): void;
  /** Told once of each bug; `job`: the one that met it, if it was one. */
  bug(error: unknown, at: { queue: string; job?: string }): void;
  /** Told when a queue's lease was won and when it was let go. */
  holding?(queue: string, event: 'won' | EndReason): void;
}

/** The queue that a handler acts for, while it is held. */
export interface HeldQueue {
  readonly lease: Lease;
  /** Aborted when what is done must be left as it is: the lease was lost, or the process stops and the grace is over. */
  readonly signal: AbortSignal;
  /** Has the queue looked into again, because the handler may no longer keep it. */
  wake(): void;
}

/** What a consumer does with the jobs of the queues it holds. */
export interface JobHandler {
  /**
   * Called when the queue's lease was won, before its first job: what an owner that died left behind besides jobs is dealt with here.
   * `hasWork` asks whether a job waits.
   */
  enter?(queue: string, held: HeldQueue & { hasWork(): Promise<boolean> }): Promise<void>;
  /**
   * Does one job; what it resolves to is kept with the job. It is called for one job of a queue at a time, in order.
   * Throws `JobFailed`, `ParkJob` or `PauseQueue`. An absence of Redis puts the job back to the head; anything else is a bug, which
   * fails it.
   */
  handle(queue: string, job: TakenJob, held: HeldQueue): Promise<unknown>;
  /** Tells people that a job met a bug, or could not be read. It then fails. */
  tellOfBug?(queue: string, job: TakenJob, error: unknown, held: HeldQueue): Promise<void>;
  /** Whether the queue is held on to although it is empty. */
  keeps(queue: string): boolean;
  /** Whether another process must take the queue if this one dies, although it is empty. */
  needsHolder?(queue: string): boolean;
  /** Called once after the last job and before the lease is given up; must leave nothing running that acts for the queue. */
  leave(queue: string, reason: EndReason): Promise<void>;
}
