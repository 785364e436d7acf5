import { type LiveFrame, type Place, placeKey, replyQueue } from '@signalbox/contracts';
import type { Log } from '@signalbox/service';
import type { FloodGate } from './flood-gate.ts';
import { describeTool } from './rendering/describe-tool.ts';
import { type TelegramApi, TelegramFailure } from './telegram-api.ts';

export type Streaming = 'draft' | 'edit' | 'off';

export interface LiveView {
  /** Shows a frame, or not: the latest wins, and what Telegram refuses is dropped. */
  show(frame: LiveFrame): void;
  /** Takes away what would otherwise stay. */
  stop(): Promise<void>;
}

export interface LiveViewParts {
  readonly api: TelegramApi;
  readonly gate: FloodGate;
  readonly streaming: Streaming;
  readonly log: Log;
}

/** Telegram shows "typing" for 5 s; in ms. */
const TYPING_EVERY_MS = 4_000;
/** The least time between two views of one place, in ms; edits count against the chat's limit, drafts hardly. */
const PACE_MS = { draft: 400, edit: 1_500 };
/** After how long the same view is shown again, in ms: a draft vanishes after 30 s, and with every message of the bot. */
const REFRESH_MS = { draft: 20_000, edit: Number.POSITIVE_INFINITY };
/** A turn of which nothing was heard for so long is taken as ended, in ms: frames come every few seconds while it runs. */
const SILENT_AFTER_MS = 15_000;

/** Shows what running turns do, beside the replies and never in their way. */
export function createLiveView(parts: LiveViewParts): LiveView {
  const places = new Map<string, PlaceView>();
  return {
    show(frame) {
      const key = placeKey(frame.place);
      const view = places.get(key) ?? new PlaceView(parts, frame.place, () => places.delete(key));
      places.set(key, view);
      view.show(frame);
    },
    async stop() {
      await Promise.all([...places.values()].map((view) => view.end()));
    },
  };
}

/** What one place sees of the turn that runs there. */
class PlaceView {
  readonly #parts: LiveViewParts;
  readonly #place: Place;
  readonly #forget: () => void;
  readonly #way: 'draft' | 'edit' | 'off';
  #typedAt = Number.NEGATIVE_INFINITY;
  #shownAt = Number.NEGATIVE_INFINITY;
  /** Until when Telegram wants nothing from a live view. */
  #mutedUntil = Number.NEGATIVE_INFINITY;
  /** What is shown, and what should be. */
  #shown = '';
  #wanted = '';
  #messageId: number | undefined;
  #busy: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #silence: NodeJS.Timeout | undefined;

  constructor(parts: LiveViewParts, place: Place, forget: () => void) {
    this.#parts = parts;
    this.#place = place;
    this.#forget = forget;
    // Drafts exist in private chats alone, whose ids are positive.
    this.#way = parts.streaming === 'draft' && place.chatId < 0 ? 'edit' : parts.streaming;
  }

  show(frame: LiveFrame): void {
    clearTimeout(this.#silence);
    if (frame.state === 'ended') return void this.end();
    this.#silence = setTimeout(() => void this.end(), SILENT_AFTER_MS);
    this.#type();
    if (frame.tool && this.#way !== 'off') {
      this.#wanted = `⚙️ ${describeTool(frame.tool.name, frame.tool.input)}`;
      this.#schedule(this.#way);
    }
  }

  async end(): Promise<void> {
    clearTimeout(this.#silence);
    clearTimeout(this.#timer);
    this.#forget();
    await this.#busy;
    if (this.#messageId === undefined) return;
    await this.#parts.api.deleteMessage(this.#place.chatId, this.#messageId).catch(this.#dropped);
  }

  #type() {
    const now = performance.now();
    if (now - this.#typedAt < TYPING_EVERY_MS || this.#isClosed()) return;
    this.#typedAt = now;
    this.#parts.api.sendTyping(this.#place).catch(this.#dropped);
  }

  #schedule(way: 'draft' | 'edit') {
    const isStale = performance.now() - this.#shownAt > REFRESH_MS[way];
    if (this.#timer || (this.#wanted === this.#shown && !isStale)) return;
    const wait = Math.max(0, this.#shownAt + PACE_MS[way] - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#shownAt = performance.now();
      this.#shown = this.#wanted;
      this.#busy = this.#busy.then(() => this.#send(way, this.#shown)).catch(this.#dropped);
    }, wait);
  }

  async #send(way: 'draft' | 'edit', text: string): Promise<void> {
    if (this.#isClosed()) return;
    const { api } = this.#parts;
    const { chatId } = this.#place;
    if (way === 'draft') return api.sendDraft(this.#place, 1 + (this.#place.threadId ?? 0), text);
    const message = { text, entities: [] };
    if (this.#messageId !== undefined) return api.editMessage(chatId, this.#messageId, message);
    this.#messageId = await api.sendMessage({ ...this.#place, silent: true }, message);
  }

  #isClosed(): boolean {
    if (performance.now() < this.#mutedUntil) return true;
    return this.#parts.gate.isClosed(replyQueue(this.#place.chatId).name);
  }

  readonly #dropped = (err: unknown) => {
    if (err instanceof TelegramFailure) this.#mutedUntil = performance.now() + err.retryAfterMs;
    this.#parts.log.debug({ err }, 'A live frame was dropped');
  };
}
