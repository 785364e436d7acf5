import { setTimeout } from 'node:timers/promises';
import { killProcesses } from '../fence/kill-stale-processes.ts';
import type { ListProcesses } from '../fence/list-processes.ts';
import { runEntry } from '../fence/marker.ts';
import type { Child } from './child.ts';

/** How long the tools' children may take after Claude itself has ended, in milliseconds. */
const CHILDREN_GRACE_MS = 1_000;

/**
 * SIGTERM, up to `graceMs`, SIGKILL; then the same for everything of its `run`: Bash children have sessions of
 * their own, so no process group holds them all, and they outlive a SIGKILL of Claude (measured on 2.1.329).
 */
export async function stopProcess(
  child: Child,
  run: string,
  { graceMs, list }: { graceMs: number; list?: ListProcesses | undefined },
): Promise<void> {
  child.kill('SIGTERM');
  if (!(await endsWithin(child, graceMs))) child.kill('SIGKILL');
  await child.ended;
  await killProcesses(runEntry(run), { graceMs: CHILDREN_GRACE_MS, list });
}

async function endsWithin(child: Child, ms: number): Promise<boolean> {
  const timer = new AbortController();
  try {
    return await Promise.race([
      child.ended.then(() => true),
      setTimeout(ms, false, { signal: timer.signal, ref: true }).catch(() => false),
    ]);
  } finally {
    timer.abort();
  }
}
