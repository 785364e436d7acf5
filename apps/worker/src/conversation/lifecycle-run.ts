import type { SessionJob } from '@signalbox/contracts';
import type { Routing, TakenJob } from '@signalbox/queues';
import type { Log, Redact } from '@signalbox/service';
import type { SessionStore } from '@signalbox/sessions';
import type { Publisher } from '../output/publish.ts';
import type { StopWatch } from '../turn/watch-stop.ts';
import type { ClaudeSetup } from '../warm/claude-setup.ts';
import type { SessionHistory } from '../warm/session-history.ts';
import type { LoadedFor, SessionRecord } from '../warm/session-record.ts';
import type { WarmClaude } from '../warm/warm-claude.ts';

/** A command that changes a session, at work in the session's own queue. Done again after a crash it goes on where it was. */
export interface LifecycleRun<Job extends SessionJob = SessionJob> {
  readonly name: string;
  readonly taken: TakenJob;
  readonly job: Job;
  readonly publisher: Publisher;
  readonly signal: AbortSignal;
}

/** What the commands call. */
export interface LifecycleNeeds {
  readonly store: Pick<SessionStore, 'root' | 'paths' | 'exists' | 'create' | 'rename' | 'remove' | 'writeUsage'> &
    Pick<SessionStore, 'peekMetadata' | 'peekSettings' | 'peekUsage'>;
  readonly routing: Pick<Routing, 'session' | 'unclaim' | 'changeCard' | 'movePlaces' | 'activateIfNone'> &
    Pick<Routing, 'setActivity' | 'forgetActivity' | 'setRenamed' | 'renamed'>;
  readonly record: SessionRecord;
  readonly claude: WarmClaude;
  readonly history: Pick<SessionHistory, 'require' | 'keep'>;
  readonly setup: ClaudeSetup;
  /** A Claude that prints nothing for so long is interrupted, in ms. */
  readonly inactivityMs: number;
  readonly log: Log;
  /** Takes secrets out of a text that is about to be cut. */
  readonly redactBeginning: Redact;
  /** Stops Claude with all that it has started, and says what that has cut off. Resolves when nothing of the session runs. */
  stopClaude(): Promise<void>;
  /** Watches for the word of a person that a job is not to go on. */
  watchStop(jobId: string, signal: AbortSignal): Promise<StopWatch>;
  /** Does something with Redis, however long it is away. */
  surely<T>(work: () => Promise<T>): Promise<T>;
}

/** The job of one command. */
export type JobOf<Kind extends SessionJob['kind']> = Extract<SessionJob, { kind: Kind }>;

/** Whose job it is, for what has to be said of damaged files. */
export function loadedFor({ taken, job }: Pick<LifecycleRun, 'taken' | 'job'>): LoadedFor {
  return { jobId: taken.id, to: job.origin };
}
