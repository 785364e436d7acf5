import { createWriteStream, type WriteStream } from 'node:fs';

/** What a message asks of Claude. `new` is the command that makes the session. */
export type MessageKind = 'new' | 'plain' | 'slow' | 'tool' | 'question';

/** A person sent a message. Its id is `<session>-<number>`; the numbers of a session grow. */
export interface Said {
  readonly type: 'said';
  readonly id: string;
  readonly session: string;
  readonly number: number;
  readonly kind: MessageKind;
  /** Where it was said, `<chat>` or `<chat>/<topic>`; the answer belongs there. */
  readonly place: string;
  readonly messageId: number;
  readonly updateId: number;
}

/** The offset of the bot's poll moved past the update: from here on the message is the product's to keep. */
export interface Accepted {
  readonly type: 'accepted';
  readonly id: string;
}

/** A message of the bot as it stands in a chat. */
export interface Shown {
  readonly type: 'shown' | 'edited' | 'deleted';
  readonly place: string;
  readonly messageId: number;
  readonly text: string;
  /** The message that it answers. */
  readonly replyTo?: number | undefined;
}

/** A request reached the model, with the messages that its conversation holds, oldest first. */
export interface Asked {
  readonly type: 'asked';
  readonly kind: string;
  readonly ids: readonly string[];
  readonly claudeSession: string;
  /** How many requests for the same response came before. */
  readonly retry: number;
  /** The CLI went on by itself after a restart. */
  readonly resumed: boolean;
}

/** A tool did what it was told. */
export interface Effect {
  readonly type: 'effect';
  readonly id: string;
}

/** The life of a job, as its queue tells it at the end. `at` is when it was added. */
export interface JobSeen {
  readonly type: 'job';
  readonly queue: string;
  readonly jobId: string;
  readonly state: string;
  /** How often it was fetched. */
  readonly starts: number;
  readonly startedAt?: number | undefined;
  readonly finishedAt?: number | undefined;
  /** The message, if the job was made from one. */
  readonly id?: string | undefined;
}

/** Something was broken on purpose. */
export interface FaultDone {
  readonly type: 'fault';
  readonly name: string;
  readonly victim: string;
  /** As the owner of leases. */
  readonly owner?: string | undefined;
  /** The sessions that it held: those with work at that moment, and those without. */
  readonly busy?: readonly string[] | undefined;
  readonly idle?: readonly string[] | undefined;
}

/** What was broken works again. */
export interface Healed {
  readonly type: 'healed';
  readonly name: string;
  readonly victim: string;
}

/** A process ended that nobody had killed, or not as it was told to. */
export interface Died {
  readonly type: 'died';
  readonly victim: string;
  readonly how: string;
}

/** The Claude processes that live, by session; noted when that changed. */
export interface Census {
  readonly type: 'census';
  readonly claudes: Readonly<Record<string, readonly number[]>>;
  /** How many times was looked until now. */
  readonly samples: number;
}

/** The lease of a session's queue has another owner, or none; and how many jobs of it were open when that was seen. */
export interface LeaseSeen {
  readonly type: 'lease';
  readonly session: string;
  readonly owner: string | undefined;
  readonly open: number;
}

/** Something was there after the clean stop at the end. */
export interface LeftBehind {
  readonly type: 'left';
  readonly what: string;
}

/** What happened, without the time. */
export type Happening =
  | Said
  | Accepted
  | Shown
  | Asked
  | Effect
  | JobSeen
  | FaultDone
  | Healed
  | Died
  | Census
  | LeaseSeen
  | LeftBehind;

/** One line of the history. `at`: ms since the epoch. */
export type HistoryEvent = Happening & { readonly at: number };

/** Everything that was seen of a run, only ever added to; in memory and as JSON lines in a file. */
export class History {
  readonly events: HistoryEvent[] = [];
  readonly #file: WriteStream;

  constructor(path: string) {
    this.#file = createWriteStream(path, { flags: 'ax', mode: 0o600 });
  }

  record(happening: Happening, at = Date.now()): void {
    const event = { at, ...happening };
    this.events.push(event);
    this.#file.write(`${JSON.stringify(event)}\n`);
  }

  /** Resolves when everything is in the file. */
  close(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#file.once('error', reject);
      this.#file.end(() => resolve());
    });
  }
}
