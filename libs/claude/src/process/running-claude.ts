import { z } from 'zod';
import { exitError } from '../errors/classify-exit.ts';
import { ClaudeError } from '../errors/claude-error.ts';
import { runEntry } from '../fence/marker.ts';
import { requireUuid } from '../start/check-options.ts';
import type { BackgroundWork, ClaudeOptions } from '../start/options.ts';
import type { Child } from '../start/spawn-claude.ts';
import type { StderrTail } from '../stream/stderr-tail.ts';
import { type Past, transcriptOf } from '../transcript/read-past.ts';
import { readTurn } from '../transcript/read-transcript.ts';
import type { TurnMessage } from '../turn/turn-message.ts';
import type { TurnOutcome } from '../turn/turn-outcome.ts';
import { awaitExit } from './await-exit.ts';
import type { ClaudeExit, ClaudeProcess, StopOptions, TurnOptions } from './claude-process.ts';
import { Dialogue } from './dialogue.ts';
import { routeLines } from './route-lines.ts';
import { stopProcess } from './stop-process.ts';

const DEFAULT_MAX_LINE_BYTES = 32 * 1024 * 1024;

const initialized = z.object({
  claude_code_version: z.string().catch('unknown'),
  session_state: z.string().optional().catch(undefined),
});

/** A process and the talk with it. starting → alive → ended; `stop` leads to ended from everywhere. */
export class RunningClaude implements ClaudeProcess {
  readonly pid: number;
  readonly claudeSessionId: string;
  readonly resumed: boolean;
  readonly foundLate: boolean;
  readonly exited: Promise<ClaudeExit>;
  version = 'unknown';
  lastOutputAt = Date.now();
  readonly #child: Child;
  readonly #options: ClaudeOptions;
  readonly #run: string;
  readonly #inFlightUuid: string | undefined;
  readonly #stderr: StderrTail;
  readonly #dialogue: Dialogue;
  #isAlive = false;
  #hasRun = false;
  #stopping: Promise<void> | undefined;

  constructor(
    child: Child,
    options: ClaudeOptions,
    start: { run: string; past: Past; continues: boolean; stderr: StderrTail },
  ) {
    this.#child = child;
    this.#options = options;
    this.#run = start.run;
    this.#inFlightUuid = options.inFlightUuid;
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
      readTranscript: (uuid) => this.#readTranscript(uuid),
      warn: (warning) => this.#warn(warning),
    });
    this.exited = this.#follow();
  }

  get model(): string | undefined {
    return this.#dialogue.state.model ?? this.#options.model;
  }

  get background(): BackgroundWork {
    return this.#dialogue.background;
  }

  /** Asks the CLI for a sign of life. Rejects with a `ClaudeError` if it ends first. */
  async initialize(): Promise<void> {
    const info = initialized.parse(await this.#dialogue.ask({ subtype: 'initialize', ...serversIn(this.#options) }));
    this.version = info.claude_code_version;
    this.#dialogue.continues(info.session_state);
    this.#isAlive = true;
  }

  async runTurn(message: TurnMessage, options: TurnOptions): Promise<TurnOutcome> {
    requireUuid('uuid', message.uuid);
    if (!this.#hasRun && this.#inFlightUuid !== undefined && message.uuid !== this.#inFlightUuid) {
      throw new Error(
        `Expected message ${this.#inFlightUuid}, which was in flight, to be the first, got ${message.uuid}.`,
      );
    }
    const isFirst = !this.#hasRun;
    this.#hasRun = true;
    const outcome = await this.#dialogue.runTurn(message, options);
    const isPlain = isFirst && outcome.recovered === 'none' && outcome.status === 'answered';
    return isPlain ? { ...outcome, isKept: await this.#checkIfKept() } : outcome;
  }

  async interrupt(): Promise<void> {
    try {
      // With `cancel_queued` a message that has not begun yet does not begin any more.
      await this.#dialogue.ask({ subtype: 'interrupt', cancel_queued: true });
    } catch (error) {
      if (this.#child.isAlive && this.#stopping === undefined) throw error;
    }
  }

  stop({ graceMs = 5_000 }: StopOptions = {}): Promise<void> {
    this.#stopping ??= stopProcess(this.#child, runEntry(this.#run), {
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
    const stopped = this.#stopping !== undefined;
    const exit: ClaudeExit = { ...ended, stderr: this.#stderr.text, stopped };
    dialogue.closed(
      stopped
        ? new ClaudeError('stopped', 'Claude Code was stopped.')
        : exitError(exit, this.#isAlive ? 'turn' : 'start'),
    );
    return exit;
  }

  async #readTranscript(messageUuid: string) {
    const path = await transcriptOf(this.#options);
    return path === undefined ? { state: 'absent' as const, said: [], tools: [] } : readTurn(path, messageUuid);
  }

  /** With a config directory that cannot be written Claude answers as usual and keeps nothing (measured on 2.1.329). */
  async #checkIfKept(): Promise<boolean> {
    const path = await transcriptOf(this.#options).catch(() => undefined);
    if (path !== undefined) return true;
    this.#warn(
      'Claude answered but wrote no transcript: it will not remember this conversation. Is its config directory writable?',
    );
    return false;
  }

  #warn(warning: string): void {
    this.#options.onWarning?.(warning);
  }
}

/** The CLI asks the servers for their tools when they are named here (measured on 2.1.329). */
function serversIn({ mcpServers = {} }: ClaudeOptions): { sdkMcpServers?: string[] } {
  const names = Object.keys(mcpServers);
  return names.length === 0 ? {} : { sdkMcpServers: names };
}
