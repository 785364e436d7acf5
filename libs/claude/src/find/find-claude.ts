import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { ClaudeError } from '../errors/claude-error.ts';
import { currentPlatform, type Platform, platformPackages } from './platform-package.ts';

interface FindClaudeOptions {
  /** The operator's CLAUDE_BIN: a path, or a name to look up in `path`. */
  explicit?: string | undefined;
  /** The value of PATH. */
  path: string;
  /** Directories from which npm packages are looked up. Default: this file's. */
  packageRoots?: readonly string[] | undefined;
  /** For tests. */
  platform?: Platform | undefined;
}

/** Where the CLI is, and how it was found. */
export interface FoundClaude {
  path: string;
  source: 'CLAUDE_BIN' | 'PATH' | 'npm';
}

/**
 * Finds the CLI: CLAUDE_BIN, else `claude` on PATH, else the native package that npm installed. A CLAUDE_BIN that does
 * not lead to a program is an error, never passed over. Throws `missing-binary`.
 */
export async function findClaude(options: FindClaudeOptions): Promise<FoundClaude> {
  const { explicit, path } = options;
  if (explicit !== undefined && explicit !== '') {
    const found =
      isAbsolute(explicit) || explicit.includes('/') ? await program(explicit) : await onPath(explicit, path);
    if (found !== undefined) return { path: found, source: 'CLAUDE_BIN' };
    throw new ClaudeError('missing-binary', `Expected CLAUDE_BIN to be an executable file, got '${explicit}'.`);
  }
  const onThePath = await onPath('claude', path);
  if (onThePath !== undefined) return { path: onThePath, source: 'PATH' };
  const installed = await fromNpm(options);
  if (installed !== undefined) return { path: installed, source: 'npm' };
  throw new ClaudeError(
    'missing-binary',
    `Expected Claude Code as CLAUDE_BIN, as 'claude' on PATH (${path}) or installed by npm, found none of them.`,
  );
}

async function onPath(name: string, path: string): Promise<string | undefined> {
  for (const directory of path.split(delimiter)) {
    const found = isAbsolute(directory) ? await program(join(directory, name)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

async function fromNpm({
  packageRoots = [import.meta.dirname],
  platform,
}: FindClaudeOptions): Promise<string | undefined> {
  for (const root of packageRoots) {
    for (const name of platformPackages(platform ?? currentPlatform())) {
      const manifest = resolveFrom(root, `${name}/package.json`);
      const found = manifest === undefined ? undefined : await program(join(dirname(manifest), 'claude'));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function resolveFrom(root: string, specifier: string): string | undefined {
  try {
    return createRequire(join(root, 'package.json')).resolve(specifier);
  } catch {
    return undefined;
  }
}

/** The path, if it leads to an executable file that is the CLI and not npm's placeholder for it. */
async function program(path: string): Promise<string | undefined> {
  try {
    await access(path, constants.X_OK);
    const file = await stat(path);
    return file.isFile() && !isPlaceholder(await realpath(path), file.size) ? path : undefined;
  } catch {
    return undefined;
  }
}

/** With `npm install --ignore-scripts` the package's own `bin` is a small script that only fails (measured on 2.1.329). */
function isPlaceholder(realPath: string, size: number): boolean {
  return realPath.endsWith('@anthropic-ai/claude-code/bin/claude.exe') && size < 64 * 1024;
}
