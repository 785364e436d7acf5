import type { Queues } from '@signalbox/queues';
import type { Log, Redact } from '@signalbox/service';
import type { PersonaLibrary, SessionStore } from '@signalbox/sessions';
import type { Transcribe } from '../files/transcribe.ts';
import type { HouseView } from '../house/house-tools.ts';
import type { ClaudeSetup } from '../warm/launch-claude.ts';

/** What serving a session needs from the worker. */
export interface SessionParts {
  readonly store: SessionStore;
  readonly library: PersonaLibrary;
  readonly claude: ClaudeSetup;
  readonly queues: Pick<
    Queues,
    'addJob' | 'routing' | 'publishLive' | 'signals' | 'waiting' | 'transfers' | 'overview'
  >;
  readonly log: Log;
  /** The directories below which a session may be told to work. */
  readonly workspaceRoots: readonly string[];
  /** For texts that are cut before they leave the worker. */
  readonly redactBeginning: Redact;
  /** What Claude can ask about the house. */
  readonly house: HouseView;
  /** Which reactions say what becomes of a message. */
  readonly reactions: 'all' | 'done' | 'off';
  /** The pool of this worker. */
  readonly pool: string;
  /** A Claude that prints nothing for so long in a turn is interrupted, in ms. */
  readonly inactivityMs: number;
  /** Finds what may not leave this machine. */
  readonly redact: Redact;
  /** Turns recordings into text, if the configuration says how. */
  readonly transcribe?: Transcribe | undefined;
  /** How long a person may take to answer a question of Claude's, in ms. */
  readonly answerWithinMs: number;
  /** A session that was not used for so long is suspended, in ms. */
  readonly idleTimeoutMs: number;
}
