import { realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, resolve } from 'node:path';
import { isWithin } from '../files/session-directories.ts';

/** Where a session may be told to work, or why it may not, in words for the chat. */
export type ResolvedDirectory = { path: string } | { problem: string };

/**
 * The directory that a person named, if it lies below one of the roots: as it really is, links followed. A relative one is looked for
 * under each root in turn.
 */
export async function resolveDirectory(typed: string, roots: readonly string[]): Promise<ResolvedDirectory> {
  if (roots.length === 0) {
    return { problem: 'WORKSPACE_ROOTS is not set, so sessions work in their own directories only' };
  }
  const real = (await Promise.all(roots.map((root) => realDirectory(withHome(root))))).filter(
    (root) => root !== undefined,
  );
  const path = withHome(typed);
  const candidates = isAbsolute(path) ? [path] : real.map((root) => resolve(root, path));
  const found = (await Promise.all(candidates.map(realDirectory))).filter((each) => each !== undefined);
  if (found.length === 0) return { problem: `${typed} is no directory here` };
  const allowed = found.find((each) => real.some((root) => isWithin(each, root)));
  return allowed === undefined
    ? { problem: `${typed} does not lie below one of the directories in WORKSPACE_ROOTS` }
    : { path: allowed };
}

function withHome(path: string): string {
  return path === '~' || path.startsWith('~/') ? `${homedir()}${path.slice(1)}` : path;
}

async function realDirectory(path: string): Promise<string | undefined> {
  try {
    const real = await realpath(path);
    return (await stat(real)).isDirectory() ? real : undefined;
  } catch {
    return undefined;
  }
}
