import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cloud } from '../cloud/cloud.ts';
import type { Watch } from '../cloud/watch.ts';
import { restoreCloud, type SavedCloud, saveCloud } from './saved-cloud.ts';

/** How long changes are collected before they are written, in ms. */
const PACE_MS = 300;

/** Writes down what happens in a cloud. */
export type Keeper = {
  /** Writes what there is now. Resolves when it is on the disk. */
  close(): Promise<void>;
};

type Written = SavedCloud & { isWhole: boolean };

/**
 * Makes a new cloud what it was when it was last kept in `dir`, if it was, and keeps there what happens in it: soon after each change, and
 * at the end. A file that cannot be read is set aside beside its place; what cannot be written is warned of once.
 */
export async function keepCloud(dir: string, cloud: Cloud, on: Watch['on']): Promise<Keeper> {
  await restoreFrom(dir, cloud);
  return keepIn(dir, cloud, on);
}

async function restoreFrom(dir: string, cloud: Cloud): Promise<void> {
  await mkdir(join(dir, 'files'), { recursive: true, mode: 0o700 });
  const written = await readWritten(join(dir, 'chats.json'));
  const names = new Set(written?.files.map(({ ref }) => ref.file_unique_id));
  const bytes = new Map<string, Uint8Array>();
  for (const name of await readdir(join(dir, 'files'))) {
    const path = join(dir, 'files', name);
    if (names.has(name)) bytes.set(name, await readFile(path));
    else await rm(path, { force: true });
  }
  if (written)
    restoreCloud(cloud, written, { isWhole: written.isWhole, bytesOf: ({ ref }) => bytes.get(ref.file_unique_id) });
}

async function keepIn(dir: string, cloud: Cloud, on: Watch['on']): Promise<Keeper> {
  const kept = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let last = Promise.resolve();
  let hasFailed = false;
  const write = (isWhole: boolean) => {
    timer = undefined;
    last = last
      .then(() => writeDown(dir, cloud, { isWhole, kept }))
      .catch((error: Error) => {
        if (!hasFailed) process.emitWarning(`The chats cannot be kept in ${dir}: ${error.message}`);
        hasFailed = true;
      });
    return last;
  };
  const stop = on(({ kind }) => {
    if (kind === 'message' || kind === 'chats' || kind === 'updates' || kind === 'commands')
      timer ??= setTimeout(() => void write(false), PACE_MS).unref();
  });
  // What was whole is no longer: whoever kills this process now leaves changes behind that nobody knows of.
  await write(false);
  return {
    close() {
      stop();
      clearTimeout(timer);
      return write(true);
    },
  };
}

async function readWritten(path: string): Promise<Written | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    const written = JSON.parse(text) as Written;
    if (written.version === 1) return written;
  } catch {
    // Set aside below.
  }
  await rename(path, `${path}.unreadable`);
  return undefined;
}

/** @param kept the files whose bytes are on the disk; grows */
async function writeDown(dir: string, cloud: Cloud, options: { isWhole: boolean; kept: Set<string> }): Promise<void> {
  const { isWhole, kept } = options;
  const saved = saveCloud(cloud);
  for (const { ref } of saved.files) {
    const file = kept.has(ref.file_unique_id) ? undefined : cloud.files.byId(ref.file_id);
    if (file) await writeFile(join(dir, 'files', ref.file_unique_id), file.data, { mode: 0o600 });
    kept.add(ref.file_unique_id);
  }
  const written: Written = { ...saved, isWhole };
  const path = join(dir, 'chats.json');
  await writeFile(`${path}.new`, JSON.stringify(written), { mode: 0o600 });
  await rename(`${path}.new`, path);
}
