import type { ClaudeErrorCode } from './advice.ts';
import { ClaudeError } from './claude-error.ts';

/** The sentences the CLI prints to stderr before it ends by itself (measured on 2.1.329). */
const SENTENCES: readonly (readonly [RegExp, ClaudeErrorCode])[] = [
  [/No conversation found with session ID|does not match any session title/, 'session-not-found'],
  [/Session ID \S+ is already in use/, 'session-in-use'],
  [/unknown option/, 'unsupported-version'],
  [/cannot be used with root\/sudo privileges/, 'bypass-refused'],
];

/** How a process ended. */
export interface ClaudeExit {
  code: number | null;
  signal: string | null;
  /** The end of what it printed to stderr, credentials blotted out. */
  stderr: string;
  /** Whether `stop` was called before. */
  stopped: boolean;
}

/** The error for whoever still waited for a process that ended. `phase`: before or after it showed that it lives. */
export function exitError(exit: ClaudeExit, phase: 'start' | 'turn'): ClaudeError {
  if (exit.stopped) return new ClaudeError('stopped', 'Claude Code was stopped.');
  const known = SENTENCES.find(([sentence]) => sentence.test(exit.stderr));
  // Killed from outside, it may well start the next time.
  const code = known?.[1] ?? (phase === 'start' && exit.signal === null ? 'start-failed' : 'exited');
  const how = exit.signal === null ? `with code ${exit.code}` : `by ${exit.signal}`;
  const when = phase === 'start' ? 'before it was ready' : 'during a turn';
  return new ClaudeError(code, `Claude Code ended ${how} ${when}. stderr: ${exit.stderr || '(empty)'}`);
}
