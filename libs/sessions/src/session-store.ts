import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { cp, lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Place, parseName, type Settings } from '@signalbox/contracts';
import { createInTurn } from './in-turn.ts';
import { type Metadata, metadataSchema, newMetadata } from './metadata.ts';
import { type Persona, personaSchema } from './persona.ts';
import { settingsFileSchema } from './settings.ts';
import { peekState, type ReadState, readState, removeUnfinished, writeState } from './state-file.ts';
import { type Usage, usageSchema } from './usage.ts';

/** The places of one session on disk. */
export interface SessionPaths {
  readonly dir: string;
  /** The working directory of Claude. It cannot reach the state files above it without leaving its directory. */
  readonly workspace: string;
  /** Files that people sent, in the session's own directory wherever Claude works. Made when the first one comes. */
  readonly inbox: string;
  readonly metadata: string;
  readonly persona: string;
  readonly settings: string;
  readonly usage: string;
}

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
}

/** The sessions on disk, one directory each. Nothing is cached; only the holder of a session's lease may write. */
export interface SessionStore {
  /** The directory of all sessions. */
  readonly root: string;
  paths(name: string): SessionPaths;
  /** Whether the session's directory is there (a link does not count: it could lead anywhere). */
  exists(name: string): Promise<boolean>;
  /** Makes a session, whole or not at all. Rejects with `EEXIST` or `ENOTEMPTY` if its directory is there already. */
  create(made: NewSession): Promise<Metadata>;
  readMetadata(name: string): Promise<ReadState<Metadata>>;
  /** A look by somebody who does not hold the session's lease: what cannot be used is left where it is. */
  peekMetadata(name: string): Promise<Metadata | undefined>;
  writeMetadata(metadata: Metadata): Promise<void>;
  readPersona(name: string): Promise<ReadState<Persona>>;
  /** The persona that holds; `undefined` if it is missing or cannot be used. */
  peekPersona(name: string): Promise<Persona | undefined>;
  writePersona(name: string, persona: Persona): Promise<void>;
  /** For the holder of the session's control queue. */
  readSettings(name: string): Promise<ReadState<Settings>>;
  /** The settings that hold; none if they are missing or cannot be used. */
  peekSettings(name: string): Promise<Settings>;
  /** For the holder of the session's control queue. */
  writeSettings(name: string, settings: Settings): Promise<void>;
  readUsage(name: string): Promise<ReadState<Usage>>;
  peekUsage(name: string): Promise<Usage | undefined>;
  writeUsage(name: string, usage: Usage): Promise<void>;
  /** Gives a session's directory another name. Nobody may have it yet. */
  rename(name: string, to: string): Promise<void>;
  /** Removes a session's directory, at once from the sight of all. Also what an earlier, unfinished removal has left. */
  remove(name: string): Promise<void>;
  /** Removes what crashes have left of unfinished writes. Does what it can, never throws. */
  tidy(name: string): Promise<void>;
  /** The names of all sessions. */
  names(): Promise<string[]>;
}

export function openSessionStore(root: string, now: () => Date = () => new Date()): SessionStore {
  const base = resolve(root);
  // The last of several changes is the one that must stay.
  const inTurn = createInTurn();
  const paths = (name: string) => pathsOf(join(base, checked(name)));
  return {
    root: base,
    paths,
    exists: (name) => isDirectory(paths(name).dir),
    async create({ persona, settings, contents, ...made }) {
      const { dir } = paths(made.name);
      await removeDrafts(base, made.name);
      const draft = pathsOf(join(base, `${draftPrefix(made.name)}${randomBytes(6).toString('hex')}`));
      const metadata = newMetadata({ ...made, persona: persona.name, now: now() });
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
    },
    peekMetadata: (name) => peekState(paths(name).metadata, metadataSchema),
    readMetadata: (name) => readState(paths(name).metadata, metadataSchema),
    async writeMetadata(metadata) {
      const path = paths(metadata.name).metadata;
      await inTurn(path, () => writeState(path, metadata));
    },
    readPersona: (name) => readState(paths(name).persona, personaSchema),
    peekPersona: (name) => peekState(paths(name).persona, personaSchema),
    writePersona: (name, persona) => writeState(paths(name).persona, persona),
    readSettings: (name) => readState(paths(name).settings, settingsFileSchema),
    peekSettings: async (name) => (await peekState(paths(name).settings, settingsFileSchema)) ?? {},
    writeSettings: (name, settings) => writeState(paths(name).settings, { version: 1, ...settings }),
    readUsage: (name) => readState(paths(name).usage, usageSchema),
    peekUsage: (name) => peekState(paths(name).usage, usageSchema),
    writeUsage: (name, usage) => writeState(paths(name).usage, usage),
    rename: (name, to) => rename(paths(name).dir, paths(to).dir),
    async remove(name) {
      const aside = join(base, `${removedPrefix(name)}${randomBytes(6).toString('hex')}`);
      await rename(paths(name).dir, aside).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
      });
      await removeAll(base, removedPrefix(name));
    },
    async tidy(name) {
      const { metadata, persona, usage } = paths(name);
      const each = [persona, usage].map(removeUnfinished);
      await Promise.all([inTurn(metadata, () => removeUnfinished(metadata)), ...each]);
    },
    async names() {
      await mkdir(base, { recursive: true, mode: 0o700 });
      const entries = await readdir(base, { withFileTypes: true });
      return entries
        .filter((entry) => entry.isDirectory() && parseName(entry.name) === entry.name)
        .map(({ name }) => name);
    },
  };
}

function pathsOf(dir: string): SessionPaths {
  return {
    dir,
    workspace: join(dir, 'workspace'),
    inbox: join(dir, 'workspace', 'inbox'),
    metadata: join(dir, 'metadata.json'),
    persona: join(dir, 'persona.json'),
    settings: join(dir, 'settings.json'),
    usage: join(dir, 'usage.json'),
  };
}

/** Sessions are made beside the others under a name that is none, and then renamed. */
function draftPrefix(name: string): string {
  return `.new-${name}.`;
}

/** What is removed is put under such a name first, which is none of a session. */
function removedPrefix(name: string): string {
  return `.removed-${name}.`;
}

/** Removes what crashes have left of a session that was being made. */
async function removeDrafts(base: string, name: string): Promise<void> {
  await removeAll(base, draftPrefix(name)).catch(() => undefined);
}

async function removeAll(base: string, prefix: string): Promise<void> {
  const entries = (await readdir(base)).filter((entry) => entry.startsWith(prefix));
  await Promise.all(entries.map((entry) => rm(join(base, entry), { recursive: true, force: true })));
}

/** As cheap as the file system allows; links stay what they are. */
async function copyDirectory(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true, mode: constants.COPYFILE_FICLONE, verbatimSymlinks: true });
}

/** The last line of defence: whatever a caller forgot, nothing but a name becomes part of a path. */
function checked(name: string): string {
  if (parseName(name) !== name) throw new Error(`Not a session's name: ${JSON.stringify(name.slice(0, 80))}`);
  return name;
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isDirectory();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
