import type { OfferedModel } from '../control/control-desk.ts';
import { type ClaudeExit, exitError } from '../errors/classify-exit.ts';
import { requireUuid } from '../errors/require-uuid.ts';
import type { ListProcesses } from '../fence/list-processes.ts';
import type { StderrTail } from '../stream/stderr-tail.ts';
import { type Conversation, keepsConversation } from '../transcript/conversation.ts';
import { readTurnOf } from '../transcript/look-at-turn.ts';
import type { Past } from '../transcript/read-past.ts';
import { awaitExit } from './await-exit.ts';
import type { BackgroundWork, ClaudeCallbacks } from './callbacks.ts';
import type { Child } from './child.ts';
import type { ClaudeProcess, StopOptions } from './claude-process.ts';
import { Dialogue } from './dialogue.ts';
import { routeLines } from './route-lines.ts';
import { stopProcess } from './stop-process.ts';

const DEFAULT_MAX_LINE_BYTES = 32 * 1024 * 1024;

/** What of `ClaudeOptions` still matters when the process runs. */
interface RunningOptions extends Conversation, ClaudeCallbacks {
  inFlightUuid?: string | undefined;
  listProcesses?: ListProcesses | undefined;
  maxLineBytes?: number | undefined;
}

/** A process and the talk with it. starting → alive → ended; `stop` leads to ended from everywhere. */
export class RunningClaude implements ClaudeProcess {
  readonly pid: number;
  readonly claudeSessionId: string;
  readonly resumed: boolean;
  readonly foundLate: boolean;
  readonly exited: Promise<ClaudeExit>;
  lastOutputAt = Date.now();
  models: readonly OfferedModel[] = [];
  readonly #child: Child;
  readonly #options: RunningOptions;
  readonly #run: string;
  readonly #stderr: StderrTail;
  readonly #dialogue: Dialogue;
  #isAlive = false;
  #hasRun = false;
  #stopping: Promise<void> | undefined;

  constructor(
    child: Child,
    options: RunningOptions,
    start: { run: string; past: Past; continues: boolean; stderr: StderrTail },
  ) {
    this.#child = child;
    this.#options = options;
    this.#run = start.run;
    this.#stderr = start.stderr;
    this.pid = child.pid;
    this.claudeSessionId = options.claudeSessionId;
    this.resumed = start.past.resume;
    this.foundLate = start.past.late !== undefined;
    this.#dialogue = new Dialogue({
      stdin: child.stdin,
      past: start.past.inFlight,
      continues: start.continues,
      onPermission: options.onPermission,
      mcpServers: options.mcpServers,
      onLate: options.onLate,
      onBackground: (work) => options.onBackground?.(work),
      readTranscript: (uuid) => readTurnOf(options, uuid),
      onWarning: (warning) => this.#warn(warning),
    });
    this.exited = this.#follow();
  }

  get background(): BackgroundWork {
    return this.#dialogue.background;
  }

  /** Asks the CLI for a sign of life. Rejects with a `ClaudeError` if it ends first. */
  async initialize(): Promise<void> {
    this.models = await this.#dialogue.initialize();
    this.#isAlive = true;
  }

  async runTurn(...[message, options]: Parameters<ClaudeProcess['runTurn']>): ReturnType<ClaudeProcess['runTurn']> {
    requireUuid('uuid', message.uuid);
    const { inFlightUuid } = this.#options;
    if (!this.#hasRun && inFlightUuid !== undefined && message.uuid !== inFlightUuid) {
      throw new Error(`Expected message ${inFlightUuid}, which was in flight, to be the first, got ${message.uuid}.`);
    }
    const isFirst = !this.#hasRun;
    this.#hasRun = true;
    const outcome = await this.#dialogue.runTurn(message, options);
    const isPlain = isFirst && outcome.recovered === 'none' && outcome.status === 'answered';
    return isPlain ? { ...outcome, isKept: await this.#checkIfKept() } : outcome;
  }

  async interrupt(): Promise<void> {
    try {
      await this.#dialogue.interrupt();
    } catch (error) {
      if (this.#child.isAlive && this.#stopping === undefined) throw error;
    }
  }

  stop({ graceMs = 5_000 }: StopOptions = {}): Promise<void> {
    this.#stopping ??= stopProcess(this.#child, this.#run, {
      graceMs,
      list: this.#options.listProcesses,
    });
    return this.#stopping;
  }

  /** Reads the process to its end and tells all who wait. */
  async #follow(): Promise<ClaudeExit> {
    const dialogue = this.#dialogue;
    const stdout = routeLines(this.#child.stdout, this.#options.maxLineBytes ?? DEFAULT_MAX_LINE_BYTES, {
      line: (line) => dialogue.take(line),
      lost: () => dialogue.lostLine(),
      alive: () => {
        this.lastOutputAt = Date.now();
      },
      warn: (warning) => this.#warn(warning),
    });
    void this.#child.ended.then(() => dialogue.ending());
    const isWorking = () => dialogue.isTelling && this.#stopping === undefined;
    const ended = await awaitExit(this.#child, Promise.all([stdout, this.#stderr.ended]), isWorking);
    const exit: ClaudeExit = { ...ended, stderr: this.#stderr.text, stopped: this.#stopping !== undefined };
    dialogue.closed(exitError(exit, this.#isAlive ? 'turn' : 'start'));
    return exit;
  }

  /** With a config directory that cannot be written Claude answers as usual and keeps nothing (measured on 2.1.329). */
  async #checkIfKept(): Promise<boolean> {
    if (await keepsConversation(this.#options).catch(() => false)) return true;
    this.#warn(
      'Claude answered but wrote no transcript: it will not remember this conversation. Is its config directory writable?',
    );
    return false;
  }

  #warn(warning: string): void {
    this.#options.onWarning?.(warning);
  }
}
