import { randomUUID } from 'node:crypto';
import { ClaudeError } from '../errors/claude-error.ts';
import { killStaleProcesses } from '../fence/kill-stale-processes.ts';
import type { ClaudeProcess } from '../process/claude-process.ts';
import { RunningClaude } from '../process/running-claude.ts';
import { StderrTail } from '../stream/stderr-tail.ts';
import { continuesInterrupted, continuesLate, readPast } from '../transcript/read-past.ts';
import { buildArguments } from './build-arguments.ts';
import { buildEnvironment, secretsOf } from './build-environment.ts';
import { checkOptions } from './check-options.ts';
import { dieWithParent } from './die-with-parent.ts';
import type { ClaudeOptions } from './options.ts';
import { spawnClaude } from './spawn-claude.ts';

/** How much of the end of stderr is kept for error messages. */
const STDERR_BYTES = 16 * 1024;

/**
 * Starts the CLI for a session and resolves when it has shown that it lives: checks the options, ends what is left of the
 * session's earlier processes, reads what they left, spawns, and has `initialize` answered (about 0.3–0.5 s).
 *
 * Throws a `ClaudeError`: `missing-binary`, `missing-directory`, `fence-failed`, `start-failed`, `unsupported-version`,
 * `bypass-refused`, `session-not-found`, `session-in-use`. Nothing of it is left alive then. Wrong options are ordinary
 * errors. What `mayAct` rejects with and the reason of `signal` are passed on.
 */
export async function startClaude(options: ClaudeOptions): Promise<ClaudeProcess> {
  const mayAct = async () => {
    options.signal?.throwIfAborted();
    await options.mayAct?.();
  };
  await checkOptions(options);
  await killStaleProcesses(options.marker, {
    graceMs: options.fenceGraceMs,
    list: options.listProcesses,
    mayAct,
  });
  const past = await readPast(options, Date.now());
  const continues = continuesInterrupted(past);
  const prefix = (options.diesWithParent ?? true) ? await dieWithParent(options.environment) : [];
  const [program, ...args] = [...prefix, options.binary, ...buildArguments(options, past)];
  const run = randomUUID();
  const env = buildEnvironment(options, { run, continueInterrupted: continues || continuesLate(past) });
  await mayAct();
  const child = await spawnClaude({ words: [program ?? options.binary, ...args], cwd: options.cwd, env });
  const stderr = new StderrTail(child.stderr, STDERR_BYTES, secretsOf(options.environment));
  const claude = new RunningClaude(child, options, { run, past, continues, stderr });
  try {
    // What the last process said unasked may not have been passed on.
    for (const said of past.late?.said ?? []) await options.onLate({ type: 'said', ...said });
    await aliveWithin(claude, options.startTimeoutMs ?? 60_000, options.signal);
  } catch (error) {
    await claude.stop();
    throw error;
  }
  return claude;
}

/** Rejects when the time is over or the signal is aborted before the CLI has answered. */
async function aliveWithin(claude: RunningClaude, timeoutMs: number, signal: AbortSignal | undefined): Promise<void> {
  const alive = claude.initialize();
  alive.catch(() => {});
  let stopWaiting = () => {};
  const brokenOff = new Promise<never>((_, reject) => {
    const abort = () => reject(signal?.reason);
    const giveUp = () =>
      reject(new ClaudeError('start-failed', `Claude Code gave no sign of life within ${timeoutMs} ms of its start.`));
    const timer = setTimeout(giveUp, timeoutMs);
    signal?.addEventListener('abort', abort);
    stopWaiting = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
    if (signal?.aborted) abort();
  });
  try {
    await Promise.race([alive, brokenOff]);
  } finally {
    stopWaiting();
  }
}
