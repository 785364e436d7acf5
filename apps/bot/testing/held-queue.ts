import type { HeldQueue, Lease } from '@signalbox/queues';

/** A queue that is held for certain; leases are tested where they are made. */
export function heldQueue(signal: AbortSignal = new AbortController().signal): HeldQueue {
  const lease = { isSure: () => true, whenSure: async () => undefined } as unknown as Lease;
  return { lease, signal, wake() {} };
}
