import { markerValue, markerVariable } from '@signalbox/claude';
import { beginningOf, plainOutput } from '@signalbox/contracts';
import type { RawEnvironment } from '@signalbox/service';
import { execa, type Result } from 'execa';
import { parseArgsStringToArgv as splitCommand } from 'string-argv';

/** What is said in a recording, or why that is not known, in words for a person. */
export type Transcript = { status: 'heard'; text: string } | { status: 'failed'; problem: string };

/** Turns a recording into text. Rejects only when `signal` is aborted; the command and its children are dead by then. */
export type Transcribe = (path: string, options: { marker: string; signal: AbortSignal }) => Promise<Transcript>;

/** How long a recording may take, in ms. */
const LIMIT_MS = 300_000;
/** Most that is taken of what the command prints, in characters. */
const MOST_TEXT = 50_000;
/** Longest part of its error that is repeated, in characters, and how much of the end of it is kept to find that. */
const LONGEST_ERROR = 200;
const KEPT_ERROR = 4_000;
/** What it gets to know: how the machine is, and no secret. */
const PASSED = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR'];

/**
 * A transcriber by the command line of TRANSCRIBE_COMMAND: it gets the path as its last argument and prints the text. `undefined` if there
 * is no such command. Quotes keep the words of the line together; no shell reads it.
 */
export function createTranscribe(
  commandLine: string | undefined,
  environment: RawEnvironment,
  limitMs = LIMIT_MS,
): Transcribe | undefined {
  if (commandLine === undefined) return undefined;
  const [program = '', ...args] = splitCommand(commandLine);
  const passed = Object.fromEntries(PASSED.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])));
  return async (path, { marker, signal }) => {
    signal.throwIfAborted();
    const child = execa(program, [...args, path], {
      // With the marker it is ended with the session's other processes, if its worker is killed.
      env: { ...passed, [markerVariable]: markerValue(marker) },
      extendEnv: false,
      reject: false,
      stdin: 'ignore',
      maxBuffer: MOST_TEXT,
      // It may print as much as it likes of its progress there.
      buffer: { stderr: false },
      // A group of its own: what it starts is ended with it.
      detached: true,
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (printed: string) => {
      stderr = (stderr + printed).slice(-KEPT_ERROR);
    });
    const end = () => endGroup(child.pid);
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      end();
    }, limitMs);
    signal.addEventListener('abort', end, { once: true });
    const result = await child;
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
    end();
    signal.throwIfAborted();
    const text = plainOutput(result.stdout).trim();
    if (isLate) return { status: 'failed', problem: `it took longer than ${limitMs / 1_000} s` };
    if (result.failed && !result.isMaxBuffer) return { status: 'failed', problem: describeFailure(result, stderr) };
    return text === '' ? { status: 'failed', problem: 'it printed nothing' } : { status: 'heard', text };
  };
}

function describeFailure(result: Pick<Result, 'exitCode' | 'code' | 'signal'>, stderr: string): string {
  const { exitCode, code, signal } = result;
  const how =
    exitCode === undefined ? `it could not be run (${code ?? signal ?? 'no reason given'})` : `exit code ${exitCode}`;
  const last = beginningOf(plainOutput(stderr).trim().split('\n').at(-1) ?? '', LONGEST_ERROR);
  return last === '' ? how : `${how}: ${last}`;
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group has ended.
  }
}
