import type { TurnEvent } from '@signalbox/claude';
import { type Button, type MessageJob, sessionQueue } from '@signalbox/contracts';
import type { TakenJob } from '@signalbox/queues';
import type { TakenFile } from '../files/taken-file.ts';
import type { Publisher } from '../output/publish.ts';
import type { SessionParts } from '../session/session-parts.ts';
import type { WarmClaude } from '../warm/warm-claude.ts';

/** A message job at work, and what the work needs. */
export interface MessageRun {
  readonly taken: TakenJob;
  readonly job: MessageJob;
  /** When this worker began to serve the session, in ms since the epoch. */
  readonly servedSince: number;
  readonly warm: WarmClaude;
  /** Aborted with `Stopped` when a person wants the turn to end for good. */
  readonly stop: AbortSignal;
  /** Whether Claude waits for a person now, so that its silence means nothing. */
  isAsking(): boolean;
  /** Told when the turn is over for good. */
  finished(): Promise<void>;
  /** Told of all that Claude does. */
  note(event: TurnEvent): void;
  readonly publisher: Publisher;
  readonly parts: SessionParts;
  readonly signal: AbortSignal;
  /** What came with the message; none before they are taken. */
  readonly files?: readonly TakenFile[];
}

/** What a question about a message can be answered with. */
export const buttons = {
  retry: { label: 'Retry', choice: 'retry' },
  continue: { label: 'Continue', choice: 'continue' },
  tryNow: { label: 'Try now', choice: 'continue' },
  drop: { label: 'Drop', choice: 'drop' },
} as const satisfies Record<string, Button>;

/** Asks the person what is to become of the message; the same `what` once. Resolves to the question's id. */
export function ask(
  { taken, job, publisher, parts }: Pick<MessageRun, 'taken' | 'job' | 'publisher' | 'parts'>,
  what: string,
  markdown: string,
  offered: readonly Button[],
): Promise<string> {
  const about = { queue: sessionQueue(job.session, parts.pool), jobId: taken.id };
  return publisher.question(about, what, job.origin, { markdown, buttons: offered });
}
