import type {
  ChatJob,
  Origin,
  PersonaCard,
  Place,
  QueueRef,
  SessionCard,
  SessionJob,
  WorkerCard,
} from '@signalbox/contracts';

/** What is to be done about one update. Doing it again has no further effect. */
export interface Decision {
  /** The place talks to this session from now on. */
  readonly activate?: string;
  readonly enqueue?: { readonly queue: QueueRef; readonly job: SessionJob | ChatJob };
  /** To be said in the place at once. */
  readonly say?: string;
}

/** What deciding needs to know. */
export interface Surroundings {
  /** This bot's own name, without @. */
  readonly username: string;
  /** The pool of new sessions and of the chats' commands. */
  readonly pool: string;
  readonly jobId: string;
  session(name: string): Promise<SessionCard | undefined>;
  claim(card: SessionCard): Promise<SessionCard>;
  activeSession(place: Place): Promise<string | undefined>;
  /** `undefined`: not known yet, because no worker ever ran. */
  personas(pool: string): Promise<readonly PersonaCard[] | undefined>;
  /** The workers that live. */
  workers(): Promise<readonly WorkerCard[]>;
  now(): number;
}

/** A message of a person that is to be decided about. */
export interface Spoken {
  readonly origin: Origin;
  readonly text: string;
  readonly forwardedFrom?: string;
  readonly quote?: string;
}
