import type { Queues } from '@signalbox/queues';
import type { Log, Redact } from '@signalbox/service';
import type { PersonaLibrary, SessionStore } from '@signalbox/sessions';
import type { Transcribe } from '../files/transcribe.ts';
import type { HouseView } from '../house/house-tools.ts';
import type { ClaudeSetup } from '../warm/claude-setup.ts';

/** What the operator has decided about sessions. */
export interface SessionConfig {
  readonly pool: string;
  /** The directories below which a session may be told to work. */
  readonly workspaceRoots: readonly string[];
  /** Which reactions say what becomes of a message. */
  readonly reactions: 'all' | 'done' | 'off';
  /** A Claude that prints nothing for so long in a turn is interrupted, in ms. */
  readonly inactivityMs: number;
  /** How long a person may take to answer a question of Claude's, in ms. */
  readonly answerWithinMs: number;
  /** A session that was not used for so long is suspended, in ms. */
  readonly idleTimeoutMs: number;
}

/** What all sessions of this worker have in common. Known to what composes a session, and to nothing below that. */
export interface SessionSetup {
  readonly config: SessionConfig;
  readonly store: SessionStore;
  readonly library: PersonaLibrary;
  readonly claude: ClaudeSetup;
  readonly queues: SessionQueues;
  readonly log: Log;
  /** Finds what may not leave this machine; `redactBeginning`: in texts that are cut before they leave it. */
  readonly redact: Redact;
  readonly redactBeginning: Redact;
  /** What Claude can ask about the house. */
  readonly house: HouseView;
  /** Turns recordings into text, if the configuration says how. */
  readonly transcribe: Transcribe | undefined;
}

/** What sessions call of the queues. */
export type SessionQueues = Pick<
  Queues,
  'addJob' | 'routing' | 'publishLive' | 'questions' | 'signals' | 'waiting' | 'transfers' | 'overview'
>;
