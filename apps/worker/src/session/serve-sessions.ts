import { readSessionJob, sessionOfQueue, sessionQueue } from '@signalbox/contracts';
import { type HeldQueue, type JobHandler, type Lease, requireReadable, untilDone } from '@signalbox/queues';
import { createNotifier } from '../asking/notifier.ts';
import { createPublisher } from '../output/publish.ts';
import type { HeldSession } from './open-claude.ts';
import { openSession } from './open-session.ts';
import type { SessionHost } from './session-host.ts';
import type { SessionSetup } from './session-setup.ts';
import { tellOfSessionBug } from './tell-of-session-bug.ts';

/** Serves the sessions' queues, and is told of signals to them. */
export interface SessionsHandler extends JobHandler {
  /** A signal to this queue has arrived. */
  signalArrived(queue: string): void;
  /** Signals may have been missed. */
  signalsMissed(): void;
}

/** Serves the sessions' queues: each held one has a host. */
export function serveSessions(setup: SessionSetup): SessionsHandler {
  const hosts = new Map<string, SessionHost>();
  const hostOf = (queue: string, { lease, wake }: HeldQueue) => {
    const open = () => openSession(holdSession(queue, lease, setup), setup, wake);
    const host = hosts.get(queue) ?? open();
    hosts.set(queue, host);
    return host;
  };
  return {
    signalArrived: (queue) => hosts.get(queue)?.signalArrived(),
    signalsMissed() {
      for (const host of hosts.values()) host.signalArrived();
    },
    enter: (queue, held) => hostOf(queue, held).enter(held.signal, held.hasWork),
    async handle(queue, taken, held) {
      const job = requireReadable(readSessionJob(taken.data), "a session's job");
      await hostOf(queue, held).run(taken, job, held.signal);
    },
    tellOfBug: (queue, taken, error, { lease }) =>
      tellOfSessionBug(taken, error, holdSession(queue, lease, setup), setup.store.root),
    keeps: (queue) => hosts.get(queue)?.keeps ?? false,
    needsHolder: (queue) => hosts.get(queue)?.needsHolder ?? false,
    async leave(queue, reason) {
      const host = hosts.get(queue);
      hosts.delete(queue);
      await host?.leave(reason);
    },
  };
}

/** What whoever acts for a session has in common. */
export function holdSession(queue: string, lease: Lease, { config, queues, log }: SessionSetup): HeldSession {
  const name = sessionOfQueue(queue);
  const onRetry = (err: unknown) => log.warn({ err, session: name }, 'A session waits for Redis');
  return {
    name,
    queue: sessionQueue(name, config.pool),
    lease,
    publisher: createPublisher({ session: name, lease, addJob: queues.addJob, log }),
    notifier: createNotifier(),
    surely: (work) => untilDone(work, { signal: lease.lost, onRetry }),
  };
}
