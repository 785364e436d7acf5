import type { OnPermission, TurnEvent } from '@signalbox/claude';
import { type ControlJob, controlQueue, type Origin, SINCE } from '@signalbox/contracts';
import type { AddJob } from '@signalbox/queues';
import type { Metadata } from '@signalbox/sessions';
import type { SessionDirectories } from '../files/session-directories.ts';
import { createRequestAnswerer, type RequestAnswerer } from './answer-request.ts';
import { nameOf } from './name-of.ts';
import type { Asking, OpenQuestions } from './open-questions.ts';

/** On whose behalf Claude works. */
export interface AtWork {
  /** The message that Claude is at. */
  readonly turn: { readonly jobId: string; readonly origin: Origin } | undefined;
  readonly metadata: Metadata | undefined;
}

/** Begins the names of what Claude does without a job. */
const LATE = 'late';

type AllowedMode = NonNullable<Extract<ControlJob, { kind: 'allow' }>['permission_mode']>;

interface SessionAskingNeeds {
  readonly name: string;
  readonly pool: string;
  readonly questions: OpenQuestions;
  readonly atWork: AtWork;
  readonly addJob: AddJob;
  /** Where the session's Claude works. */
  directories(): Promise<SessionDirectories>;
  /** Adds what a person has allowed to what the running Claude was started with. */
  addAllowed(allowed: { rules: readonly string[]; permissionMode?: AllowedMode }): void;
  /** Does something with Redis, however long it is away. */
  surely<T>(work: () => Promise<T>): Promise<T>;
}

/** What a session's Claude asks people, while this worker holds its lease. */
export class SessionAsking {
  readonly answer: OnPermission;
  readonly #needs: SessionAskingNeeds;
  readonly #requests: RequestAnswerer;

  constructor(needs: SessionAskingNeeds) {
    this.#needs = needs;
    this.#requests = createRequestAnswerer({
      questions: needs.questions,
      asking: () => this.asking(),
      directories: () => needs.directories(),
      keepAllowed: ({ rules, acceptsEdits }) => this.#allow(rules, acceptsEdits ? 'acceptEdits' : undefined),
      leavePlanMode: () => this.#allow([], 'default'),
    });
    this.answer = this.#requests.answer;
  }

  /** Whether a person is waited for. */
  get isOpen(): boolean {
    return this.#needs.questions.isAsking;
  }

  /** The turn of a job is over: nothing that was asked in it needs an answer, whoever asked it. */
  finish(jobId: string, { place }: Pick<Origin, 'place'>): Promise<void> {
    return this.#needs.questions.endTurn(jobId, place);
  }

  /** The same of a turn that Claude began by itself. */
  finishLate(): Promise<void> {
    return this.#needs.questions.endOwnTurn(LATE, this.#needs.atWork.metadata?.lastPlace ?? undefined);
  }

  /** Takes what Claude does. */
  observe(event: TurnEvent): void {
    this.#requests.observe(event);
  }

  /** On whose behalf Claude works now. What it does by itself has no one: then anybody may answer who may use the bot. */
  asking(): Asking {
    const { turn, metadata } = this.#needs.atWork;
    if (turn) return { jobId: turn.jobId, to: turn.origin, userId: turn.origin.userId };
    if (!metadata?.lastPlace) throw new Error('Nobody has spoken to this session yet');
    return {
      jobId: `${LATE}-${Date.parse(metadata.lastUsedAt)}`,
      to: { place: metadata.lastPlace },
      userId: undefined,
    };
  }

  /** Keeps what a person has allowed: the running Claude was told, and the next one has to be. */
  async #allow(rules: readonly string[], mode: AllowedMode | undefined): Promise<void> {
    const { name, pool, atWork, addAllowed, addJob, surely } = this.#needs;
    if (!atWork.turn) return;
    const { jobId, origin } = atWork.turn;
    addAllowed({ rules, ...(mode ? { permissionMode: mode } : {}) });
    const what = { rules: [...rules], ...(mode ? { permission_mode: mode } : {}) };
    const data: ControlJob = { version: SINCE.control, kind: 'allow', session: name, origin, ...what };
    const id = `allow-${jobId}-${nameOf({ toolName: 'allow', input: what })}`;
    await surely(() => addJob(controlQueue(name, pool), { id, name: 'allow', data }));
  }
}
