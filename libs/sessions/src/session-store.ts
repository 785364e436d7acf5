import { rename } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Settings } from '@signalbox/contracts';
import { createInTurn } from './in-turn.ts';
import { type Metadata, metadataSchema } from './metadata.ts';
import { type Persona, personaSchema } from './persona.ts';
import { createSession, isDirectory, type NewSession, removeSession, sessionNames } from './session-folders.ts';
import { pathsOf, type SessionPaths } from './session-paths.ts';
import { settingsFileSchema } from './settings.ts';
import { peekState, type ReadState, readState, removeUnfinished, writeState } from './state-file.ts';
import { type Usage, usageSchema } from './usage.ts';

/** Which sessions there are, and their life. For the holder of a session's lease, but for looking. */
export interface SessionFolders {
  /** The directory of all sessions. */
  readonly root: string;
  paths(name: string): SessionPaths;
  /** Whether the session's directory is there (a link does not count: it could lead anywhere). */
  exists(name: string): Promise<boolean>;
  /** The names of all sessions. */
  names(): Promise<string[]>;
  /** Makes a session, whole or not at all. Rejects with `EEXIST` or `ENOTEMPTY` if its directory is there already. */
  create(made: NewSession): Promise<Metadata>;
  /** Gives a session's directory another name. Nobody may have it yet. */
  rename(name: string, to: string): Promise<void>;
  /** Removes a session's directory, at once from the sight of all. Also what an earlier, unfinished removal has left. */
  remove(name: string): Promise<void>;
  /** Removes what crashes have left of unfinished writes. Does what it can, never throws. */
  tidy(name: string): Promise<void>;
}

/** A look by anybody, whoever holds the session: what cannot be used is left where it is, and counts as missing. */
export interface SessionLooks {
  peekMetadata(name: string): Promise<Metadata | undefined>;
  /** The persona that holds. */
  peekPersona(name: string): Promise<Persona | undefined>;
  /** The settings that hold. */
  peekSettings(name: string): Promise<Settings>;
  peekUsage(name: string): Promise<Usage | undefined>;
}

/** What the holder of the session's lease alone reads to change it, and writes. What cannot be used is set aside. */
export interface SessionState {
  readMetadata(name: string): Promise<ReadState<Metadata>>;
  writeMetadata(metadata: Metadata): Promise<void>;
  readPersona(name: string): Promise<ReadState<Persona>>;
  writePersona(name: string, persona: Persona): Promise<void>;
  readUsage(name: string): Promise<ReadState<Usage>>;
  writeUsage(name: string, usage: Usage): Promise<void>;
}

/** The same for the holder of the session's control queue. */
export interface SessionSettings {
  readSettings(name: string): Promise<ReadState<Settings>>;
  writeSettings(name: string, settings: Settings): Promise<void>;
}

/** The sessions on disk, one directory each. Nothing is cached. */
export interface SessionStore extends SessionFolders, SessionLooks, SessionState, SessionSettings {}

/** Opens the directory of all sessions; it is made when it is needed. */
export function openSessionStore(root: string, now: () => Date = () => new Date()): SessionStore {
  const base = resolve(root);
  // The last of several changes is the one that must stay.
  const inTurn = createInTurn();
  const paths = (name: string) => pathsOf(base, name);
  return {
    root: base,
    paths,
    exists: (name) => isDirectory(paths(name).dir),
    names: () => sessionNames(base),
    create: (made) => createSession(base, made, now()),
    rename: (name, to) => rename(paths(name).dir, paths(to).dir),
    remove: (name) => removeSession(base, name),
    async tidy(name) {
      const { metadata, persona, usage } = paths(name);
      const each = [persona, usage].map(removeUnfinished);
      await Promise.all([inTurn(metadata, () => removeUnfinished(metadata)), ...each]);
    },
    peekMetadata: (name) => peekState(paths(name).metadata, metadataSchema),
    peekPersona: (name) => peekState(paths(name).persona, personaSchema),
    peekSettings: async (name) => (await peekState(paths(name).settings, settingsFileSchema)) ?? {},
    peekUsage: (name) => peekState(paths(name).usage, usageSchema),
    readMetadata: (name) => readState(paths(name).metadata, metadataSchema),
    async writeMetadata(metadata) {
      const path = paths(metadata.name).metadata;
      await inTurn(path, () => writeState(path, metadata));
    },
    readPersona: (name) => readState(paths(name).persona, personaSchema),
    writePersona: (name, persona) => writeState(paths(name).persona, persona),
    readUsage: (name) => readState(paths(name).usage, usageSchema),
    writeUsage: (name, usage) => writeState(paths(name).usage, usage),
    readSettings: (name) => readState(paths(name).settings, settingsFileSchema),
    writeSettings: (name, settings) => writeState(paths(name).settings, { version: 1, ...settings }),
  };
}
