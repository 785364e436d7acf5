import { setTimeout as delay } from 'node:timers/promises';
import type { ClaudeProcess, TurnEvent } from '@signalbox/claude';
import { BACKGROUND, type StopSignal } from '@signalbox/contracts';
import type { Signals } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import type { Publisher } from '../output/publish.ts';
import { STOP_GRACE_MS } from '../turn/watch-stop.ts';
import type { WarmClaude } from '../warm/warm-claude.ts';
import { words } from '../wording/words.ts';
import type { SessionMachine } from './session-machine.ts';

/** How often it is looked whether a turn that was interrupted has ended, in ms. */
const LOOK_EVERY_MS = 50;

interface BackgroundWorkNeeds {
  readonly name: string;
  /** The name of the session's queue. */
  readonly queue: string;
  readonly machine: SessionMachine;
  readonly claude: WarmClaude;
  readonly publisher: Pick<Publisher, 'notice'>;
  readonly signals: Pick<Signals, 'stopOf' | 'forgetStop'>;
  readonly log: Log;
  /** Takes back what Claude has asked without a message. */
  settleQuestions(): Promise<void>;
}

/**
 * What a session's Claude does without a message: a background task, or a turn of its own because one has ended. What comes of it goes to
 * where the session was last spoken to.
 */
export class BackgroundWork {
  readonly #needs: BackgroundWorkNeeds;
  #isStopping = false;

  constructor(needs: BackgroundWorkNeeds) {
    this.#needs = needs;
    needs.machine.listen({ lost: (what) => this.#tellOfLost(what) });
  }

  /** A person's wish to end it is followed just now; the session must not be let go before that is told. */
  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** Deals with what the last holder's Claude was at: a turn of its own is continued, a task is lost. Whether Claude runs after it. */
  async takeOver(signal: AbortSignal, hasWork: () => Promise<boolean>): Promise<boolean> {
    const { name, machine, claude, log } = this.#needs;
    await machine.look();
    if (machine.state.left === 'none') return false;
    try {
      await this.tellOfCutOff();
      // A job that waits starts Claude itself, perhaps to continue a message.
      if (await hasWork()) return false;
      await claude.start(await machine.load(), { signal });
      return true;
    } catch (err) {
      signal.throwIfAborted();
      log.warn({ err, session: name }, 'What Claude was at in the background could not be continued');
      return false;
    }
  }

  /** Ends it if a person wants that, and says so. */
  async stopIfAsked(): Promise<void> {
    const { queue, claude, signals, settleQuestions } = this.#needs;
    const { process } = claude;
    if (!process || this.#isStopping) return;
    this.#isStopping = true;
    try {
      const stop = await signals.stopOf(queue, BACKGROUND);
      if (!stop) return;
      if (process.background === 'task') await this.endAll();
      else if (process.background === 'turn') await this.#stopTurn(process, stop);
      // It counts for what Claude was at then, not for what comes next.
      await signals.forgetStop(queue, BACKGROUND);
      await settleQuestions();
    } finally {
      this.#isStopping = false;
    }
  }

  /** Ends Claude with all that it is at, and says what that has cut off: nobody is to go on with it. */
  async endAll(): Promise<void> {
    const { machine, claude, settleQuestions } = this.#needs;
    await machine.look();
    await claude.stop();
    await settleQuestions();
    await this.tellOfCutOff();
    await machine.dispatch({ type: 'settled' });
  }

  /** As a message's turn: a Claude that does not take note is ended. */
  async #stopTurn(process: ClaudeProcess, { id }: StopSignal): Promise<void> {
    const { machine, claude, publisher } = this.#needs;
    // It answers when it has taken note, or not at all.
    process.interrupt().catch(() => undefined);
    for (let leftMs = STOP_GRACE_MS; process.background === 'turn' && leftMs > 0; leftMs -= LOOK_EVERY_MS)
      await delay(LOOK_EVERY_MS);
    if (process.background === 'turn') {
      await claude.stop({ graceMs: STOP_GRACE_MS });
      await machine.dispatch({ type: 'settled' });
    }
    const place = machine.metadata?.lastPlace;
    if (place) await publisher.notice(id, 'stopped', { place }, words.stopped(undefined));
  }

  /** A background task ends with its worker. The same end is told once, by whoever comes to it first. */
  async tellOfCutOff(): Promise<void> {
    if (this.#needs.machine.state.left === 'task') await this.#tellOfLost('task');
  }

  /** Says something that no job asked for; the same once until the session's next turn. */
  async #tellOfLost(what: 'task' | 'turn'): Promise<void> {
    const { name, machine, publisher } = this.#needs;
    const { lastPlace: place, lastUsedAt = '' } = machine.metadata ?? {};
    if (!place) return;
    const [id, text] = what === 'task' ? ['background', words.backgroundCutOff(name)] : ['late', words.lateLost(name)];
    await publisher.notice(name, `${id}-${Date.parse(lastUsedAt)}`, { place }, text);
  }
}

/** Passes on what Claude says unasked, to where the session was last spoken to. */
export async function passLate(
  event: TurnEvent,
  { metadata }: Pick<SessionMachine, 'metadata'>,
  publisher: Pick<Publisher, 'said'>,
): Promise<void> {
  const place = metadata?.lastPlace;
  if (event.type === 'said' && place) await publisher.said(place, event.rowUuid, event.text);
}
