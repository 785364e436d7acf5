import type {
  EarlierFile,
  IntegrationCard,
  MessageJob,
  PersonaCard,
  QueueRef,
  SessionCard,
  Subject,
  Written,
} from '@signalbox/contracts';
import type { WaitingJob } from '@signalbox/queues';

/** What this bot was told at its start, as far as decisions depend on it. */
export interface BotSettings {
  /** Its own name, without @. */
  readonly username: string;
  /** The pool of new sessions and of the chats' commands. */
  readonly pool: string;
  /** Whether new sessions get a forum topic of their own. */
  readonly topicPerSession: boolean;
}

/** The sessions that an update may be about. */
export interface KnownSessions {
  /** The name that the place talks to. */
  readonly active: string | undefined;
  /** The name that spoke in the message which is replied to. */
  readonly speaker: string | undefined;
  /** By name: those two, the one that was typed, and each one's former and later names. */
  readonly cards: ReadonlyMap<string, SessionCard>;
  /** Former name → name since. */
  readonly renamed: ReadonlyMap<string, string>;
}

/**
 * What is known when an update is decided: read before, never changed by it. What the update does not need to be known (`Needs`) is left
 * out.
 */
export interface Snapshot {
  readonly bot: BotSettings;
  /** In ms since the epoch. */
  readonly now: number;
  readonly sessions: KnownSessions;
  /** `undefined`: not known yet, because no worker of the pool ever ran. */
  readonly personas: readonly PersonaCard[] | undefined;
  /** The pools that have a living worker. */
  readonly servedPools: readonly string[];
  /** What the queues of a session hold, the one by its former name first. */
  readonly lines: readonly SessionLine[];
  readonly house: { readonly integrations: readonly IntegrationCard[]; readonly modelIsSimulated: boolean };
  /** What the watch has found; `undefined`: it was long ago. */
  readonly evidence: string | undefined;
  /** The questions of which a text here may be the answer, in the order in which they are tried. */
  readonly expected: readonly Expected[];
  /** Files of the message that is replied to, and of its album, as they are kept; none if they are not. */
  readonly earlierFiles: readonly EarlierFile[];
  /** The message job that the edited message became. */
  readonly edited: { readonly queue: QueueRef; readonly jobId: string; readonly job: MessageJob } | undefined;
  /** What was written here while the place talked to no session, in the order in which it was. */
  readonly kept: readonly Kept[];
}

/** A message for which there was no session. `jobId`: the job that it becomes when it is given to one. */
export interface Kept extends Written {
  readonly jobId: string;
}

/** A question that waits for a text: the answer is `prefix`, what is marked there, and the text. */
export interface Expected {
  /** What the question is about. */
  readonly about: Subject;
  readonly questionId: string;
  readonly prefix: string;
  /** The options that are marked. */
  readonly marked: readonly string[];
}

/** A queue of a session and what it holds. */
export interface Line {
  readonly queue: QueueRef;
  readonly jobs: readonly WaitingJob[];
}

/** The same, and whether its Claude is at something without a message. */
export interface SessionLine extends Line {
  readonly isAtBackground: boolean;
}

/** What must be known for a decision, besides the sessions of the place. */
export interface Needs {
  /** Sessions that were named. */
  readonly named?: string | readonly string[] | undefined;
  /** The personas of a pool, or of the one of the place's session. */
  readonly personasOf?: { readonly pool: string } | 'session';
  /** The pools that have a living worker. */
  readonly pools?: true;
  /** How many jobs are looked at of the place's session, or of the one that a message would be for. */
  readonly lines?: { readonly of: 'place' | 'message'; readonly most: number };
  /** The homelab's integrations, and whether the model is simulated. */
  readonly house?: true;
  /** What the watch has found, by the name that its button has. */
  readonly evidence?: string;
  /** The questions that wait for a text. */
  readonly expected?: true;
  /** The job that the message became. */
  readonly edited?: true;
  /** What is kept in the place. */
  readonly kept?: true;
}
