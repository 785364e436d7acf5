import { isDeepStrictEqual } from 'node:util';
import type { ClaudeProcess, McpServer, OnPermission, StopOptions, TurnEvent } from '@signalbox/claude';
import type { PermissionMode } from '@signalbox/contracts';
import type { Lease } from '@signalbox/queues';
import type { Metadata, Persona } from '@signalbox/sessions';
import { TodoList } from '../progress/todo-list.ts';
import type { LoadedSession } from '../session/load-session.ts';
import type { SessionParts } from '../session/session-parts.ts';
import { launchClaude } from './launch-claude.ts';
import { type LaunchParameters, launchParameters } from './launch-parameters.ts';

interface WarmListener {
  /** Tools that Claude can use, by the name of their server. */
  readonly tools?: Readonly<Record<string, McpServer>>;
  /** Claude needs a permission, or wants to know something. */
  readonly permission: OnPermission;
  /** Claude said something without being asked. */
  late(event: TurnEvent): Promise<void>;
  /** Claude was at a turn of its own when its last process ended, and of that turn nothing is left. */
  lateLost(): Promise<void>;
  /** A background task was running when its last process ended. */
  taskLost(): Promise<void>;
  /** What Claude is at besides its messages has changed, or its process has ended by itself: whether the session is to be held may differ. */
  changed(background: ClaudeProcess['background']): void;
}

/** A session's Claude process while one runs, and the session's metadata, which says so. Both belong to the holder of the lease. */
export class WarmClaude {
  readonly #name: string;
  readonly #lease: Lease;
  readonly #parts: SessionParts;
  readonly #on: WarmListener;
  #process: ClaudeProcess | undefined;
  /** What the last process was started with. */
  #parameters: LaunchParameters | undefined;
  /** Settles when the last process and its tools have ended and that is written down. */
  #stopped: Promise<void> = Promise.resolve();
  #metadata: Metadata | undefined;
  #persona: Persona | undefined;
  /** What Claude has still to do, from turn to turn. */
  readonly todos = new TodoList();

  constructor(name: string, lease: Lease, parts: SessionParts, on: WarmListener) {
    this.#name = name;
    this.#lease = lease;
    this.#parts = parts;
    this.#on = on;
  }

  /** The living process; `undefined` while the session is cold. */
  get process(): ClaudeProcess | undefined {
    return this.#process;
  }

  /** As it was last read or written here; `undefined` before the first start. */
  get metadata(): Metadata | undefined {
    return this.#metadata;
  }

  /** The persona that the process was started with. */
  get persona(): Persona | undefined {
    return this.#persona;
  }

  /** Whether the session is certainly ours at this moment. */
  get isOurs(): boolean {
    return this.#lease.isSure();
  }

  /** Starts the process. Throws `ClaudeError`, or the reason of `signal` when it is aborted meanwhile. */
  async start(loaded: LoadedSession, inFlightUuid: string | undefined, signal: AbortSignal): Promise<ClaudeProcess> {
    const { store, claude, log } = this.#parts;
    // What is left of the last one is ended by the fence, if it could not be by itself.
    await this.#stopped.catch(() => undefined);
    this.#metadata = loaded.metadata;
    this.#persona = loaded.persona;
    const parameters = await this.#parametersOf(loaded.persona);
    this.#parameters = parameters;
    const session = { ...loaded, parameters, paths: store.paths(this.#name) };
    const process = await launchClaude(claude, session, {
      inFlightUuid,
      signal,
      log,
      mayAct: () => this.#lease.whenSure(),
      onPermission: this.#on.permission,
      onLate: this.#on.late,
      tools: this.#on.tools ?? {},
      onBackground: (background) => {
        void this.note({ background });
        this.#on.changed(background);
      },
    });
    this.#process = process;
    void process.exited.then(() => this.#ended(process));
    // The process below is at nothing yet: what is to be said of the last one is said before that is written down.
    if (loaded.metadata.background === 'turn' && !process.foundLate) await this.#on.lateLost();
    if (loaded.metadata.background === 'task') await this.#on.taskLost();
    await this.note({ status: 'active', pid: process.pid, background: process.background });
    return process;
  }

  /** Whether the process runs with what holds now: a person may have changed the session's settings or persona since it was started. */
  async isUpToDate(): Promise<boolean> {
    const persona = await this.#parts.store.peekPersona(this.#name);
    return persona !== undefined && isDeepStrictEqual(await this.#parametersOf(persona), this.#parameters);
  }

  /** Takes note of what the running process was told meanwhile, so that it counts as what it was started with. */
  learn(change: { rules: readonly string[]; permissionMode?: PermissionMode }): void {
    if (!this.#parameters) return;
    const { allowedTools, permissionMode } = this.#parameters;
    this.#parameters = {
      ...this.#parameters,
      allowedTools: [...new Set([...allowedTools, ...change.rules])],
      permissionMode: change.permissionMode ?? permissionMode,
    };
  }

  async #parametersOf(persona: Persona): Promise<LaunchParameters> {
    const { store, claude } = this.#parts;
    return launchParameters(persona, await store.peekSettings(this.#name), claude.permissionMode);
  }

  /** Takes over metadata that was written elsewhere. */
  adopt(metadata: Metadata): void {
    if (this.#metadata) this.#metadata = metadata;
  }

  /** Forgets the session's metadata: it is about to be another's, or nobody's. To be called when no process runs. */
  forget(): void {
    this.#metadata = undefined;
  }

  /**
   * Stops the process and its tools, or waits until they are stopped if that has begun: the session is not let go before.
   * `isOurs`: the session still is, so that its metadata may be written.
   */
  stop(isOurs: boolean, options?: StopOptions): Promise<void> {
    const process = this.#process;
    this.#process = undefined;
    if (process) this.#stopped = this.#end(process, isOurs, options);
    return this.#stopped;
  }

  async #end(process: ClaudeProcess, isOurs: boolean, options?: StopOptions): Promise<void> {
    const { background } = process;
    await process.stop(options);
    // What it was at besides its messages stays noted: whoever starts it next has to deal with that.
    if (isOurs) await this.note({ status: 'suspended', pid: null, background });
  }

  /**
   * Writes a change of the metadata down, and shows it to the lists. Neither failing harms a turn that has answered: what they hold
   * is told by the next change. Resolves to the file system's error if the metadata could not be written.
   */
  async note(change: Partial<Metadata>): Promise<unknown> {
    if (!this.#metadata || !this.#lease.isSure()) return undefined;
    this.#metadata = { ...this.#metadata, ...change };
    const { status, lastUsedAt, background } = this.#metadata;
    const { store, queues, log } = this.#parts;
    const onError = (err: unknown) => {
      log.error({ err, session: this.#name }, 'The state of a session could not be written down');
      return err;
    };
    const failure = await store.writeMetadata(this.#metadata).catch(onError);
    await queues.routing
      .noteActivity(this.#name, {
        status,
        lastUsedAt: Date.parse(lastUsedAt),
        ...(background === 'none' ? {} : { background: true }),
      })
      .catch(onError);
    return failure;
  }

  /** It ended by itself. Its tools may live on: `stop` ends them too. */
  async #ended(process: ClaudeProcess): Promise<void> {
    if (this.#process !== process) return;
    await this.stop(true).catch((err: unknown) =>
      this.#parts.log.error({ err }, 'What a Claude left behind could not be ended'),
    );
    this.#on.changed('none');
  }
}
