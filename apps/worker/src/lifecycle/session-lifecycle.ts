import { killStaleProcesses } from '@signalbox/claude';
import { type NewJob, type SessionJob, sessionQueue } from '@signalbox/contracts';
import { JobFailed, type Lease, PauseQueue, type TakenJob } from '@signalbox/queues';
import { untilDone } from '@signalbox/service';
import type { Publisher } from '../output/publish.ts';
import type { Nudge } from '../session/nudge.ts';
import { passOn } from '../session/pass-on.ts';
import type { SessionParts } from '../session/session-parts.ts';
import { ask, buttons } from '../turn/message-run.ts';
import { watchStop } from '../turn/watch-stop.ts';
import type { WarmClaude } from '../warm/warm-claude.ts';
import { words } from '../wording/words.ts';
import { giveNameBack } from './give-name-back.ts';
import { hasTakenAway, isLifecycleJob, type LifecycleJob, runLifecycle } from './run-lifecycle.ts';

/** A session that is still to be made is looked for again after so long; `forMs` in ms. */
const AWAITED = { questionId: 'awaited', forMs: 500 };

interface LifecycleParts {
  readonly name: string;
  readonly lease: Lease;
  readonly parts: SessionParts;
  readonly warm: WarmClaude;
  readonly publisher: Publisher;
  readonly nudge: Nudge;
  /** Stops Claude, and says what that has cut off. */
  stopClaude(): Promise<void>;
}

type Job = Exclude<SessionJob, NewJob>;

/** What becomes of a session's jobs when the session is gone or put away, and the commands that lead there. */
export class SessionLifecycle {
  readonly #of: LifecycleParts;

  constructor(of: LifecycleParts) {
    this.#of = of;
  }

  /** Whether the job is none for Claude now: then it was dealt with. Throws what ends the job otherwise. */
  async takes(taken: TakenJob, job: Job, signal: AbortSignal): Promise<boolean> {
    const { name, parts } = this.#of;
    const { store } = parts;
    if (!(await store.exists(name)) && !(await hasTakenAway(taken, job, store))) await this.#gone(taken, job);
    else if (isLifecycleJob(job)) await this.#change(taken, job, signal);
    else if ((await store.peekMetadata(name))?.archived) await this.#refuse(taken, job);
    else return false;
    return true;
  }

  /** There is no directory: the session has another name, is still to be made, or was removed by hand; then its name is free again. */
  async #gone(taken: TakenJob, job: Job): Promise<void> {
    const { name, parts, warm, publisher } = this.#of;
    const { routing } = parts.queues;
    await warm.stop(false);
    warm.forget();
    if (await this.#isDropped(taken)) return this.letGo(taken, job, undefined);
    const outcome = await this.#surely(() => passOn(taken, job, parts.queues));
    if (outcome === 'passed on') return;
    if (outcome === 'awaited') throw new PauseQueue('The session is still to be made', AWAITED);
    await this.letGo(taken, job, undefined);
    const card = await this.#surely(() => routing.session(name));
    if (card) await this.#surely(() => routing.unclaim(card));
    await publisher.notice(taken.id, 'gone', job.origin, words.noSuchSession(name));
  }

  async #change(taken: TakenJob, job: LifecycleJob, signal: AbortSignal): Promise<void> {
    if (await this.#isDropped(taken)) return this.letGo(taken, job, this.#of.name);
    const { name, lease, parts, warm, publisher, nudge } = this.#of;
    const { store, queues, log } = parts;
    await runLifecycle({
      ...{ name, taken, job, warm, publisher, parts, signal },
      stopClaude: async () => {
        await this.#of.stopClaude();
        // What a worker that was killed has left.
        await killStaleProcesses(store.paths(name).dir, { mayAct: () => lease.whenSure() });
      },
      watchStop: () =>
        watchStop({ signals: queues.signals, nudge, log }, { queue: this.#queue, jobId: taken.id }, signal),
      surely: (work) => this.#surely(work),
    });
  }

  /** What was said before the session was put away, and comes after it. */
  async #refuse(taken: TakenJob, job: Job): Promise<void> {
    if (job.kind !== 'message') return;
    const { name, parts, publisher } = this.#of;
    await ask({ taken, job, publisher, parts }, 'archived', words.archived(name), [buttons.retry]);
    throw new JobFailed('The session is archived');
  }

  /** Whether a person took the job out of the queue before it began. */
  async #isDropped(taken: TakenJob): Promise<boolean> {
    if (taken.startedBefore && !taken.afterPause) return false;
    const { signals } = this.#of.parts.queues;
    return (await this.#surely(() => signals.stopOf(this.#queue, taken.id))) !== undefined;
  }

  /** A job that is not done leaves no name behind that it was to give, and nobody who talks to it. */
  async letGo(taken: TakenJob, job: Job, backTo: string | undefined): Promise<void> {
    if (!('to' in job)) return;
    const surely = <T>(work: () => Promise<T>) => this.#surely(work);
    await giveNameBack({ job, taken, parts: this.#of.parts, surely }, backTo);
  }

  get #queue(): string {
    return sessionQueue(this.#of.name, this.#of.parts.pool).name;
  }

  /** However long Redis is away. */
  #surely<T>(work: () => Promise<T>): Promise<T> {
    const { name, lease, parts } = this.#of;
    const onRetry = (err: unknown) => parts.log.warn({ err, session: name }, 'A session waits for Redis');
    return untilDone(work, { signal: lease.lost, onRetry });
  }
}
