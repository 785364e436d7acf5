import { execa } from 'execa';
import { ClaudeError } from '../errors/claude-error.ts';
import type { Child } from '../process/child.ts';

/**
 * Spawns without a shell, with exactly this environment, in a process group of its own: Ctrl-C in the worker's terminal
 * reaches the worker, and the worker decides what becomes of Claude. Throws `start-failed` if there is no process.
 */
export async function spawnClaude(command: {
  words: readonly [string, ...string[]];
  cwd: string;
  env: Record<string, string>;
}): Promise<Child> {
  const [program, ...args] = command.words;
  const subprocess = execa(program, args, {
    cwd: command.cwd,
    env: command.env,
    extendEnv: false,
    reject: false,
    buffer: false,
    encoding: 'buffer',
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'pipe',
    detached: true,
    cleanup: false,
    forceKillAfterDelay: false,
  });
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    subprocess.once('exit', (code, signal) => resolve({ code, signal }));
  });
  // A closed pipe is seen by whoever writes, and by `ended`; it must not end the worker.
  subprocess.stdin.on('error', () => {});
  if (subprocess.pid === undefined) {
    const { shortMessage } = await subprocess;
    throw new ClaudeError('start-failed', `Claude Code could not be started: ${shortMessage}`);
  }
  return {
    pid: subprocess.pid,
    stdin: subprocess.stdin,
    stdout: subprocess.stdout,
    stderr: subprocess.stderr,
    get isAlive() {
      return subprocess.exitCode === null && subprocess.signalCode === null;
    },
    kill: (signal) => void subprocess.kill(signal),
    ended,
  };
}
