import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import {
  type Metadata,
  newMetadata,
  type Persona,
  type PersonaLibrary,
  type ReadState,
  type SessionStore,
} from '@signalbox/sessions';
import type { LoadedSession } from '../warm/session-record.ts';
import { words } from '../wording/words.ts';

/** What is called of a session's state files by the one that holds it. */
export type StateFiles = Pick<SessionStore, 'tidy' | 'readMetadata' | 'writeMetadata' | 'readPersona' | 'writePersona'>;
type Library = Pick<PersonaLibrary, 'read'>;

/** A session as it was read, and what has to be said about its state files. */
interface ReadSession extends LoadedSession {
  readonly notices: readonly { readonly what: string; readonly text: string }[];
}

/**
 * Reads a session's state files. A corrupt one has been set aside; it and a missing one are made anew, with a notice. For the holder of
 * the session's lease. Throws what the file system throws, and if there is no persona left to work with.
 */
export async function loadSession(
  name: string,
  { store, library }: { store: StateFiles; library: Library },
): Promise<ReadSession> {
  await store.tidy(name);
  const notices: Notices = [];
  // Read once: a corrupt one is set aside by that, and would be missing the second time.
  const read = await store.readPersona(name);
  const metadata = await loadMetadata(name, read, store, notices);
  const persona = await loadPersona(name, read, metadata.persona, { store, library }, notices);
  return { metadata, persona, notices };
}

type Notices = { what: string; text: string }[];

async function loadMetadata(
  name: string,
  persona: ReadState<Persona>,
  store: StateFiles,
  notices: Notices,
): Promise<Metadata> {
  const read = await store.readMetadata(name);
  // A directory that was renamed or copied holds the other's name, under which it would be written; a persona may have been exchanged.
  if (read.status === 'ok')
    return { ...read.value, name, persona: persona.status === 'ok' ? persona.value.name : read.value.persona };
  const text =
    read.status === 'corrupt' ? words.metadataSetAside(name, basename(read.setAside)) : words.metadataMissing(name);
  notices.push({ what: 'metadata', text });
  const made = {
    name,
    persona: persona.status === 'ok' ? persona.value.name : 'default',
    claudeSessionId: randomUUID(),
    createdBy: 'recovered',
    lastPlace: null,
    now: new Date(),
  };
  const metadata = newMetadata(made);
  await store.writeMetadata(metadata);
  return metadata;
}

async function loadPersona(
  name: string,
  read: ReadState<Persona>,
  personaOfMetadata: string,
  { store, library }: { store: StateFiles; library: Library },
  notices: Notices,
): Promise<Persona> {
  if (read.status === 'ok') return read.value;
  const persona = (await library.read(personaOfMetadata)) ?? (await library.read('default'));
  if (!persona) throw new Error(`Neither persona '${personaOfMetadata}' nor 'default' is in the library.`);
  const setAside = read.status === 'corrupt' ? basename(read.setAside) : undefined;
  notices.push({ what: 'persona', text: words.personaSetAside(name, persona.name, setAside) });
  await store.writePersona(name, persona);
  return persona;
}
