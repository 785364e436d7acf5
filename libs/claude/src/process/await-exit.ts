import { setTimeout } from 'node:timers/promises';
import type { Child } from './child.ts';

/** How long the pipes of a process that ended are waited for while nothing comes out of them, in milliseconds. */
const PIPE_GRACE_MS = 2_000;

/**
 * Resolves when the process has ended and what it printed was read: its last line may be the result. A child of a tool may
 * hold the pipe open for ever, so a pipe that stays silent is closed; one whose lines are still being worked on is not.
 */
export async function awaitExit(
  child: Child,
  reading: Promise<unknown>,
  isWorking: () => boolean,
): Promise<{ code: number | null; signal: string | null }> {
  const exit = await child.ended;
  const timer = new AbortController();
  const read = reading.then(() => true);
  const waitABit = () => setTimeout(PIPE_GRACE_MS, false, { signal: timer.signal }).catch(() => false);
  while (!(await Promise.race([read, waitABit()]))) {
    if (isWorking()) continue;
    child.stdout.destroy();
    child.stderr.destroy();
    break;
  }
  timer.abort();
  return exit;
}
