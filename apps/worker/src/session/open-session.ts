import { killStaleProcesses } from '@signalbox/claude';
import type { LifecycleNeeds } from '../conversation/lifecycle-run.ts';
import { makeSession, unclaimFor } from '../lifecycle/make-session.ts';
import { SessionLifecycle } from '../lifecycle/session-lifecycle.ts';
import { watchStop } from '../turn/watch-stop.ts';
import { describeDiskProblem } from '../wording/describe-disk-problem.ts';
import { BackgroundWork } from './background-work.ts';
import { composeTurns } from './compose-turns.ts';
import { type HeldSession, openClaude } from './open-claude.ts';
import { type RunJobNeeds, runJob } from './run-job.ts';
import { SessionHost } from './session-host.ts';
import type { SessionSetup } from './session-setup.ts';
import { warmUp } from './warm-up.ts';

/** Composes a session whose lease this worker has just got. `wakeQueue`: see `SessionHost`. */
export function openSession(held: HeldSession, setup: SessionSetup, wakeQueue: () => void): SessionHost {
  const { name, queue, lease, publisher, notifier, surely } = held;
  const { config, store, library, claude: claudeSetup, queues, log } = setup;
  const { addJob, routing, signals } = queues;
  const { inactivityMs, idleTimeoutMs, workspaceRoots } = config;
  const opened = openClaude(held, setup);
  const { machine, claude, history, asking } = opened;
  const settleQuestions = () => asking.finishLate();
  const background = new BackgroundWork({
    name,
    queue: queue.name,
    machine,
    claude,
    publisher,
    signals,
    log,
    settleQuestions,
  });
  const diskProblem = (error: unknown) => describeDiskProblem(error, store.root);
  const watchStopOf = (jobId: string, signal: AbortSignal) =>
    watchStop({ signals, notifier, log }, { queue: queue.name, jobId }, signal);
  const commands: LifecycleNeeds = {
    store,
    routing,
    record: machine,
    claude,
    history,
    setup: claudeSetup,
    inactivityMs,
    log,
    redactBeginning: setup.redactBeginning,
    surely,
    watchStop: watchStopOf,
    async stopClaude() {
      await background.endAll();
      // What a worker that was killed has left.
      await killStaleProcesses(store.paths(name).dir, { mayAct: () => lease.whenSure() });
    },
  };
  const lifecycle = new SessionLifecycle({ name, queue, publisher, signals, addJob, commands });
  const making = { store, library, routing, publisher, log, surely, diskProblem, workspaceRoots };
  const jobs: RunJobNeeds = {
    queue,
    publisher,
    store,
    takeLifecycle: (...job) => lifecycle.takes(...job),
    takeMessage: composeTurns(held, opened, { setup, watchStop: watchStopOf, diskProblem }),
    makeSession: (jobId, job) => makeSession(jobId, job, making),
    letGo: (taken, job) =>
      job.kind === 'new' ? unclaimFor(taken.id, name, making) : lifecycle.letGo(taken, job, name),
    warmUp: (jobId, job, signal) => warmUp(jobId, job, signal, { machine, claude, log }),
  };
  const runJobHere = (...job: Parameters<SessionHost['run']>) => runJob(...job, jobs);
  return new SessionHost({
    name,
    machine,
    claude,
    background,
    notifier,
    log,
    wakeQueue,
    idleTimeoutMs,
    runJob: runJobHere,
  });
}
