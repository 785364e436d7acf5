import { resolve, sep } from 'node:path';

/** What is wrong and what to do, by the code of the file system's error. */
const PROBLEMS: Record<string, { is: string; mend: string }> = {
  ENOSPC: { is: 'the disk is full', mend: 'Free some space there' },
  EDQUOT: { is: 'the disk quota is used up', mend: 'Free some space there, or raise the quota' },
  EROFS: { is: 'the disk is read-only', mend: 'Mount it writable again; the system’s log says why it is not' },
  EACCES: { is: 'the worker’s user may not', mend: 'Give it the right to read and write there' },
  EPERM: { is: 'the worker’s user may not', mend: 'Give it the right to read and write there' },
  EIO: { is: 'the disk reports an error', mend: 'Check the disk; the system’s log says more' },
};

/** One or two sentences for the chat about a disk that fails below `dir`; `undefined` for any other error. */
export function describeDiskProblem(error: unknown, dir: string): string | undefined {
  const { code, path } = (error ?? {}) as { code?: unknown; path?: unknown };
  const problem = typeof code === 'string' ? PROBLEMS[code] : undefined;
  // What fails in an open file names no path.
  if (!problem || (typeof path === 'string' && !isBelow(path, dir))) return undefined;
  return `${dir} cannot be used: ${problem.is} (${code}). ${problem.mend}.`;
}

function isBelow(path: string, dir: string): boolean {
  return `${resolve(path)}${sep}`.startsWith(`${resolve(dir)}${sep}`);
}
