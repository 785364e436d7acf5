import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** The inbox cannot be used as it is, in words for a person. */
export class InboxProblem extends Error {
  override name = 'InboxProblem';
}

/** The directory of a session into which the files of its people are put. For the holder of the session's lease. */
export interface Inbox {
  pathOf(name: string): string;
  /** The size of a file that is there, in bytes; `undefined` if it is not. */
  sizeOf(name: string): Promise<number | undefined>;
  /** Puts a file there, whole or not at all. Throws what the file system or `bytes` throws. */
  write(name: string, bytes: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<void>;
  /** What a file holds. */
  read(name: string): Promise<Buffer>;
}

const UNFINISHED = '.unfinished-';

/** Makes the inbox if it is not there, and clears away what crashes have left. Throws `InboxProblem` or the file system's error. */
export async function openInbox(dir: string): Promise<Inbox> {
  await mkdir(dir, { recursive: true, mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  // A link could lead anywhere.
  if (!(await lstat(dir)).isDirectory()) throw new InboxProblem(`${dir} is not a directory. Rename or remove it.`);
  const left = (await readdir(dir)).filter((name) => name.startsWith(UNFINISHED));
  await Promise.all(left.map((name) => rm(join(dir, name), { force: true })));
  const pathOf = (name: string) => join(dir, name);
  return {
    pathOf,
    sizeOf: (name) => sizeOf(pathOf(name)),
    read: (name) => readRegular(pathOf(name)),
    async write(name, bytes) {
      const draft = pathOf(`${UNFINISHED}${randomBytes(6).toString('hex')}`);
      try {
        await writeAll(draft, bytes);
        await rename(draft, pathOf(name));
      } catch (error) {
        await rm(draft, { force: true }).catch(() => undefined);
        throw error;
      }
    },
  };
}

/** The size of a regular file, in bytes; `undefined` if there is none. */
export async function sizeOf(path: string): Promise<number | undefined> {
  const found = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return found?.isFile() ? found.size : undefined;
}

async function writeAll(path: string, bytes: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of bytes) await file.appendFile(chunk);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** What a regular file holds; no link is followed. */
export async function readRegular(path: string): Promise<Buffer> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    return await file.readFile();
  } finally {
    await file.close();
  }
}
