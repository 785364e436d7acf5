import type { Redis } from 'ioredis';
import { execAll } from '../redis/exec-all.ts';
import { retention } from '../redis/schema/retention.ts';
import { keys } from '../redis/schema/schema.ts';
import { acquireLease, releaseLease, renewLease } from '../redis/scripts/lease.ts';
import { runScript } from '../redis/scripts/script.ts';

/**
 * The exclusive, expiring right to act for a resource (a queue, or polling Telegram), and the fence: a number that grows with every grant.
 *
 *   held ──the deadline passes unrenewed──▶ unsure ──renewed, nobody had it in between──▶ held
 *   held, unsure ──another was granted it, or it was released──▶ lost
 *
 * While unsure the holder starts and publishes nothing. It does not stop what runs: Redis may only be away, and then nobody
 * else can be granted the lease either.
 */
export interface Lease {
  readonly resource: string;
  readonly fence: number;
  /** Names this one grant: no other ever had the same. */
  readonly token: string;
  /** Aborted for good once the lease is lost or released. */
  readonly lost: AbortSignal;
  /** Whether the lease is certainly ours at this moment, by the local monotonic clock alone. */
  isSure(): boolean;
  /** Resolves as soon as the lease is certainly ours. Rejects with `LeaseLost` if it is gone. */
  whenSure(): Promise<void>;
  /** Asks Redis now. Rejects with `LeaseLost` if it is gone, or with Redis's error. */
  confirm(): Promise<void>;
  /** Makes sure that at least half of the lease's time is left, for something that is about to begin. Rejects as `confirm` does. */
  freshen(): Promise<void>;
  /** Gives the lease up, so that another may have it at once. */
  release(): Promise<void>;
}

/** The lease was granted to another, or was given up. */
export class LeaseLost extends Error {
  override name = 'LeaseLost';
  constructor(resource: string) {
    super(`The lease of ${resource} is no longer held by this process`);
  }
}

/** The leases of one process. */
export interface LeaseKeeper {
  /** How long a lease lives that is not renewed, in ms. */
  readonly ttlMs: number;
  /** Asks for the lease of a resource; `undefined` if another holds it, or it is paused. Rejects with Redis's error. */
  acquire(resource: string): Promise<Lease | undefined>;
  /** Stops renewing. Leases that were not released run out by themselves. */
  close(): void;
}

/** The lease's time to live, in ms, unless told otherwise. */
export const DEFAULT_LEASE_TTL_MS = retention.lease * 1_000;

/**
 * Holds the leases of one process: renews all of them in one pipeline every quarter of `ttlMs`.
 * `owner` must be unique to the process's life. `now` is a monotonic clock in ms.
 */
export function createLeaseKeeper(
  redis: Redis,
  {
    owner,
    ttlMs = DEFAULT_LEASE_TTL_MS,
    now = () => performance.now(),
  }: { owner: string; ttlMs?: number; now?(): number },
): LeaseKeeper {
  const held = new Set<HeldLease>();

  const renewAll = async () => {
    const leases = [...held];
    if (leases.length === 0) return;
    const asked = now();
    const pipeline = redis.pipeline();
    for (const lease of leases) lease.addRenewal(pipeline, ttlMs);
    const replies = (await pipeline.exec()) ?? [];
    leases.forEach((lease, index) => {
      const [error, granted] = replies[index] ?? [new Error('no reply')];
      if (!error) lease.settle(granted === 1, asked + ttlMs);
    });
  };
  // Redis being away shows as unsure leases; there is nothing else to do here than to go on asking.
  const renew = () => renewAll().catch(() => undefined);
  const timer = setInterval(renew, ttlMs / 4);
  // After an outage others wait a while before they ask: be in time.
  redis.on('ready', renew);

  const acquire = async (resource: string) => {
    const asked = now();
    const on = [keys.lease(resource), keys.fence(resource), keys.paused(resource)] as const;
    const fence = Number(await runScript(redis, acquireLease, on, [owner, ttlMs]));
    if (fence === 0) return undefined;
    const lease = new HeldLease(redis, {
      resource,
      owner,
      fence,
      deadline: asked + ttlMs,
      ttlMs,
      now,
      forget: () => held.delete(lease),
    });
    held.add(lease);
    return lease;
  };
  const close = () => {
    clearInterval(timer);
    redis.off('ready', renew);
  };
  return { ttlMs, acquire, close };
}

interface Grant {
  readonly resource: string;
  readonly owner: string;
  readonly fence: number;
  readonly ttlMs: number;
  deadline: number;
  now(): number;
  forget(): void;
}

class HeldLease implements Lease {
  readonly #redis: Redis;
  readonly #grant: Grant;
  readonly #end = new AbortController();
  /** Those who wait for the lease to be sure again. */
  readonly #waiting = new Set<() => void>();

  constructor(redis: Redis, grant: Grant) {
    this.#redis = redis;
    this.#grant = grant;
  }

  get resource() {
    return this.#grant.resource;
  }

  get fence() {
    return this.#grant.fence;
  }

  get token() {
    return `${this.#grant.owner}:${this.#grant.fence}`;
  }

  get lost() {
    return this.#end.signal;
  }

  isSure() {
    return !this.lost.aborted && this.#grant.now() < this.#grant.deadline;
  }

  async whenSure() {
    while (!this.isSure()) {
      this.lost.throwIfAborted();
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  async confirm() {
    this.lost.throwIfAborted();
    const asked = this.#grant.now();
    const pipeline = this.#redis.pipeline();
    this.addRenewal(pipeline, this.#grant.ttlMs);
    const [granted] = await execAll(pipeline);
    this.settle(granted === 1, asked + this.#grant.ttlMs);
    this.lost.throwIfAborted();
  }

  async freshen() {
    const leftMs = this.#grant.deadline - this.#grant.now();
    if (this.lost.aborted || leftMs < this.#grant.ttlMs / 2) await this.confirm();
  }

  async release() {
    this.#finish();
    await runScript(this.#redis, releaseLease, [keys.lease(this.resource)], [this.#grant.owner]);
  }

  addRenewal(pipeline: ReturnType<Redis['pipeline']>, ttlMs: number) {
    const { resource, owner, fence } = this.#grant;
    pipeline.eval(renewLease.lua, 2, keys.lease(resource), keys.fence(resource), owner, fence, ttlMs);
  }

  /** What Redis said to a renewal. `deadline` counts from before it was asked. */
  settle(granted: boolean, deadline: number) {
    if (this.lost.aborted) return;
    if (!granted) return this.#finish();
    this.#grant.deadline = deadline;
    this.#wakeWaiting();
  }

  #finish() {
    if (this.lost.aborted) return;
    this.#grant.forget();
    this.#end.abort(new LeaseLost(this.resource));
    this.#wakeWaiting();
  }

  #wakeWaiting() {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}
