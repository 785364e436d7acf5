import type { NewJob, QueueRef, SessionJob } from '@signalbox/contracts';
import { type AddJob, JobFailed, PauseQueue, type Signals, type TakenJob } from '@signalbox/queues';
import type { LifecycleNeeds } from '../conversation/lifecycle-run.ts';
import type { Publisher } from '../output/publish.ts';
import { ask, buttons } from '../turn/message-run.ts';
import { words } from '../wording/words.ts';
import { giveNameBack } from './give-name-back.ts';
import { passOn } from './pass-on.ts';
import { hasTakenAway, isLifecycleJob, type LifecycleJob, runLifecycle } from './run-lifecycle.ts';

/** A session that is still to be made is looked for again after so long; `forMs` in ms. */
const AWAITED = { questionId: 'awaited', forMs: 500 };

interface SessionLifecycleNeeds {
  readonly name: string;
  readonly queue: QueueRef;
  readonly publisher: Publisher;
  readonly signals: Pick<Signals, 'stopOf'>;
  readonly addJob: AddJob;
  /** What the commands call. */
  readonly commands: LifecycleNeeds;
}

type Job = Exclude<SessionJob, NewJob>;

/** What becomes of a session's jobs when the session is gone or put away, and the commands that lead there. */
export class SessionLifecycle {
  readonly #needs: SessionLifecycleNeeds;

  constructor(needs: SessionLifecycleNeeds) {
    this.#needs = needs;
  }

  /** Whether the job is none for Claude now: then it was dealt with. Throws what ends the job otherwise. */
  async takes(taken: TakenJob, job: Job, signal: AbortSignal): Promise<boolean> {
    const { name, commands } = this.#needs;
    const { store } = commands;
    if (!(await store.exists(name)) && !(await hasTakenAway(taken, job, store))) await this.#dealWithGone(taken, job);
    else if (isLifecycleJob(job)) await this.#change(taken, job, signal);
    else if ((await store.peekMetadata(name))?.archived) await this.#refuse(taken, job);
    else return false;
    return true;
  }

  /** There is no directory: the session has another name, is still to be made, or was removed by hand; then its name is free again. */
  async #dealWithGone(taken: TakenJob, job: Job): Promise<void> {
    const { name, publisher, addJob, commands } = this.#needs;
    const { routing, record, claude, surely } = commands;
    record.forget();
    await claude.stop();
    if (await this.#isDropped(taken)) return this.letGo(taken, job, undefined);
    const outcome = await surely(() => passOn(taken, job, { addJob, routing }));
    if (outcome === 'passed on') return;
    if (outcome === 'awaited') throw new PauseQueue('The session is still to be made', AWAITED);
    await this.letGo(taken, job, undefined);
    const card = await surely(() => routing.session(name));
    if (card) await surely(() => routing.unclaim(card));
    await publisher.notice(taken.id, 'gone', job.origin, words.noSuchSession(name));
  }

  async #change(taken: TakenJob, job: LifecycleJob, signal: AbortSignal): Promise<void> {
    const { name, publisher, commands } = this.#needs;
    if (await this.#isDropped(taken)) return this.letGo(taken, job, name);
    await runLifecycle({ name, taken, job, publisher, signal }, commands);
  }

  /** What was said before the session was put away, and comes after it. */
  async #refuse(taken: TakenJob, job: Job): Promise<void> {
    if (job.kind !== 'message') return;
    const { name, queue, publisher } = this.#needs;
    await ask({ taken, job, queue, publisher }, 'archived', words.archived(name), [buttons.retry]);
    throw new JobFailed('The session is archived');
  }

  /** Whether a person took the job out of the queue before it began. */
  async #isDropped(taken: TakenJob): Promise<boolean> {
    if (taken.startedBefore && !taken.afterPause) return false;
    const { queue, signals, commands } = this.#needs;
    return (await commands.surely(() => signals.stopOf(queue.name, taken.id))) !== undefined;
  }

  /** A job that is not done leaves no name behind that it was to give, and nobody who talks to it. */
  async letGo(taken: TakenJob, job: Job, backTo: string | undefined): Promise<void> {
    if ('to' in job) await giveNameBack({ job, taken }, this.#needs.commands, backTo);
  }
}
