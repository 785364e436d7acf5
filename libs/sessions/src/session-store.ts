import { randomBytes } from 'node:crypto';
import { lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Place, parseName } from '@signalbox/contracts';
import { createInTurn } from './in-turn.ts';
import { type Metadata, metadataSchema, newMetadata } from './metadata.ts';
import { type Persona, personaSchema } from './persona.ts';
import { peekState, type ReadState, readState, removeUnfinished, writeState } from './state-file.ts';

/** The places of one session on disk. */
export interface SessionPaths {
  readonly dir: string;
  /** The working directory of Claude. It cannot reach the state files above it without leaving its directory. */
  readonly workspace: string;
  /** Files that people sent, in the session's own directory wherever Claude works. Made when the first one comes. */
  readonly inbox: string;
  readonly metadata: string;
  readonly persona: string;
}

export interface NewSession {
  readonly name: string;
  readonly persona: Persona;
  readonly claudeSessionId: string;
  /** The job that makes it. */
  readonly createdBy: string;
  readonly lastPlace: Place | null;
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
  writePersona(name: string, persona: Persona): Promise<void>;
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
    async create({ persona, ...made }) {
      const { dir } = paths(made.name);
      await removeDrafts(base, made.name);
      const draft = pathsOf(join(base, `${draftPrefix(made.name)}${randomBytes(6).toString('hex')}`));
      const metadata = newMetadata({ ...made, persona: persona.name, now: now() });
      try {
        await mkdir(draft.workspace, { recursive: true, mode: 0o700 });
        await Promise.all([writeState(draft.metadata, metadata), writeState(draft.persona, persona)]);
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
    writePersona: (name, persona) => writeState(paths(name).persona, persona),
    async tidy(name) {
      const { metadata, persona } = paths(name);
      await Promise.all([inTurn(metadata, () => removeUnfinished(metadata)), removeUnfinished(persona)]);
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
  };
}

/** Sessions are made beside the others under a name that is none, and then renamed. */
function draftPrefix(name: string): string {
  return `.new-${name}.`;
}

/** Removes what crashes have left of a session that was being made. */
async function removeDrafts(base: string, name: string): Promise<void> {
  const entries = await readdir(base).catch(() => []);
  const drafts = entries.filter((entry) => entry.startsWith(draftPrefix(name)));
  await Promise.all(
    drafts.map((draft) => rm(join(base, draft), { recursive: true, force: true }).catch(() => undefined)),
  );
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
