import type { SessionJob } from '@signalbox/contracts';
import type { TakenJob } from '@signalbox/queues';
import type { Publisher } from '../output/publish.ts';
import type { SessionParts } from '../session/session-parts.ts';
import type { StopWatch } from '../turn/watch-stop.ts';
import type { WarmClaude } from '../warm/warm-claude.ts';

/** A command that changes a session, at work in the session's own queue. Done again after a crash it goes on where it was. */
export interface LifecycleRun<Job extends SessionJob = SessionJob> {
  readonly name: string;
  readonly taken: TakenJob;
  readonly job: Job;
  readonly warm: WarmClaude;
  readonly publisher: Publisher;
  readonly parts: SessionParts;
  readonly signal: AbortSignal;
  /** Stops Claude with all that it has started, and says what that has cut off. Resolves when nothing of the session runs. */
  stopClaude(): Promise<void>;
  /** Watches for the word of a person that this is not to go on. */
  watchStop(): Promise<StopWatch>;
  /** Does something with Redis, however long it is away. */
  surely<T>(work: () => Promise<T>): Promise<T>;
}

export type JobOf<Kind extends SessionJob['kind']> = Extract<SessionJob, { kind: Kind }>;
