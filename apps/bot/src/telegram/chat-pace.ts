import { type Place, placeKey } from '@signalbox/contracts';
import type { Pause } from '@signalbox/service';

/** How a live view is shown: as a draft, or as a message that is edited. */
export type LiveWay = 'draft' | 'edit';

/**
 * Shares what Telegram lets a bot show in a chat: replies first, the live view with what they leave. Its limits are per chat, so all
 * topics of a chat share one pace. Holds for this process.
 */
export interface ChatPace {
  /**
   * A reply is about to be shown in the place: no frame is sent in its chat until the returned function is called. Resolves when none
   * is under way any more, after half a second at the latest.
   */
  holdFrames(place: Place): Promise<() => void>;
  /** To be passed before each message of a reply. It waits if Telegram has refused anything in this chat lately. */
  passReply(chatId: number, signal: AbortSignal): Promise<void>;
  /** Telegram has refused a call in this chat. `forMs`: how long it wants nothing more. */
  slowDown(chatId: number, forMs: number): void;
  /**
   * How long a place's next frame has to wait, in ms; 0: not at all. The places of a chat take turns: one that waits asks again at
   * least every second.
   */
  frameWaitMs(place: Place, way: LiveWay): number;
  /** Sends a frame, which must not have to wait. */
  sendFrame<T>(place: Place, way: LiveWay, send: () => Promise<T>): Promise<T>;
  /** How many replies were shown in the place, and when the last one was, in ms of the monotonic clock. */
  repliesIn(place: Place): { readonly count: number; readonly lastAt: number };
}

/**
 * What the official guidance allows: messages and edits a second and at once, groups less. A live view takes nothing of the `reserve`,
 * so that replies need not wait for it.
 */
const PRIVATE = { perMs: 1 / 1_050, burst: 4, reserve: 2, editEveryMs: 1_100 };
const GROUP = { perMs: 19 / 60_000, burst: 20, reserve: 10, editEveryMs: 3_000 };
/** Drafts have a limit of their own, which is not published; in ms. */
const DRAFT_EVERY_MS = 400;
/** How long a reply waits for a frame that is under way, in ms. */
const LONGEST_HOLD_MS = 500;
/** How long after a reply no frame is sent, in ms: the turn may be over by then. */
const AFTER_REPLY_MS = 500;
/** How long a chat that was refused something gets its replies one by one, in ms. */
const SLOW_FOR_MS = 60_000;
/** After how long to look again whether a frame may be sent, in ms. */
const LOOK_AGAIN_MS = 100;
/** A place that has not asked for so long no longer waits, in ms. */
const WAITS_FOR_MS = 1_200;

export function createChatPace(pause: Pause): ChatPace {
  const chats = new Map<number, ChatState>();
  const replies = new Map<string, { count: number; lastAt: number }>();
  const stateOf = (chatId: number) => {
    const state = chats.get(chatId) ?? new ChatState(chatId);
    chats.set(chatId, state);
    return state;
  };
  const repliesIn = (place: Place) => replies.get(placeKey(place)) ?? { count: 0, lastAt: Number.NEGATIVE_INFINITY };
  return {
    repliesIn,
    async holdFrames(place) {
      const chat = stateOf(place.chatId);
      chat.holds += 1;
      if (chat.isSending) await Promise.race([chat.underWay, pause(LONGEST_HOLD_MS)]);
      return () => {
        chat.holds -= 1;
        chat.repliedAt = performance.now();
        replies.set(placeKey(place), { count: repliesIn(place).count + 1, lastAt: chat.repliedAt });
      };
    },
    async passReply(chatId, signal) {
      const chat = stateOf(chatId);
      for (let wait = chat.replyWaitMs(); wait > 0; wait = chat.replyWaitMs()) {
        await pause(wait, signal);
        signal.throwIfAborted();
      }
      chat.take();
    },
    slowDown: (chatId, forMs) => stateOf(chatId).slowDown(forMs),
    frameWaitMs: (place, way) => stateOf(place.chatId).frameWaitMs(placeKey(place), way),
    async sendFrame(place, way, send) {
      const chat = stateOf(place.chatId);
      chat.begin(placeKey(place), way);
      chat.isSending = true;
      const sent = send();
      const ended = sent.then(
        () => undefined,
        () => undefined,
      );
      chat.underWay = ended.then(() => {
        chat.isSending = false;
      });
      return sent;
    },
  };
}

/** One chat: how many calls it has left, as far as this process knows. */
class ChatState {
  readonly #limits: typeof PRIVATE;
  #left: number;
  #countedAt = performance.now();
  #frameAt = Number.NEGATIVE_INFINITY;
  /** When each place asked last, and had its last frame. */
  readonly #places = new Map<string, { askedAt: number; frameAt: number }>();
  #refusedAt = Number.NEGATIVE_INFINITY;
  #mutedUntil = Number.NEGATIVE_INFINITY;
  /** Replies that are being shown. */
  holds = 0;
  repliedAt = Number.NEGATIVE_INFINITY;
  /** Settles when the frame that is under way has been sent. */
  underWay: Promise<void> = Promise.resolve();
  isSending = false;

  constructor(chatId: number) {
    this.#limits = chatId < 0 ? GROUP : PRIVATE;
    this.#left = this.#limits.burst;
  }

  take(): void {
    this.#left = Math.max(0, this.#count() - 1);
  }

  begin(place: string, way: LiveWay): void {
    this.#frameAt = performance.now();
    this.#places.set(place, { askedAt: Number.NEGATIVE_INFINITY, frameAt: this.#frameAt });
    if (way === 'edit') this.take();
  }

  slowDown(forMs: number): void {
    this.#refusedAt = performance.now();
    this.#mutedUntil = this.#refusedAt + forMs;
    this.#count();
    this.#left = 0;
  }

  replyWaitMs(): number {
    if (performance.now() - this.#refusedAt > SLOW_FOR_MS) return 0;
    return this.#untilLeft(1);
  }

  frameWaitMs(place: string, way: LiveWay): number {
    const now = performance.now();
    const frameAt = this.#places.get(place)?.frameAt ?? Number.NEGATIVE_INFINITY;
    this.#places.set(place, { askedAt: now, frameAt });
    if (this.holds > 0 || this.isSending || this.#isAnothersTurn(frameAt)) return LOOK_AGAIN_MS;
    const pace = way === 'draft' ? DRAFT_EVERY_MS : this.#limits.editEveryMs;
    const left = way === 'draft' ? 0 : this.#untilLeft(1 + this.#limits.reserve);
    return Math.max(0, left, this.#frameAt + pace - now, this.repliedAt + AFTER_REPLY_MS - now, this.#mutedUntil - now);
  }

  #isAnothersTurn(frameAt: number): boolean {
    const now = performance.now();
    return [...this.#places.values()].some((other) => now - other.askedAt < WAITS_FOR_MS && other.frameAt < frameAt);
  }

  #untilLeft(wanted: number): number {
    const missing = wanted - this.#count();
    return missing <= 0 ? 0 : Math.ceil(missing / this.#limits.perMs);
  }

  #count(): number {
    const now = performance.now();
    const { perMs, burst } = this.#limits;
    this.#left = Math.min(burst, this.#left + (now - this.#countedAt) * perMs);
    this.#countedAt = now;
    return this.#left;
  }
}
