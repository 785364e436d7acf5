import { lstat, readlink, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import type { PermissionRequest } from '@signalbox/claude';
import { isWithin, type SessionDirectories } from '../files/session-directories.ts';

/** The file tools, and which of their inputs says what path is meant. */
const FILE_TOOLS: ReadonlyMap<string, string> = new Map([
  ...['Read', 'Write', 'Edit', 'MultiEdit'].map((tool) => [tool, 'file_path'] as const),
  ...['Glob', 'Grep', 'LS'].map((tool) => [tool, 'path'] as const),
  ['NotebookEdit', 'notebook_path'],
]);
/** Longest chain of links that lead nowhere yet. */
const MOST_LINKS = 40;
/** In a command a path may stand as the shell will read it; where that leads nobody knows yet. */
const FOR_THE_SHELL = /[$*?[\]{}`]/;

/**
 * The path by which a request reaches out of the session's directories, links followed; `undefined` if it stays inside, or if nobody can
 * say. The CLI names a path also for what lies inside but is protected, and where links lead elsewhere than it looks (measured on 2.1.329).
 */
export async function findOutside(
  { toolName, input, blockedPath }: Pick<PermissionRequest, 'toolName' | 'input' | 'blockedPath'>,
  { cwd, directories }: SessionDirectories,
): Promise<string | undefined> {
  const named = input[FILE_TOOLS.get(toolName) ?? ''];
  const meant = typeof named === 'string' ? resolve(cwd, withHome(named)) : pathIn(blockedPath);
  if (meant === undefined) return undefined;
  const [real, ...roots] = await Promise.all([meant, ...directories].map((path) => followLinks(path)));
  return real === undefined || roots.some((root) => root !== undefined && isWithin(real, root)) ? undefined : real;
}

/** What the CLI names of a command. A relative path is one of its shell, which may have gone to another directory. */
function pathIn(blockedPath: string | undefined): string | undefined {
  const path = withHome(blockedPath ?? '');
  return isAbsolute(path) && !FOR_THE_SHELL.test(path) ? resolve(path) : undefined;
}

function withHome(path: string): string {
  return path === '~' || path.startsWith('~/') ? `${homedir()}${path.slice(1)}` : path;
}

/** Where a path leads, also if there is nothing yet; `undefined` if it cannot be followed. */
async function followLinks(path: string, links = 0): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || links > MOST_LINKS || dirname(path) === path)
      return undefined;
  }
  const parent = await followLinks(dirname(path), links);
  if (parent === undefined) return undefined;
  const here = join(parent, basename(path));
  const isLink = await lstat(here).then(
    (found) => found.isSymbolicLink(),
    () => false,
  );
  return isLink ? followLinks(resolve(parent, await readlink(here)), links + 1) : here;
}
