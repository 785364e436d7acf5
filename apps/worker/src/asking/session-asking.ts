import type { OnPermission, TurnEvent } from '@signalbox/claude';
import { type ControlJob, controlQueue, type Origin, SINCE, sessionQueue } from '@signalbox/contracts';
import type { Lease } from '@signalbox/queues';
import { untilDone } from '@signalbox/service';
import type { Metadata } from '@signalbox/sessions';
import type { Publisher } from '../output/publish.ts';
import type { Nudge } from '../session/nudge.ts';
import type { SessionParts } from '../session/session-parts.ts';
import { createRequestAnswerer, type RequestAnswerer } from './answer-request.ts';
import { AskDesk, type Asking } from './ask-desk.ts';
import { nameOf } from './name-of.ts';

/** What may change about the running Claude because of an answer. */
interface Learner {
  readonly metadata: Metadata | undefined;
  learn(change: { rules: readonly string[]; permissionMode?: AllowedMode }): void;
}

/** Begins the names of what Claude does without a job. */
const LATE = 'late';

type AllowedMode = NonNullable<Extract<ControlJob, { kind: 'allow' }>['permission_mode']>;

export interface SessionAskingParts {
  readonly name: string;
  readonly lease: Lease;
  readonly parts: SessionParts;
  readonly publisher: Publisher;
  readonly nudge: Nudge;
  learner(): Learner;
}

/** What a session's Claude asks people, while this worker holds its lease. */
export class SessionAsking {
  readonly answer: OnPermission;
  /** The message that Claude is at. */
  current: { readonly jobId: string; readonly origin: Origin } | undefined;
  readonly #of: SessionAskingParts;
  readonly #desk: AskDesk;
  readonly #requests: RequestAnswerer;

  constructor(of: SessionAskingParts) {
    const { name, lease, parts, publisher, nudge } = of;
    this.#of = of;
    this.#desk = new AskDesk({
      queue: sessionQueue(name, parts.pool),
      signals: parts.queues.signals,
      publisher,
      nudge,
      log: parts.log,
      waitMs: parts.answerWithinMs,
      lost: lease.lost,
    });
    this.#requests = createRequestAnswerer({
      desk: this.#desk,
      asking: () => this.asking(),
      keepAllowed: ({ rules, acceptsEdits }) => this.#allow(rules, acceptsEdits ? 'acceptEdits' : undefined),
      leavePlanMode: () => this.#allow([], 'default'),
    });
    this.answer = this.#requests.answer;
  }

  /** Whether a person is waited for. */
  get isOpen(): boolean {
    return this.#desk.isAsking;
  }

  /** The turn of a job is over: nothing that was asked in it needs an answer, whoever asked it. */
  finish(jobId: string, { place }: Pick<Origin, 'place'>): Promise<void> {
    return this.#desk.settle(jobId, place);
  }

  /** The same of a turn that Claude began by itself. */
  finishLate(): Promise<void> {
    return this.#desk.settleOnly(LATE, this.#of.learner().metadata?.lastPlace ?? undefined);
  }

  /** Takes note of what Claude does. */
  note(event: TurnEvent): void {
    this.#requests.note(event);
  }

  /** On whose behalf Claude works now. What it does by itself has no one: then anybody may answer who may use the bot. */
  asking(): Asking {
    if (this.current) {
      const { jobId, origin } = this.current;
      return { jobId, to: origin, userId: origin.userId };
    }
    const { metadata } = this.#of.learner();
    if (!metadata?.lastPlace) throw new Error('Nobody has spoken to this session yet');
    return {
      jobId: `${LATE}-${Date.parse(metadata.lastUsedAt)}`,
      to: { place: metadata.lastPlace },
      userId: undefined,
    };
  }

  /** Keeps what a person has allowed: the running Claude was told, and the next one has to be. */
  async #allow(rules: readonly string[], mode: AllowedMode | undefined): Promise<void> {
    if (!this.current) return;
    const { name, lease, parts, learner } = this.#of;
    const { jobId, origin } = this.current;
    learner().learn({ rules, ...(mode ? { permissionMode: mode } : {}) });
    const what = { rules: [...rules], ...(mode ? { permission_mode: mode } : {}) };
    const data: ControlJob = { version: SINCE.control, kind: 'allow', session: name, origin, ...what };
    const id = `allow-${jobId}-${nameOf({ toolName: 'allow', input: what })}`;
    const onRetry = (err: unknown) => parts.log.warn({ err, session: name }, 'What was allowed waits for Redis');
    const add = () => parts.queues.addJob(controlQueue(name, parts.pool), { id, name: 'allow', data });
    await untilDone(add, { signal: lease.lost, onRetry });
  }
}
