import type { TurnEvent } from '@signalbox/claude';
import type { MessageJob, NewJob, SessionCard, SessionJob } from '@signalbox/contracts';
import { type EndReason, JobFailed, type Lease, PauseQueue, type TakenJob } from '@signalbox/queues';
import { untilDone } from '@signalbox/service';
import { SessionAsking } from '../asking/session-asking.ts';
import { sessionTools } from '../files/session-tools.ts';
import { SessionLifecycle } from '../lifecycle/session-lifecycle.ts';
import { createPublisher, type Publisher } from '../output/publish.ts';
import { ask, buttons } from '../turn/message-run.ts';
import { hasTriedEnough, requireMayTry } from '../turn/require-may-try.ts';
import { takeMessage } from '../turn/take-message.ts';
import { WarmClaude } from '../warm/warm-claude.ts';
import { describeDiskProblem } from '../wording/describe-disk-problem.ts';
import { words } from '../wording/words.ts';
import { BackgroundWork } from './background-work.ts';
import { createSession } from './create-session.ts';
import { loadSession } from './load-session.ts';
import { createNudge } from './nudge.ts';
import type { SessionParts } from './session-parts.ts';

/**
 * One session while this worker holds its lease.
 *
 *   cold ──a job needs Claude──▶ warm ──idle for the time-out──▶ let go: the process is stopped, the session suspended
 *                                 └──the process ended by itself──▶ cold
 */
export class SessionHost {
  readonly #name: string;
  readonly #parts: SessionParts;
  readonly #lease: Lease;
  readonly #publisher: Publisher;
  readonly #warm: WarmClaude;
  readonly #reconsider: () => void;
  readonly #nudge = createNudge();
  readonly #asking: SessionAsking;
  readonly #background: BackgroundWork;
  readonly #lifecycle: SessionLifecycle;
  /** When this worker began to serve the session, in ms since the epoch. */
  readonly #servedSince = Date.now();
  #idle = false;
  #idleTimer: NodeJS.Timeout | undefined;

  /** `reconsider` asks the queue's consumer to look again, because the session may be let go. */
  constructor(name: string, lease: Lease, parts: SessionParts, reconsider: () => void) {
    this.#name = name;
    this.#lease = lease;
    this.#parts = parts;
    this.#reconsider = reconsider;
    this.#publisher = createPublisher({ session: name, lease, addJob: parts.queues.addJob, log: parts.log });
    this.#asking = new SessionAsking({
      ...{ name, lease, parts, nudge: this.#nudge, publisher: this.#publisher },
      learner: () => this.#warm,
    });
    this.#warm = new WarmClaude(name, lease, parts, {
      tools: sessionTools(name, lease, parts, () => this.#asking.asking()),
      permission: this.#asking.answer,
      lateLost: () => this.#background.tellOfLost(),
      taskLost: () => this.#background.tellOfCutOff(),
      changed: (background) => {
        if (background === 'none') this.#settleLate();
        // That may have been said while nobody served the session.
        if (background === 'turn') this.#stopBackgroundIfAsked();
        // Between a task's end and the turn that answers it nothing runs: the idle time begins anew.
        if (this.#warm.process) this.#watchIdle();
        reconsider();
      },
      late: (event) => this.#background.pass(event),
    });
    this.#background = new BackgroundWork(name, {
      ...{ parts, warm: this.#warm, publisher: this.#publisher },
      settleQuestions: () => this.#asking.finishLate(),
    });
    this.#lifecycle = new SessionLifecycle({
      ...{ name, lease, parts, warm: this.#warm, publisher: this.#publisher, nudge: this.#nudge },
      stopClaude: () => this.#stopForGood(),
    });
  }

  /** Whether the session is held on to although nothing waits for it. */
  get keeps(): boolean {
    return this.#background.isStopping || (this.#warm.process !== undefined && !this.#idle);
  }

  /** Whether another worker must take the session if this one dies: Claude is at something that no queue knows of. */
  get needsHolder(): boolean {
    return this.#background.isGoingOn;
  }

  /** Deals with what the last holder's Claude was at besides its messages: a turn of its own is continued, a task is lost. */
  async enter(signal: AbortSignal, hasWork: () => Promise<boolean>): Promise<void> {
    if (!(await this.#background.takeOver(signal, hasWork))) return;
    this.#watchIdle();
    // If it is not at it yet, `changed` will tell.
    if (this.#warm.process?.background === 'turn') this.#stopBackgroundIfAsked();
  }

  async run(taken: TakenJob, job: SessionJob, signal: AbortSignal): Promise<void> {
    this.#idle = false;
    clearTimeout(this.#idleTimer);
    try {
      if (job.kind !== 'message') await this.#requireMayTry(taken, job);
      if (job.kind === 'new') await this.#create(taken.id, job, signal);
      else if (await this.#lifecycle.takes(taken, job, signal)) await this.#warmAfter(taken.id, job, signal);
      else if (job.kind === 'message') await this.#takeMessage(taken, job, signal);
      else await this.#warmUp(taken.id, job, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof JobFailed || error instanceof PauseQueue) throw error;
      this.#parts.log.error({ err: error, session: this.#name, job: taken.id }, 'A job met an unforeseen error');
      await this.#tellUnforeseen(taken, job, error);
      throw error;
    } finally {
      this.#watchIdle();
    }
  }

  /** Something was said to this session that does not wait in its queue. */
  nudge(): void {
    this.#nudge.ring();
    this.#stopBackgroundIfAsked();
  }

  #stopBackgroundIfAsked(): void {
    if (this.#asking.current) return;
    const onError = (err: unknown) => this.#parts.log.warn({ err, session: this.#name }, 'A signal was not followed');
    void this.#background.stopIfAsked().catch(onError).finally(this.#reconsider);
  }

  /** A command that is not tried again leaves no name behind that was claimed for it. */
  async #requireMayTry(taken: TakenJob, job: Exclude<SessionJob, MessageJob>): Promise<void> {
    if (hasTriedEnough(taken)) {
      const isMade = await this.#parts.store.exists('to' in job ? job.to : this.#name);
      if (job.kind === 'new' && !isMade) await this.#giveNameBack((card) => card.claimedBy === taken.id);
      else if (job.kind !== 'new' && !isMade) await this.#lifecycle.letGo(taken, job, this.#name);
    }
    await requireMayTry(taken, job.origin.place, this.#publisher);
  }

  async #takeMessage(taken: TakenJob, job: MessageJob, signal: AbortSignal): Promise<void> {
    this.#asking.current = { jobId: taken.id, origin: job.origin };
    const run = {
      taken,
      job,
      servedSince: this.#servedSince,
      warm: this.#warm,
      publisher: this.#publisher,
      parts: this.#parts,
      signal,
      isAsking: () => this.#asking.isOpen,
      finished: () => this.#asking.finish(taken.id, job.origin),
      note: (event: TurnEvent) => this.#asking.note(event),
    };
    await takeMessage(run, this.#nudge).finally(() => {
      this.#asking.current = undefined;
    });
  }

  async #tellUnforeseen(taken: TakenJob, job: SessionJob, error: unknown): Promise<void> {
    const run = { taken, publisher: this.#publisher, parts: this.#parts };
    const text = this.#describe(error);
    if (job.kind === 'message') await ask({ ...run, job }, 'unforeseen', text, [buttons.retry]);
    else await this.#publisher.notice(taken.id, 'unforeseen', job.origin, text);
  }

  /** Stops Claude. After it nothing of this session runs here. */
  async leave(reason: EndReason): Promise<void> {
    clearTimeout(this.#idleTimer);
    await this.#warm.stop(reason !== 'lost');
    if (reason !== 'lost') await this.#background.tellOfCutOff();
  }

  async #create(jobId: string, job: NewJob, signal: AbortSignal): Promise<void> {
    const { log } = this.#parts;
    const { status, text } = await createSession(jobId, job, this.#parts).catch((err: NodeJS.ErrnoException) => {
      log.error({ err, session: this.#name }, 'A session could not be created');
      return {
        status: 'gone',
        text: words.notCreated(this.#name, this.#diskProblem(err) ?? err.code ?? 'see the log of the worker'),
      } as const;
    });
    if (status === 'gone') await this.#giveNameBack((card) => card.claimedBy === jobId);
    else await this.#surely(() => this.#parts.queues.routing.noteRenamed(this.#name, undefined));
    await this.#publisher.notice(jobId, 'created', { place: job.origin.place }, text);
    if (status !== 'created') return;
    await this.#surely(() =>
      this.#parts.queues.routing.noteActivity(this.#name, { status: 'idle', lastUsedAt: Date.now() }),
    );
    await this.#warmUp(jobId, job, signal);
  }

  /** A turn that Claude began by itself is over. */
  #settleLate(): void {
    const onError = (err: unknown) => this.#parts.log.warn({ err, session: this.#name }, 'A question stays open');
    this.#asking.finishLate().catch(onError);
  }

  /** Stops Claude with all that it is at. */
  async #stopForGood(): Promise<void> {
    await this.#warm.stop(true);
    await this.#asking.finishLate();
    await this.#background.tellOfCutOff();
    await this.#warm.note({ background: 'none' });
  }

  /** A conversation that is about to begin, or to go on, is made ready while the person types. */
  async #warmAfter(jobId: string, job: SessionJob, signal: AbortSignal): Promise<void> {
    const isDue = job.kind === 'clear' || job.kind === 'restore';
    if (isDue && (await this.#parts.store.exists(this.#name))) await this.#warmUp(jobId, job, signal);
  }

  /** Starts Claude ahead of the next message. If that fails, the message will say why. */
  async #warmUp(jobId: string, { origin: { place } }: SessionJob, signal: AbortSignal): Promise<void> {
    if (this.#warm.process) return;
    try {
      const loaded = await loadSession(this.#name, this.#parts);
      for (const { what, text } of loaded.notices) await this.#publisher.notice(jobId, what, { place }, text);
      await this.#warm.start(loaded, undefined, signal);
    } catch (err) {
      if (signal.aborted) return;
      this.#parts.log.warn({ err, session: this.#name }, 'Claude could not be started ahead of the next message');
    }
  }

  #describe(error: unknown): string {
    const problem = this.#diskProblem(error);
    return problem ? words.notHandled(problem) : words.unforeseen;
  }

  #diskProblem(error: unknown): string | undefined {
    return describeDiskProblem(error, this.#parts.store.root);
  }

  #watchIdle() {
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => {
      if (this.needsHolder) return this.#watchIdle();
      this.#idle = true;
      this.#reconsider();
    }, this.#parts.idleTimeoutMs);
  }

  async #giveNameBack(isOurs: (card: SessionCard) => boolean): Promise<void> {
    const { routing } = this.#parts.queues;
    const card = await this.#surely(() => routing.session(this.#name));
    if (card && isOurs(card)) await this.#surely(() => routing.unclaim(card));
  }

  /** However long Redis is away. */
  #surely<T>(work: () => Promise<T>): Promise<T> {
    const onRetry = (err: unknown) => this.#parts.log.warn({ err, session: this.#name }, 'A session waits for Redis');
    return untilDone(work, { signal: this.#lease.lost, onRetry });
  }
}
