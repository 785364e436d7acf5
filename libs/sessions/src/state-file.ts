import { randomBytes } from 'node:crypto';
import { open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { z } from 'zod';

/** What came of reading a state file. `corrupt`: it could not be used and was set aside, whole, at `setAside`. */
export type ReadState<T> =
  | { status: 'ok'; value: T }
  | { status: 'missing' }
  | { status: 'corrupt'; setAside: string; problem: string };

/** Reads a JSON file by its schema. One that cannot be used is renamed, never overwritten. Throws what the file system throws. */
export async function readState<T>(path: string, schema: z.ZodType<T>): Promise<ReadState<T>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { status: 'missing' };
    throw error;
  }
  const problem = problemOf(text, schema);
  if (problem === undefined) return { status: 'ok', value: schema.parse(JSON.parse(text)) };
  const setAside = `${path}.corrupt-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
  await rename(path, setAside);
  return { status: 'corrupt', setAside, problem };
}

/** Reads a JSON file by its schema without touching it; `undefined` if it is missing or cannot be used. */
export async function peekState<T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined || problemOf(text, schema) !== undefined ? undefined : schema.parse(JSON.parse(text));
}

function problemOf(text: string, schema: z.ZodType): string | undefined {
  try {
    const result = schema.safeParse(JSON.parse(text));
    return result.success
      ? undefined
      : result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  } catch {
    return 'it is not JSON';
  }
}

/**
 * Writes a JSON file so that a reader, also after a crash, sees the old one or the new one, whole. Only this user can read it.
 * Throws what the file system throws; the old one is then as it was.
 */
export async function writeState(path: string, value: unknown): Promise<void> {
  const temporary = `${path}.tmp-${randomBytes(6).toString('hex')}`;
  try {
    // A name that nobody else writes to: one that was frozen in here and wakes up must not write into the next one's file.
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(`${JSON.stringify(value, null, 2)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Removes what crashes have left of unfinished writes of a file. To be called when nobody writes it. Does what it can, never throws. */
export async function removeUnfinished(path: string): Promise<void> {
  const dir = dirname(path);
  const files = await readdir(dir).catch(() => []);
  const unfinished = files.filter((file) => file.startsWith(`${basename(path)}.tmp-`));
  await Promise.all(unfinished.map((file) => rm(join(dir, file), { force: true }).catch(() => undefined)));
}
