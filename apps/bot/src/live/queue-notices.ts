import { type Place, type QueueRef, replyQueue, sessionOfQueue } from '@signalbox/contracts';
import type { Waiting } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import { type PlaceInLine, placesInLine } from '../deciding/places-in-line.ts';
import { plainText } from '../rendering/text/formatted-text.ts';
import type { ChatPace } from '../telegram/chat-pace.ts';
import type { FloodGate } from '../telegram/flood-gate.ts';
import { type TelegramApi, TelegramFailure } from '../telegram/telegram-api.ts';
import { words } from '../wording/words.ts';
import type { NoticeMessages } from './notice-messages.ts';

/** How often it is looked who waits where, in ms; sooner when a turn begins or ends. */
const LOOK_EVERY_MS = 1_000;
const LOOK_SOON_MS = 200;
/** How many jobs of a queue are looked at. */
const MOST_LOOKED_AT = 200;
/** Stands for the notices of a chat where its places take turns: no topic has this number. */
const NOTICES = -1;

/** A message that waits in a session's queue. */
export interface WaitingMessage {
  readonly jobId: string;
  readonly queue: QueueRef;
  readonly place: Place;
  readonly messageId: number;
}

/** Says of messages that they wait in line, and at which place, for as long as that is so. */
export interface QueueNotices {
  /** From now on it is said of this message, until its turn begins or it is gone. */
  follow(message: WaitingMessage): void;
  /** Something moves, so that it is worth looking soon. */
  lookSoon(): void;
  /** Goes on with what an earlier bot has said. Rejects with Redis's error. */
  takeOver(): Promise<void>;
  /** Says nothing more, and leaves what is shown to the next bot. */
  stop(): void;
}

/** What saying it calls. */
export interface NoticeDependencies {
  readonly api: Pick<TelegramApi, 'sendMessage' | 'editMessage' | 'deleteMessage'>;
  readonly gate: Pick<FloodGate, 'isClosed'>;
  readonly pace: Pick<ChatPace, 'frameWaitMs' | 'sendFrame' | 'slowDown'>;
  readonly messages: NoticeMessages;
  readonly list: Waiting['list'];
  readonly log: Log;
}

/** What is known of a message that waits. `shown`: the number that is shown; 0: none. */
interface Notice {
  readonly queue: QueueRef;
  readonly place: Place;
  readonly replyTo: number;
  messageId: number | undefined;
  shown: number;
}

/** Costs nothing if it fails: nobody's message depends on it, and replies come first. */
export function createQueueNotices(dependencies: NoticeDependencies): QueueNotices {
  const notices = new Notices(dependencies);
  return {
    follow(message) {
      notices.add(message);
    },
    lookSoon: () => notices.plan(LOOK_SOON_MS),
    takeOver: () => notices.takeOver(),
    stop: () => notices.stop(),
  };
}

class Notices {
  readonly #calls: NoticeDependencies;
  readonly #followed = new Map<string, Notice>();
  #timer: { readonly of: NodeJS.Timeout; readonly at: number } | undefined;
  #isLooking = false;

  constructor(calls: NoticeDependencies) {
    this.#calls = calls;
  }

  add({ jobId, queue, place, messageId: replyTo }: WaitingMessage): void {
    if (!this.#followed.has(jobId))
      this.#followed.set(jobId, { queue, place, replyTo, messageId: undefined, shown: 0 });
    this.plan(0);
  }

  async takeOver(): Promise<void> {
    for (const [jobId, notice] of await this.#calls.messages.all())
      if (!this.#followed.has(jobId)) this.#followed.set(jobId, { ...notice });
    this.plan(0);
  }

  stop(): void {
    clearTimeout(this.#timer?.of);
    this.#timer = undefined;
    this.#followed.clear();
  }

  /** Looks after so long, or sooner if that was planned. */
  plan(waitMs: number): void {
    const at = performance.now() + waitMs;
    if (this.#followed.size === 0 || (this.#timer && this.#timer.at <= at)) return;
    clearTimeout(this.#timer?.of);
    this.#timer = { of: setTimeout(() => void this.#look(), waitMs), at };
  }

  async #look(): Promise<void> {
    this.#timer = undefined;
    if (!this.#isLooking) {
      this.#isLooking = true;
      const onError = (err: unknown) => this.#calls.log.debug({ err }, 'Who waits in line was not looked at');
      const queues = new Set([...this.#followed.values()].map(({ queue }) => queue.name));
      for (const queue of queues) await this.#lookInto(queue).catch(onError);
      this.#isLooking = false;
    }
    this.plan(LOOK_EVERY_MS);
  }

  async #lookInto(queue: string): Promise<void> {
    const jobs = await this.#calls.list(queue, MOST_LOOKED_AT);
    const places = placesInLine(jobs);
    const waiting = new Set(
      jobs.filter(({ hasBegun, joinedTo }) => !hasBegun && joinedTo === undefined).map(({ id }) => id),
    );
    for (const [jobId, notice] of [...this.#followed].filter(([, each]) => each.queue.name === queue)) {
      if (waiting.has(jobId)) await this.#show(jobId, notice, places.get(jobId));
      // Beyond what is looked at nothing is known.
      else if (jobs.length < MOST_LOOKED_AT) await this.#end(jobId, notice);
    }
  }

  /** Shows the number that holds now; none of the next one, and of what is one with the message before it. */
  async #show(jobId: string, notice: Notice, place: PlaceInLine | undefined): Promise<void> {
    const number = place?.isBehind ? place.number : 0;
    if (number === notice.shown || !this.#mayCall(notice)) return;
    if (number === 0) return this.#takeAway(jobId, notice);
    const turn = { chatId: notice.place.chatId, threadId: NOTICES };
    const { pace } = this.#calls;
    const waitMs = pace.frameWaitMs(turn, 'edit');
    if (waitMs > 0) return this.plan(Math.min(waitMs, LOOK_EVERY_MS));
    try {
      await pace.sendFrame(turn, 'edit', () => this.#say(jobId, notice, number));
    } catch (err) {
      this.#failed(jobId, notice, err);
    }
  }

  async #say(jobId: string, notice: Notice, number: number): Promise<void> {
    const { api, messages } = this.#calls;
    const { place, queue, replyTo } = notice;
    const message = plainText(words.waiting(sessionOfQueue(queue.name), number));
    if (notice.messageId === undefined)
      notice.messageId = await api.sendMessage({ ...place, replyTo, silent: true }, message);
    else await api.editMessage(place.chatId, notice.messageId, message);
    notice.shown = number;
    await messages.keep(jobId, { queue, place, replyTo, messageId: notice.messageId, shown: number });
  }

  /** Its turn has begun, or it is gone: so is what was said of it. Tried again until that is so. */
  async #end(jobId: string, notice: Notice): Promise<void> {
    if (!this.#mayCall(notice)) return;
    await this.#takeAway(jobId, notice);
    if (notice.messageId === undefined) this.#followed.delete(jobId);
  }

  async #takeAway(jobId: string, notice: Notice): Promise<void> {
    const { api, messages } = this.#calls;
    if (notice.messageId === undefined) return;
    try {
      await api.deleteMessage(notice.place.chatId, notice.messageId);
    } catch (err) {
      if (!isRefused(err)) return this.#failed(jobId, notice, err);
    }
    notice.messageId = undefined;
    notice.shown = 0;
    await messages.forget(jobId);
  }

  #mayCall({ place }: Notice): boolean {
    return !this.#calls.gate.isClosed(replyQueue(place.chatId).name);
  }

  /** What Telegram refuses here it would refuse again; the person may have deleted the notice, which is an answer too. */
  #failed(jobId: string, notice: Notice, err: unknown): void {
    const { pace, log, messages } = this.#calls;
    log.debug({ err }, 'A word about the queue was not shown');
    if (err instanceof TelegramFailure && err.kind === 'flood') pace.slowDown(notice.place.chatId, err.retryAfterMs);
    if (!isRefused(err)) return;
    this.#followed.delete(jobId);
    messages.forget(jobId).catch(() => undefined);
  }
}

function isRefused(err: unknown): boolean {
  return err instanceof TelegramFailure && err.kind === 'refused';
}
