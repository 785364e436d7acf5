import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { cp, lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Place, parseName, type Settings } from '@signalbox/contracts';
import { type Metadata, newMetadata } from './metadata.ts';
import type { Persona } from './persona.ts';
import { pathsBelow, pathsOf } from './session-paths.ts';
import { writeState } from './state-file.ts';

/** What a session begins with. */
export interface NewSession {
  readonly name: string;
  readonly persona: Persona;
  readonly claudeSessionId: string;
  /** The job that makes it. */
  readonly createdBy: string;
  readonly lastPlace: Place | null;
  /** Where Claude works, if not in the session's own workspace. */
  readonly directory?: string | undefined;
  /** A directory whose contents its workspace begins with. */
  readonly contents?: string | undefined;
  readonly settings?: Settings;
  /** The last row of the conversation that it goes on with. */
  readonly lastRow?: string | undefined;
}

/** See `SessionFolders.create`. Made beside the others under a name that is none, and then renamed. */
export async function createSession(base: string, made: NewSession, now: Date): Promise<Metadata> {
  const { persona, settings, contents, ...rest } = made;
  const { dir } = pathsOf(base, made.name);
  await removeAll(base, draftPrefix(made.name)).catch(() => undefined);
  const draft = pathsBelow(join(base, `${draftPrefix(made.name)}${randomBytes(6).toString('hex')}`));
  const metadata = newMetadata({ ...rest, persona: persona.name, now });
  try {
    await mkdir(draft.workspace, { recursive: true, mode: 0o700 });
    if (contents !== undefined) await copyDirectory(contents, draft.workspace);
    await Promise.all([writeState(draft.metadata, metadata), writeState(draft.persona, persona)]);
    if (settings) await writeState(draft.settings, { version: 1, ...settings });
    await rename(draft.dir, dir);
  } catch (error) {
    await rm(draft.dir, { recursive: true, force: true });
    throw error;
  }
  return metadata;
}

/** See `SessionFolders.remove`. What is removed is put under a name first that is none of a session. */
export async function removeSession(base: string, name: string): Promise<void> {
  const aside = join(base, `${removedPrefix(name)}${randomBytes(6).toString('hex')}`);
  await rename(pathsOf(base, name).dir, aside).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await removeAll(base, removedPrefix(name));
}

/** The names of all sessions below `base`, which is made if it is not there. */
export async function sessionNames(base: string): Promise<string[]> {
  await mkdir(base, { recursive: true, mode: 0o700 });
  const entries = await readdir(base, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() && parseName(entry.name) === entry.name ? [entry.name] : []));
}

/** Whether a directory is there; a link to one is none. */
export async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isDirectory();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

function draftPrefix(name: string): string {
  return `.new-${name}.`;
}

function removedPrefix(name: string): string {
  return `.removed-${name}.`;
}

/** Also what crashes have left. */
async function removeAll(base: string, prefix: string): Promise<void> {
  const entries = (await readdir(base)).filter((entry) => entry.startsWith(prefix));
  await Promise.all(entries.map((entry) => rm(join(base, entry), { recursive: true, force: true })));
}

/** As cheap as the file system allows; links stay what they are. */
async function copyDirectory(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true, mode: constants.COPYFILE_FICLONE, verbatimSymlinks: true });
}
