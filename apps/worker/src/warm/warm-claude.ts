import type { BackgroundWork, ClaudeProcess, StopOptions } from '@signalbox/claude';
import type { Log } from '@signalbox/service';
import type { Metadata, Persona } from '@signalbox/sessions';
import type { LaunchParameters } from './launch-parameters.ts';
import type { ProcessEvent } from './process-event.ts';
import type { LoadedSession } from './session-record.ts';

/** A process that is to be started. */
export interface Launch {
  readonly metadata: Metadata;
  readonly parameters: LaunchParameters;
  /** The message that was in flight when the last process ended. */
  readonly inFlightUuid: string | undefined;
  /** Breaks the start off. */
  readonly signal: AbortSignal;
  onBackground(background: BackgroundWork): void;
}

interface WarmClaudeNeeds {
  /** Starts a process. Throws `ClaudeError`. */
  launch(launch: Launch): Promise<ClaudeProcess>;
  /** What a Claude that starts now is to be started with, and whether the running one was. */
  readonly launchedWith: { renew(persona: Persona): Promise<LaunchParameters>; isUpToDate(): Promise<boolean> };
  /** Makes sure that Claude will know what was said. Throws `HistoryGone`. */
  requireHistory(metadata: Metadata): Promise<void>;
  /** Tells the session's state what becomes of the process; resolves when that is written down and dealt with. */
  dispatch(event: ProcessEvent): Promise<void>;
  readonly log: Log;
}

/** The handle of a session's Claude process while one runs. Belongs to the holder of the session's lease. */
export class WarmClaude {
  readonly #needs: WarmClaudeNeeds;
  #process: ClaudeProcess | undefined;
  /** Settles when the last process and its tools have ended and that is written down. */
  #stopped: Promise<void> = Promise.resolve();
  #persona: Persona | undefined;

  constructor(needs: WarmClaudeNeeds) {
    this.#needs = needs;
  }

  /** The living process; `undefined` while there is none. */
  get process(): ClaudeProcess | undefined {
    return this.#process;
  }

  /** The persona that the process was started with. */
  get persona(): Persona | undefined {
    return this.#persona;
  }

  /** Whether the process runs with what holds now. */
  isUpToDate(): Promise<boolean> {
    return this.#needs.launchedWith.isUpToDate();
  }

  /**
   * Starts the process. `willStart`: called when nothing is known to keep it from starting. Throws `ClaudeError`, `HistoryGone`, or the reason
   * of `signal` when it is aborted meanwhile.
   */
  async start(
    { metadata, persona }: LoadedSession,
    {
      inFlightUuid,
      signal,
      willStart,
    }: { inFlightUuid?: string | undefined; signal: AbortSignal; willStart?: () => Promise<void> },
  ): Promise<ClaudeProcess> {
    const { launch, launchedWith, dispatch, requireHistory } = this.#needs;
    // What is left of the last one is ended by the fence, if it could not be by itself.
    await this.#stopped.catch(() => undefined);
    await requireHistory(metadata);
    await willStart?.();
    this.#persona = persona;
    const parameters = await launchedWith.renew(persona);
    void dispatch({ type: 'starting' });
    const onBackground = (background: BackgroundWork) => void dispatch({ type: 'background', background });
    const process = await launch({ metadata, parameters, inFlightUuid, signal, onBackground }).catch((error) => {
      void dispatch({ type: 'not-started' });
      throw error;
    });
    this.#process = process;
    void process.exited.then(() => this.#ended(process));
    const { pid, background, foundLate } = process;
    await dispatch({ type: 'started', pid, background, foundLate });
    return process;
  }

  /** Stops the process and its tools, or waits until they are stopped if that has begun: the session is not let go before. */
  stop(options?: StopOptions): Promise<void> {
    const process = this.#process;
    this.#process = undefined;
    if (process) this.#stopped = this.#end(process, options);
    return this.#stopped;
  }

  async #end(process: ClaudeProcess, options?: StopOptions): Promise<void> {
    const { dispatch } = this.#needs;
    void dispatch({ type: 'stopping' });
    await process.stop(options);
    await dispatch({ type: 'stopped' });
  }

  /** It ended by itself. Its tools may live on: `stop` ends them too. */
  async #ended(process: ClaudeProcess): Promise<void> {
    if (this.#process !== process) return;
    await this.stop().catch((err: unknown) =>
      this.#needs.log.error({ err }, 'What a Claude left behind could not be ended'),
    );
    await this.#needs.dispatch({ type: 'ended' });
  }
}
