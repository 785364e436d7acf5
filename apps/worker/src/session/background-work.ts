import { setTimeout as delay } from 'node:timers/promises';
import type { ClaudeProcess, TurnEvent } from '@signalbox/claude';
import { BACKGROUND, type StopSignal, sessionQueue } from '@signalbox/contracts';
import type { Metadata } from '@signalbox/sessions';
import type { Publisher } from '../output/publish.ts';
import { STOP_GRACE_MS } from '../turn/watch-stop.ts';
import type { WarmClaude } from '../warm/warm-claude.ts';
import { words } from '../wording/words.ts';
import { loadSession } from './load-session.ts';
import type { SessionParts } from './session-parts.ts';

/** How often it is looked whether a turn that was interrupted has ended, in ms. */
const LOOK_EVERY_MS = 50;

/**
 * What a session's Claude does without a message: a background task, or a turn of its own because one has ended. What comes of it goes to
 * where the session was last spoken to.
 */
export class BackgroundWork {
  readonly #name: string;
  readonly #parts: SessionParts;
  readonly #warm: WarmClaude;
  readonly #publisher: Publisher;
  readonly #settleQuestions: () => Promise<void>;
  #isStopping = false;

  constructor(
    name: string,
    work: { parts: SessionParts; warm: WarmClaude; publisher: Publisher; settleQuestions(): Promise<void> },
  ) {
    this.#name = name;
    this.#parts = work.parts;
    this.#warm = work.warm;
    this.#publisher = work.publisher;
    this.#settleQuestions = work.settleQuestions;
  }

  /** A person's wish to end it is followed just now; the session must not be let go before that is told. */
  get isStopping(): boolean {
    return this.#isStopping;
  }

  get isGoingOn(): boolean {
    return (this.#warm.process?.background ?? 'none') !== 'none';
  }

  /** Deals with what the last holder's Claude was at: a turn of its own is continued, a task is lost. Whether Claude runs after it. */
  async takeOver(signal: AbortSignal, hasWork: () => Promise<boolean>): Promise<boolean> {
    const { store, log } = this.#parts;
    const metadata = await store.peekMetadata(this.#name);
    if (!metadata || metadata.background === 'none') return false;
    try {
      await this.tellOfCutOff(metadata);
      // A job that waits starts Claude itself, perhaps to continue a message.
      if (await hasWork()) return false;
      await this.#warm.start(await loadSession(this.#name, this.#parts), undefined, signal);
      return true;
    } catch (err) {
      signal.throwIfAborted();
      log.warn({ err, session: this.#name }, 'What Claude was at in the background could not be continued');
      return false;
    }
  }

  /** Ends it if a person wants that, and says so. */
  async stopIfAsked(): Promise<void> {
    const process = this.#warm.process;
    if (!process || this.#isStopping) return;
    this.#isStopping = true;
    try {
      const queue = sessionQueue(this.#name, this.#parts.pool).name;
      const { signals } = this.#parts.queues;
      const stop = await signals.stopOf(queue, BACKGROUND);
      if (!stop) return;
      if (process.background === 'task') await this.#stopTask();
      else if (process.background === 'turn') await this.#stopTurn(process, stop);
      // It counts for what Claude was at then, not for what comes next.
      await signals.forgetStop(queue, BACKGROUND);
      await this.#settleQuestions();
    } finally {
      this.#isStopping = false;
    }
  }

  async #stopTask(): Promise<void> {
    await this.#warm.stop(true);
    await this.tellOfCutOff();
    await this.#warm.note({ background: 'none' });
  }

  /** As a message's turn: a Claude that does not take note is ended. */
  async #stopTurn(process: ClaudeProcess, { id }: StopSignal): Promise<void> {
    // It answers when it has taken note, or not at all.
    process.interrupt().catch(() => undefined);
    for (let leftMs = STOP_GRACE_MS; process.background === 'turn' && leftMs > 0; leftMs -= LOOK_EVERY_MS)
      await delay(LOOK_EVERY_MS);
    if (process.background === 'turn') {
      await this.#warm.stop(true, { graceMs: STOP_GRACE_MS });
      await this.#warm.note({ background: 'none' });
    }
    const place = this.#warm.metadata?.lastPlace;
    if (place) await this.#publisher.notice(id, 'stopped', { place }, words.stopped(undefined));
  }

  /** A background task ends with its worker. The same end is told once, by whoever comes to it first. */
  async tellOfCutOff(metadata = this.#warm.metadata): Promise<void> {
    if (metadata?.background === 'task') await this.#tell('background', words.backgroundCutOff(this.#name), metadata);
  }

  /** Claude was at a turn of its own of which nothing is left. */
  async tellOfLost(): Promise<void> {
    await this.#tell('late', words.lateLost(this.#name), this.#warm.metadata);
  }

  /** Passes on what Claude says unasked. */
  async pass(event: TurnEvent): Promise<void> {
    const place = this.#warm.metadata?.lastPlace;
    if (event.type === 'said' && place) await this.#publisher.said(place, event.rowUuid, event.text);
  }

  /** Says something that no job asked for; the same once until the session's next turn. */
  async #tell(what: string, text: string, metadata: Metadata | undefined): Promise<void> {
    if (!metadata?.lastPlace) return;
    const id = `${what}-${Date.parse(metadata.lastUsedAt)}`;
    await this.#publisher.notice(this.#name, id, { place: metadata.lastPlace }, text);
  }
}
