import type { TurnOutcome } from '@signalbox/claude';
import type { Place } from '@signalbox/contracts';
import type { Metadata, Persona } from '@signalbox/sessions';
import type { To } from '../wording/shown.ts';

/** A session as it was read for a job. */
export interface LoadedSession {
  readonly metadata: Metadata;
  readonly persona: Persona;
}

/** The job that state files are read for: what was wrong with them is told to whoever sent it. */
export interface LoadedFor {
  readonly jobId: string;
  readonly to: To;
}

/** A session's state files. What `session/` alone writes, as the rooms below it may use it. For the holder of the session's lease. */
export interface SessionRecord {
  /** As it was last read or written; `undefined` before that. */
  readonly metadata: Metadata | undefined;
  /** Reads the state files and makes damaged ones anew. Throws what the file system throws, and if there is no persona to work with. */
  load(loadedFor?: LoadedFor): Promise<LoadedSession>;
  /** Reads the metadata and changes them, whether or not Claude runs. Throws what the file system throws. */
  change(change: Partial<Metadata>, loadedFor: LoadedFor): Promise<void>;
  /** Adds a message's turn. Never rejects: the turn has answered. Resolves to the file system's error if there was one. */
  recordTurn(outcome: TurnOutcome, place: Place): Promise<unknown>;
  /** Adds what a turn used. Never rejects. */
  recordUsage(outcome: TurnOutcome): Promise<void>;
  /** The session is about to be another's, or nobody's: nothing is written any more. To be called when no process runs. */
  forget(): void;
}
