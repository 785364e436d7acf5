import { setTimeout } from 'node:timers/promises';
import { ClaudeError } from '../errors/claude-error.ts';
import { type ListProcesses, listProcesses } from './list-processes.ts';
import { markerEntry } from './marker.ts';
import { selectStale } from './select-stale.ts';

interface KillStaleOptions {
  /** Milliseconds between SIGTERM and SIGKILL. Default 4,000: in a Bash tool Claude needs 1–3 s (measured on 2.1.329). */
  graceMs?: number | undefined;
  /** How the processes are listed. Default: `listProcesses`. */
  list?: ListProcesses | undefined;
  /**
   * Awaited between listing the processes and signalling them: if the caller still acts for the session then, none of those listed
   * belongs to a successor. Its rejection ends the call.
   */
  mayAct?: (() => Promise<void>) | undefined;
}

/**
 * After how long the processes are looked at for the first time while they end, twice as long each time up to the second value; and for
 * how long after SIGKILL. In milliseconds. A look reads all of /proc, and a worker may have to end dozens of sessions' processes at once.
 */
const FIRST_LOOK_MS = 50;
const LAST_LOOKS_MS = 400;
const AFTER_KILL_MS = 3_000;

/**
 * The fence: ends every process that carries the session's marker, the tools' children too, and returns how many there
 * were. There is no lock in the CLI: two processes of one session both answer, and one's history is lost (measured on
 * 2.1.329). Children that do not carry the marker (a tool cleared its environment) get SIGTERM and are not waited for.
 * Throws `fence-failed` if one cannot be ended or the processes cannot be listed: then nothing may start.
 */
export function killStaleProcesses(marker: string, options: KillStaleOptions = {}): Promise<number> {
  return killProcesses(markerEntry(marker), options);
}

/** The same for all processes that have `entry` in their environment. */
export async function killProcesses(entry: string, options: KillStaleOptions = {}): Promise<number> {
  const { graceMs = 4_000, list = listProcesses, mayAct } = options;
  const seen = new Set<number>();
  const stale = async () => {
    const pids = selectStale(await listOrThrow(list, entry), process.pid);
    await mayAct?.();
    for (const pid of pids) seen.add(pid);
    return pids;
  };
  await endAll('SIGTERM', graceMs, stale);
  await endAll('SIGKILL', AFTER_KILL_MS, stale);
  const left = await stale();
  if (left.length > 0) {
    throw new ClaudeError(
      'fence-failed',
      `Expected no process with ${entry}, but these do not end: ${left.join(', ')}`,
    );
  }
  return seen.size;
}

/** Sends the signal to each process once, newcomers too, until none is left or the time is up. */
async function endAll(signal: NodeJS.Signals, timeMs: number, stale: () => Promise<number[]>): Promise<void> {
  const deadline = performance.now() + timeMs;
  const signalled = new Set<number>();
  let wait = FIRST_LOOK_MS;
  for (let pids = await stale(); pids.length > 0; pids = await stale()) {
    for (const pid of pids) {
      if (!signalled.has(pid)) send(signal, pid);
      // One that is frozen does not take SIGTERM before it is woken.
      if (!signalled.has(pid) && signal === 'SIGTERM') send('SIGCONT', pid);
      signalled.add(pid);
    }
    const left = deadline - performance.now();
    if (left <= 0) return;
    await setTimeout(Math.min(wait, left));
    wait = Math.min(2 * wait, LAST_LOOKS_MS);
  }
}

/** A process may have ended since it was listed, or belong to another user: then it is still there afterwards. */
function send(signal: NodeJS.Signals, pid: number): void {
  try {
    process.kill(pid, signal);
  } catch {}
}

async function listOrThrow(list: ListProcesses, entry: string) {
  try {
    return await list(entry);
  } catch (cause) {
    const message =
      'The processes of this machine cannot be listed (neither /proc nor `ps`), so an old Claude may be alive';
    throw new ClaudeError('fence-failed', message, { cause });
  }
}
