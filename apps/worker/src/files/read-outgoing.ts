import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { describeSize, MAX_UPLOAD_BYTES } from '@signalbox/contracts';
import type { Redact } from '@signalbox/service';
import { isWithin, type SessionDirectories } from './session-directories.ts';

/** A file that may be sent, or why it may not, in words for Claude. */
export type Outgoing =
  | { status: 'ready'; name: string; path: string; bytes: Buffer }
  | { status: 'refused'; problem: string };

/** From where files may be sent. */
export interface Outlet extends SessionDirectories {
  /** Finds what may not leave this machine. */
  readonly redact: Redact;
}

/** Reads a file that Claude wants to send: a regular file inside the session's directories, wherever links lead, and of bounded size. */
export async function readOutgoing(path: string, { cwd, directories, redact }: Outlet): Promise<Outgoing> {
  try {
    const real = await realpath(resolve(cwd, path));
    if (!(await isInside(real, directories))) {
      return refused(`${path} is outside the session's directories (${directories.join(', ')}). Copy it there first.`);
    }
    const read = await readRegular(real, path);
    if (read.status === 'ready' && holdsSecret(read.bytes, redact)) {
      return refused(
        `${path} holds what looks like a password or key, which must not leave this machine. Remove that first.`,
      );
    }
    return read;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return refused(code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read (${code}).`);
  }
}

async function readRegular(real: string, path: string): Promise<Outgoing> {
  // Neither a link that was put in its place meanwhile is followed, nor a pipe waited for.
  const file = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const stat = await file.stat();
    if (!stat.isFile()) return refused(`${path} is not a regular file.`);
    if (stat.size === 0) return refused(`${path} is empty, and Telegram takes no empty file.`);
    if (stat.size > MAX_UPLOAD_BYTES) return refused(`${path} has ${stat.size} bytes. ${LIMIT}`);
    return { status: 'ready', name: shownName(real), path: real, bytes: await file.readFile() };
  } finally {
    await file.close();
  }
}

/** What Telegram takes, in words. */
export const LIMIT = `At most ${describeSize(MAX_UPLOAD_BYTES)} can be sent at once.`;

async function isInside(real: string, directories: readonly string[]): Promise<boolean> {
  const roots = await Promise.all(directories.map((directory) => realpath(directory).catch(() => undefined)));
  return roots.some((root) => root !== undefined && isWithin(real, root));
}

function holdsSecret(bytes: Buffer, redact: Redact): boolean {
  const text = bytes.toString('latin1');
  return redact(text) !== text;
}

function shownName(path: string): string {
  return basename(path)
    .replaceAll(/[\p{Cc}"\\/]+/gu, '_')
    .slice(-120);
}

function refused(problem: string): Outgoing {
  return { status: 'refused', problem };
}
