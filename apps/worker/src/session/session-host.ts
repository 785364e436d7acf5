import type { SessionJob } from '@signalbox/contracts';
import type { EndReason, TakenJob } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import type { Notifier } from '../asking/notifier.ts';
import type { WarmClaude } from '../warm/warm-claude.ts';
import type { BackgroundWork } from './background-work.ts';
import type { SessionMachine } from './session-machine.ts';
import { isKept, needsHolder } from './session-state.ts';

interface SessionHostNeeds {
  readonly name: string;
  readonly machine: SessionMachine;
  readonly claude: WarmClaude;
  readonly background: BackgroundWork;
  readonly notifier: Notifier;
  /** A session that was not used for so long is suspended, in ms. */
  readonly idleTimeoutMs: number;
  readonly log: Log;
  runJob(taken: TakenJob, job: SessionJob, signal: AbortSignal): Promise<void>;
  /** Has the session's queue looked into again, because the session may be let go. */
  wakeQueue(): void;
}

/** One session while this worker holds its lease: does its jobs, and says whether it is held on to in between. */
export class SessionHost {
  readonly #needs: SessionHostNeeds;
  #idleTimer: NodeJS.Timeout | undefined;

  constructor(needs: SessionHostNeeds) {
    this.#needs = needs;
    needs.machine.listen({
      background: (background) => {
        // That may have been said while nobody served the session.
        if (background === 'turn') this.#stopBackgroundIfAsked();
        // Between a task's end and the turn that answers it nothing runs: the idle time begins anew.
        if (needs.claude.process) this.#watchIdle();
        needs.wakeQueue();
      },
    });
  }

  /** Whether the session is held on to although nothing waits for it. */
  get keeps(): boolean {
    return this.#needs.background.isStopping || isKept(this.#needs.machine.state);
  }

  /** Whether another worker must take the session if this one dies: Claude is at something that no queue knows of. */
  get needsHolder(): boolean {
    return needsHolder(this.#needs.machine.state);
  }

  /** Deals with what the last holder's Claude was at besides its messages: a turn of its own is continued, a task is lost. */
  async enter(signal: AbortSignal, hasWork: () => Promise<boolean>): Promise<void> {
    if (await this.#needs.background.takeOver(signal, hasWork)) this.#watchIdle();
  }

  /** Does a job. Throws what `JobHandler.handle` may throw. */
  async run(taken: TakenJob, job: SessionJob, signal: AbortSignal): Promise<void> {
    const { machine, runJob } = this.#needs;
    clearTimeout(this.#idleTimer);
    const turn = job.kind === 'message' ? { jobId: taken.id, origin: job.origin } : undefined;
    await machine.dispatch({ type: 'job-begun', turn });
    try {
      await runJob(taken, job, signal);
    } finally {
      await machine.dispatch({ type: 'job-over' });
      this.#watchIdle();
    }
  }

  /** Something was said to this session that does not wait in its queue. */
  signalArrived(): void {
    this.#needs.notifier.notify();
    this.#stopBackgroundIfAsked();
  }

  #stopBackgroundIfAsked(): void {
    const { name, machine, background, log, wakeQueue } = this.#needs;
    if (machine.turn) return;
    const onError = (err: unknown) => log.warn({ err, session: name }, 'A signal was not followed');
    void background.stopIfAsked().catch(onError).finally(wakeQueue);
  }

  /** Stops Claude. After it nothing of this session runs here. */
  async leave(reason: EndReason): Promise<void> {
    const { claude, background } = this.#needs;
    clearTimeout(this.#idleTimer);
    await claude.stop();
    if (reason !== 'lost') await background.tellOfCutOff();
  }

  #watchIdle() {
    const { machine, idleTimeoutMs, wakeQueue } = this.#needs;
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => {
      void machine.dispatch({ type: 'unused' });
      if (this.needsHolder) this.#watchIdle();
      else wakeQueue();
    }, idleTimeoutMs);
  }
}
