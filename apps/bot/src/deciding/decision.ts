import type {
  ChatJob,
  ControlJob,
  FileRef,
  IntegrationCard,
  Menu,
  Origin,
  PersonaCard,
  Place,
  QueueRef,
  SessionCard,
  SessionJob,
  WorkerCard,
} from '@signalbox/contracts';
import type { Waiting } from '@signalbox/queues';

/** What is to be done about one update. Doing it again has no further effect. */
export interface Decision {
  /** The place talks to this session from now on. */
  readonly activate?: string;
  readonly enqueue?: { readonly queue: QueueRef; readonly job: SessionJob | ChatJob | ControlJob };
  /** A forum topic of this name is made first, if there can be one: then all of this is about that place. */
  readonly topic?: string;
  /** What comes behind `enqueue`. */
  readonly afterwards?: { readonly queue: QueueRef; readonly job: SessionJob };
  /** To be said in the place at once. */
  readonly say?: string;
  /** The same with buttons below, in Markdown. */
  readonly menu?: Pick<Menu, 'text' | 'rows' | 'once' | 'plain'>;
  /** Jobs whose turn ends for good, or which are taken out of their queue. */
  readonly stop?: readonly { readonly queue: QueueRef; readonly jobIds: readonly string[] }[];
  /** A question that the update has answered, and what is shown in the place of its buttons. */
  readonly settle?: { readonly questionId: string; readonly text: string };
}

/** What deciding needs to know. */
export interface Surroundings {
  /** This bot's own name, without @. */
  readonly username: string;
  /** The pool of new sessions and of the chats' commands. */
  readonly pool: string;
  /** Whether new sessions get a forum topic of their own. */
  readonly topicPerSession: boolean;
  readonly jobId: string;
  session(name: string): Promise<SessionCard | undefined>;
  claim(card: SessionCard): Promise<SessionCard>;
  activeSession(place: Place): Promise<string | undefined>;
  /** What a session of that name is called since it was renamed. */
  renamed(name: string): Promise<string | undefined>;
  /** The session that a message of the bot spoke for, if that is known. */
  speaker(chatId: number, messageId: number): Promise<string | undefined>;
  /** `undefined`: not known yet, because no worker ever ran. */
  personas(pool: string): Promise<readonly PersonaCard[] | undefined>;
  /** What waits in the queues. */
  readonly waiting: Pick<Waiting, 'list'>;
  /** Whether a session's Claude is at something without a message. */
  isAtBackground(session: string): Promise<boolean>;
  /**
   * Lets the text answer the question whose answer is waited for here, if there is one. Resolves to that question.
   * `session`: the only one whose question it can be.
   */
  answerWith(origin: Origin, text: string, session: string | undefined): Promise<string | undefined>;
  /** Gives the job that came from this message another text, if it still waits. `unknown`: there is none, or the text is the same. */
  editJob(origin: Origin, text: string): Promise<'edited' | 'too-late' | 'unknown'>;
  /** What the watch has found, by the name that its button has; `undefined`: it was long ago. */
  evidence(incident: string): Promise<string | undefined>;
  /** The homelab's integrations that a pool has. */
  integrations(pool: string): Promise<readonly IntegrationCard[]>;
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
  readonly files?: readonly FileRef[];
  readonly album?: string;
  /** The message that it replies to. */
  readonly repliesTo?: number | undefined;
}
