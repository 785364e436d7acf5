import { readlink } from 'node:fs/promises';
import { listProcesses } from '../fence/list-processes.ts';
import { markerEntry } from '../fence/marker.ts';
import { readTail } from './read-tail.ts';

/** What a running command of Claude's has printed. */
export interface ToolOutput {
  /** The end of it. */
  readonly tail: string;
  /** Since when it runs, in ms since the epoch. */
  readonly since: number;
}

/**
 * What the running commands of a session have printed, the oldest first; each at most `maxBytes` from the end. The CLI has its Bash tool
 * write into a file `…/<session>/tasks/<id>.output` below the directory for temporary files, in the foreground too (measured on
 * 2.1.329): the files are found by looking where the session's processes write to. Empty where there is no /proc.
 */
export async function tailTools(
  session: { marker: string; claudeSessionId: string },
  maxBytes: number,
): Promise<ToolOutput[]> {
  const processes = await listProcesses(markerEntry(session.marker)).catch(() => []);
  const outputs = await Promise.all(processes.filter(({ marked }) => marked).map(({ pid }) => outputOf(pid)));
  const inSession = new RegExp(`/${session.claudeSessionId}/tasks/[^/]+\\.output$`);
  const paths = new Set(outputs.filter((path) => path !== undefined && inSession.test(path)));
  const tails = await Promise.all([...paths].map((path) => readTail(path as string, maxBytes).catch(() => undefined)));
  return tails
    .filter((each) => each !== undefined)
    .sort((a, b) => a.since - b.since)
    .map(({ text, since }) => ({ tail: text, since }));
}

function outputOf(pid: number): Promise<string | undefined> {
  return readlink(`/proc/${pid}/fd/1`).catch(() => undefined);
}
