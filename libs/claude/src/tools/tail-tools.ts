import { open, readlink, stat } from 'node:fs/promises';
import { listProcesses } from '../fence/list-processes.ts';
import { markerEntry } from '../fence/marker.ts';

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
  const tails = await Promise.all([...paths].map((path) => tail(path as string, maxBytes).catch(() => undefined)));
  return tails.filter((each) => each !== undefined).sort((a, b) => a.since - b.since);
}

function outputOf(pid: number): Promise<string | undefined> {
  return readlink(`/proc/${pid}/fd/1`).catch(() => undefined);
}

/** Longer than any secret: of one that is cut off at its beginning nothing may be left. In UTF-16 units. */
const LEFT_OUT = 512;

/** Without what may have begun before the text. */
function wholeLines(text: string): string {
  const start = text.indexOf('\n') + 1;
  return text.slice(start > 0 ? start : LEFT_OUT);
}

async function tail(path: string, maxBytes: number): Promise<ToolOutput> {
  const { size, birthtimeMs } = await stat(path);
  const file = await open(path, 'r');
  try {
    const from = Math.max(0, size - maxBytes);
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(size - from), position: from });
    const text = buffer.toString('utf8', 0, bytesRead);
    return { tail: from === 0 ? text : wholeLines(text), since: birthtimeMs };
  } finally {
    await file.close();
  }
}
