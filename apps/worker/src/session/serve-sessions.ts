import { readSessionJob, sessionOfQueue } from '@signalbox/contracts';
import { type JobHandler, type Lease, requireReadable } from '@signalbox/queues';
import { SessionHost } from './session-host.ts';
import type { SessionParts } from './session-parts.ts';

/** Serves the sessions' queues: each held one has a host. `reconsider` asks the consumer to look into a queue again; to be
 * nudged when a signal was sent, and all of them when one may have been missed. */
export function serveSessions(
  parts: SessionParts,
  reconsider: (queue: string) => void,
): JobHandler & { nudge(queue: string): void; nudgeAll(): void } {
  const hosts = new Map<string, SessionHost>();
  const hostOf = (queue: string, lease: Lease) => {
    const host = hosts.get(queue) ?? new SessionHost(sessionOfQueue(queue), lease, parts, () => reconsider(queue));
    hosts.set(queue, host);
    return host;
  };
  return {
    nudge: (queue) => hosts.get(queue)?.nudge(),
    nudgeAll() {
      for (const host of hosts.values()) host.nudge();
    },
    enter: (queue, { lease, signal, hasWork }) => hostOf(queue, lease).enter(signal, hasWork),
    async handle(queue, taken, { lease, signal }) {
      const job = requireReadable(readSessionJob(taken.data), "a session's job");
      await hostOf(queue, lease).run(taken, job, signal);
    },
    keeps: (queue) => hosts.get(queue)?.keeps ?? false,
    needsHolder: (queue) => hosts.get(queue)?.needsHolder ?? false,
    async leave(queue, reason) {
      const host = hosts.get(queue);
      hosts.delete(queue);
      await host?.leave(reason);
    },
  };
}
