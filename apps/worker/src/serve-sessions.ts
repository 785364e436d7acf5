import { readSessionJob, sessionOfQueue } from '@signalbox/contracts';
import { JobFailed, type JobHandler, type Lease, ParkJob } from '@signalbox/queues';
import { SessionHost } from './session-host.ts';
import type { SessionParts } from './session-parts.ts';

/** How long a job that a newer version made is left to a newer worker, in ms. */
const NEWER_PAUSE_MS = 30_000;

/** Serves the sessions' queues: each held one has a host. `reconsider` asks the consumer to look into a queue again. */
export function serveSessions(parts: SessionParts, reconsider: (queue: string) => void): JobHandler {
  const hosts = new Map<string, SessionHost>();
  const hostOf = (queue: string, lease: Lease) => {
    const host = hosts.get(queue) ?? new SessionHost(sessionOfQueue(queue), lease, parts, () => reconsider(queue));
    hosts.set(queue, host);
    return host;
  };
  return {
    async handle(queue, taken, { lease, signal }) {
      const read = readSessionJob(taken.data);
      if (read.status === 'newer')
        throw new ParkJob(`Version ${read.version} is newer than this worker`, NEWER_PAUSE_MS);
      if (read.status === 'invalid') throw new JobFailed(`Not a session's job: ${read.problem}`);
      await hostOf(queue, lease).run(taken, read.value, signal);
    },
    keeps: (queue) => hosts.get(queue)?.keeps ?? false,
    async leave(queue, reason) {
      const host = hosts.get(queue);
      hosts.delete(queue);
      await host?.leave(reason);
    },
  };
}
