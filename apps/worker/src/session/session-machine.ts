import { isDeepStrictEqual } from 'node:util';
import type { TurnOutcome } from '@signalbox/claude';
import type { Place } from '@signalbox/contracts';
import type { Lease, Routing } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import type { Metadata, PersonaLibrary, SessionStore } from '@signalbox/sessions';
import type { Publisher } from '../output/publish.ts';
import type { LoadedFor, LoadedSession, SessionRecord } from '../warm/session-record.ts';
import { loadSession, type StateFiles } from './load-session.ts';
import { recordUsage } from './record-usage.ts';
import {
  type Background,
  COLD,
  metadataOf,
  nextState,
  phaseOf,
  type SessionEvent,
  type Turn,
} from './session-state.ts';

/** Is told what happens to a session, in the order in which it happens. */
export interface SessionListener {
  /** What Claude is at besides its messages has changed; `none` also when its process has ended by itself. */
  background?(background: Background): void;
  /** A process has started, and of what the last one was cut off from nothing is left. */
  lost?(what: 'task' | 'turn'): Promise<void>;
}

interface SessionMachineNeeds {
  readonly name: string;
  readonly lease: Lease;
  readonly store: StateFiles & Pick<SessionStore, 'peekMetadata' | 'readUsage' | 'writeUsage'>;
  readonly library: Pick<PersonaLibrary, 'read'>;
  readonly routing: Pick<Routing, 'setActivity'>;
  readonly publisher: Pick<Publisher, 'notice'>;
  readonly log: Log;
}

/** The state of a session while this worker holds its lease: it alone writes the session's metadata and what the lists show of it. */
export class SessionMachine implements SessionRecord {
  readonly #needs: SessionMachineNeeds;
  readonly #listeners: SessionListener[] = [];
  #state = COLD;
  #metadata: Metadata | undefined;

  constructor(needs: SessionMachineNeeds) {
    this.#needs = needs;
  }

  /** What Claude is at now; see the drawing in `session-state.ts`. */
  get state() {
    return this.#state;
  }

  get turn(): Turn | undefined {
    return this.#state.turn;
  }

  get metadata(): Metadata | undefined {
    return this.#metadata;
  }

  /** Tells a listener of all that happens from now on. */
  listen(listener: SessionListener): void {
    this.#listeners.push(listener);
  }

  /** Takes what has happened. Resolves when it is written down, and whoever has to deal with it has done so. */
  async dispatch(event: SessionEvent): Promise<void> {
    const before = this.#state;
    this.#state = nextState(before, event);
    const [from, to] = [phaseOf(before), phaseOf(this.#state)];
    if (from !== to) this.#needs.log.debug({ session: this.#needs.name, from, to }, 'A session has another state');
    const metadata = metadataOf(this.#state);
    const written = isDeepStrictEqual(metadata, metadataOf(before)) ? undefined : this.#write(metadata);
    const { claude, background } = this.#state;
    if (event.type === 'ended' || (claude === 'warm' && background !== before.background))
      for (const listener of this.#listeners) listener.background?.(background);
    await written;
    if (event.type === 'started') await this.#settleLeft(event.foundLate);
  }

  /** What is to be said of the last process is said before that is forgotten. */
  async #settleLeft(foundLate: boolean): Promise<void> {
    const { left } = this.#state;
    if (left === 'none') return;
    const isLost = left === 'task' || !foundLate;
    if (isLost) for (const { lost } of this.#listeners) await lost?.(left);
    await this.dispatch({ type: 'settled' });
  }

  /** Looks at what the last holder has written, and changes nothing. */
  async look(): Promise<void> {
    const { name, store } = this.#needs;
    const found = this.#metadata ?? (await store.peekMetadata(name));
    // A directory that was copied holds the other's name.
    if (found) this.#adopt({ ...found, name });
  }

  async load(loadedFor?: LoadedFor): Promise<LoadedSession> {
    const { name, store, library, publisher } = this.#needs;
    const { metadata: read, persona, notices } = await loadSession(name, { store, library });
    const metadata = this.#adopt(read);
    if (loadedFor)
      for (const { what, text } of notices) await publisher.notice(loadedFor.jobId, what, loadedFor.to, text);
    return { metadata, persona };
  }

  /** What is known here of a process that runs is newer than what was read. */
  #adopt(read: Metadata): Metadata {
    const metadata = this.#state.claude === 'warm' ? { ...read, ...metadataOf(this.#state) } : read;
    this.#metadata = metadata;
    this.#state = nextState(this.#state, { type: 'read', background: metadata.background });
    return metadata;
  }

  async change(change: Partial<Metadata>, loadedFor: LoadedFor): Promise<void> {
    const { metadata } = await this.load(loadedFor);
    this.#metadata = { ...metadata, ...change };
    await this.#needs.store.writeMetadata(this.#metadata);
  }

  async recordTurn(outcome: TurnOutcome, place: Place): Promise<unknown> {
    await this.recordUsage(outcome);
    const { turns = 0, costUsd = 0 } = this.#metadata ?? {};
    const lastUsedAt = new Date().toISOString();
    const { lastRow = this.#metadata?.lastRow } = outcome;
    const counted = { lastUsedAt, turns: turns + 1, costUsd: costUsd + outcome.costUsd };
    // A turn that was interrupted does not show that the API takes the conversation.
    const taken = outcome.status === 'answered' && { refused: undefined };
    return this.#write({ ...counted, lastPlace: place, lastRow, ...taken });
  }

  recordUsage(outcome: TurnOutcome): Promise<void> {
    return recordUsage(this.#needs.name, outcome, this.#needs);
  }

  forget(): void {
    this.#metadata = undefined;
    this.#state = nextState(this.#state, { type: 'settled' });
  }

  /**
   * Writes a change of the metadata down, and shows it to the lists. Neither failing harms a turn that has answered: what they hold
   * is told by the next change. Resolves to the file system's error if the metadata could not be written.
   */
  async #write(change: Partial<Metadata>): Promise<unknown> {
    const { name, lease, store, routing, log } = this.#needs;
    if (!this.#metadata || !lease.isSure()) return undefined;
    this.#metadata = { ...this.#metadata, ...change };
    const { status, lastUsedAt, background } = this.#metadata;
    const onError = (err: unknown) => {
      log.error({ err, session: name }, 'The state of a session could not be written down');
      return err;
    };
    const failure = await store.writeMetadata(this.#metadata).catch(onError);
    const activity = { status, lastUsedAt: Date.parse(lastUsedAt), ...(background !== 'none' && { background: true }) };
    await routing.setActivity(name, activity).catch(onError);
    return failure;
  }
}
