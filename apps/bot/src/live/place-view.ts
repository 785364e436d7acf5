import { type LiveFrame, type Place, replyQueue } from '@signalbox/contracts';
import type { Log } from '@signalbox/service';
import type { FormattedText } from '../rendering/text/formatted-text.ts';
import type { ChatPace } from '../telegram/chat-pace.ts';
import type { FloodGate } from '../telegram/flood-gate.ts';
import { type TelegramApi, TelegramFailure } from '../telegram/telegram-api.ts';
import { isTopicGone } from '../telegram/topic-gone.ts';
import { words } from '../wording/words.ts';
import { composeView, isBare } from './compose-view.ts';
import type { DraftRefusals } from './draft-refusals.ts';
import type { LiveMessages } from './live-messages.ts';
import { draftIdOf, type StopButtons } from './stop-button.ts';

/** How running turns are shown, as `STREAMING` says. */
export type Streaming = 'draft' | 'edit' | 'off';

/** What showing a turn calls. */
export interface ViewDependencies {
  readonly api: Pick<TelegramApi, 'sendTyping' | 'sendDraft' | 'sendMessage' | 'editMessage' | 'deleteMessage'>;
  readonly gate: Pick<FloodGate, 'isClosed'>;
  readonly pace: Pick<ChatPace, 'repliesIn' | 'frameWaitMs' | 'sendFrame' | 'slowDown'>;
  readonly messages: Pick<LiveMessages, 'keep' | 'forget'>;
  readonly streaming: Streaming;
  readonly stopButtons: Pick<StopButtons, 'dataFor'>;
  readonly log: Log;
  readonly draftRefusals: DraftRefusals;
}

/** Telegram shows "typing" for 5 s; in ms. */
const TYPING_EVERY_MS = 4_000;
/** After how long the same draft is shown again, in ms: it vanishes after 30 s. */
const DRAFT_STALE_MS = 20_000;
/** A message is not worth sending for a turn that is over sooner, in ms. */
const FIRST_MESSAGE_AFTER_MS = 1_500;
/** How long after a reply it is not worth telling that the turn runs, in ms: most often it is over. */
const BARE_AFTER_REPLY_MS = 3_000;
/** A turn of which nothing was heard for so long is taken as ended, in ms: frames come every few seconds while it runs. */
const SILENT_AFTER_MS = 15_000;
/** The same for a turn that an earlier bot has shown, in ms. */
const LEFT_SILENT_AFTER_MS = 5_000;
/** How long a chat that the bot may not write to is left alone, or a place where Telegram refuses a view, in ms. */
const FORBIDDEN_FOR_MS = 60_000;
/** The longest that a view waits before it looks again whether it may be shown, in ms. */
const LOOK_AGAIN_MS = 1_000;

/** What one place sees of the turn that runs there. */
export class PlaceView {
  readonly #calls: ViewDependencies;
  readonly #place: Place;
  readonly #forget: () => void;
  #way: 'draft' | 'edit' | 'off';
  /** The turns that were seen here; the last one is shown. */
  readonly #turns: string[] = [];
  readonly #repliesBefore: number;
  #frame: LiveFrame | undefined;
  /** When a reply was heard of last, in ms of the monotonic clock: another bot may be the one that shows it. */
  #saidAt = Number.NEGATIVE_INFINITY;
  /** What is shown, when it was sent, and how many replies there were by then. */
  #shown: { readonly content: string; readonly at: number; readonly replies: number } | undefined;
  #messageId: number | undefined;
  #typedAt = Number.NEGATIVE_INFINITY;
  /** Until when nothing is tried, in ms of the monotonic clock. */
  #silentUntil = Number.NEGATIVE_INFINITY;
  #busy: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #unheard: NodeJS.Timeout | undefined;
  #hasEnded = false;

  /** @param messageId of a message that an earlier bot has left behind */
  constructor(calls: ViewDependencies, place: Place, forget: () => void, messageId?: number) {
    this.#calls = calls;
    this.#place = place;
    this.#forget = forget;
    this.#messageId = messageId;
    this.#repliesBefore = calls.pace.repliesIn(place).count;
    // Drafts exist in private chats alone, whose ids are positive.
    const hasDrafts = place.chatId > 0 && !calls.draftRefusals.hold(place.chatId);
    this.#way = calls.streaming === 'draft' && !hasDrafts ? 'edit' : calls.streaming;
    this.#listen(messageId === undefined ? SILENT_AFTER_MS : LEFT_SILENT_AFTER_MS);
  }

  /** The turn that is shown. */
  get running(): { session: string; turn: string } | undefined {
    return this.#frame && { session: this.#frame.session, turn: this.#frame.turn };
  }

  show(frame: LiveFrame): void {
    if (!this.#isCurrent(frame)) return;
    if (frame.state === 'ended') return void this.end();
    this.#listen(SILENT_AFTER_MS);
    if ((frame.said ?? 0) > (this.#frame?.said ?? 0)) this.#saidAt = performance.now();
    this.#frame = frame;
    // Nobody types while a person is waited for.
    if (frame.heldUpBy !== 'answer') this.#type();
    this.#planFrame(frame);
  }

  async end(): Promise<void> {
    if (this.#hasEnded) return this.#busy;
    this.#hasEnded = true;
    clearTimeout(this.#unheard);
    clearTimeout(this.#timer);
    this.#forget();
    this.#busy = this.#busy.then(() => this.#takeAway()).catch(this.#dropped);
    await this.#busy;
  }

  /** Two sessions may work for one place: the turn that began last is shown. */
  #isCurrent({ turn, state }: LiveFrame): boolean {
    if (!this.#turns.includes(turn) && state === 'working') this.#turns.push(turn);
    return turn === this.#turns.at(-1);
  }

  #listen(forMs: number): void {
    clearTimeout(this.#unheard);
    this.#unheard = setTimeout(() => void this.end(), forMs);
  }

  #type(): void {
    const now = performance.now();
    if (now - this.#typedAt < TYPING_EVERY_MS || this.#isClosed()) return;
    this.#typedAt = now;
    this.#calls.api.sendTyping(this.#place).catch((err: unknown) => {
      if (isRefused(err)) this.#typedAt = performance.now() + FORBIDDEN_FOR_MS;
      this.#dropped(err);
    });
  }

  #planFrame({ runningMs = FIRST_MESSAGE_AFTER_MS }: LiveFrame): void {
    const isFirst = this.#way === 'edit' && this.#messageId === undefined;
    this.#plan(isFirst ? FIRST_MESSAGE_AFTER_MS - runningMs : 0);
  }

  #plan(waitMs: number): void {
    if (this.#hasEnded || this.#way === 'off') return;
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined;
        if (this.#way !== 'off' && this.#frame) this.#showNow(this.#way, this.#frame);
      },
      Math.max(0, waitMs),
    );
  }

  /** Shows how things are by now, if that is new and nothing is in the way. */
  #showNow(way: 'draft' | 'edit', frame: LiveFrame): void {
    const { pace } = this.#calls;
    const message = composeView(frame);
    if (!this.#isWorthShowing(way, frame, message)) return;
    const wait = this.#isClosed() ? LOOK_AGAIN_MS : pace.frameWaitMs(this.#place, way);
    if (wait > 0) {
      this.#plan(Math.min(wait, LOOK_AGAIN_MS));
      return;
    }
    const isBelowReplies = this.#replies().count !== this.#shown?.replies;
    this.#shown = { content: JSON.stringify(message), at: performance.now(), replies: this.#replies().count };
    const send = () => (way === 'draft' ? this.#draft(frame, message) : this.#edit(frame, message, isBelowReplies));
    this.#busy = pace.sendFrame(this.#place, way, send).catch(this.#frameDropped);
  }

  #isWorthShowing(way: 'draft' | 'edit', frame: LiveFrame, message: FormattedText): boolean {
    const { count, lastAt } = this.#replies();
    const now = performance.now();
    const repliedAt = Math.max(this.#saidAt, count > this.#repliesBefore ? lastAt : Number.NEGATIVE_INFINITY);
    if (isBare(frame) && now - repliedAt < BARE_AFTER_REPLY_MS) return false;
    if (this.#shown?.content !== JSON.stringify(message)) return true;
    // Any message of the bot takes a draft away.
    return way === 'draft' && (count !== this.#shown.replies || now - this.#shown.at > DRAFT_STALE_MS);
  }

  /** Where one is refused, for whatever reason, a message shows the same from then on. */
  async #draft(frame: LiveFrame, message: FormattedText): Promise<void> {
    try {
      await this.#calls.api.sendDraft(this.#place, draftIdOf(frame.turn), message, { canStop: true });
    } catch (error) {
      if (!isRefused(error) || isOfTopicGone(error)) throw error;
      this.#calls.log.debug({ err: error }, 'Telegram takes no draft here');
      this.#calls.draftRefusals.note(this.#place.chatId);
      this.#way = 'edit';
      this.#shown = undefined;
      this.#planFrame(this.#frame ?? frame);
    }
  }

  /** The message stays below the replies, where people look: it is sent anew when there was one. */
  async #edit({ turn }: LiveFrame, message: FormattedText, isBelowReplies: boolean): Promise<void> {
    const { api, stopButtons, messages } = this.#calls;
    const { chatId } = this.#place;
    const data = stopButtons.dataFor(chatId, turn);
    const keyboard = data === undefined ? undefined : [[{ label: words.stop, data }]];
    const shown = message.text === '' ? { text: words.thinking, entities: [] } : message;
    if (this.#messageId !== undefined && !isBelowReplies)
      return api.editMessage(chatId, this.#messageId, shown, keyboard);
    await this.#takeAway();
    this.#messageId = await api.sendMessage({ ...this.#place, silent: true }, shown, keyboard);
    messages.keep(this.#place, this.#messageId).catch(this.#dropped);
  }

  async #takeAway(): Promise<void> {
    if (this.#messageId === undefined) return;
    await this.#calls.api.deleteMessage(this.#place.chatId, this.#messageId).catch(this.#dropped);
    this.#messageId = undefined;
    this.#calls.messages.forget(this.#place).catch(this.#dropped);
  }

  #replies() {
    return this.#calls.pace.repliesIn(this.#place);
  }

  #isClosed(): boolean {
    return performance.now() < this.#silentUntil || this.#calls.gate.isClosed(replyQueue(this.#place.chatId).name);
  }

  /** What is refused once would be refused again and again. */
  readonly #frameDropped = (err: unknown) => {
    if (isRefused(err) && !isGone(err) && !/not modified/.test(String(err)))
      this.#silentUntil = performance.now() + FORBIDDEN_FOR_MS;
    this.#dropped(err);
  };

  readonly #dropped = (err: unknown) => {
    const { pace } = this.#calls;
    const { chatId } = this.#place;
    if (err instanceof TelegramFailure && err.kind === 'flood') pace.slowDown(chatId, err.retryAfterMs);
    if (err instanceof TelegramFailure && err.code === 403) pace.slowDown(chatId, FORBIDDEN_FOR_MS);
    if (isGone(err)) this.#messageId = undefined;
    if (isOfTopicGone(err)) this.#way = 'off';
    this.#calls.log.debug({ err }, 'A live frame was dropped');
  };
}

/** The person has deleted the message, or it is too old to be changed. */
function isGone(err: unknown): boolean {
  const said = /message (to (edit|delete) not found|can't be (edited|deleted))/;
  return err instanceof TelegramFailure && said.test(err.message);
}

function isOfTopicGone(err: unknown): boolean {
  return err instanceof TelegramFailure && isTopicGone(err);
}

/** Whether Telegram refuses this call for good, and not the bot as a whole. */
function isRefused(err: unknown): boolean {
  return err instanceof TelegramFailure && err.kind === 'refused' && err.code !== 401 && err.code !== 403;
}
