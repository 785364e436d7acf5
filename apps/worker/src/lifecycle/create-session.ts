import { randomUUID } from 'node:crypto';
import type { NewJob } from '@signalbox/contracts';
import type { PersonaLibrary, SessionStore } from '@signalbox/sessions';
import { words } from '../wording/words.ts';
import { resolveDirectory } from './resolve-directory.ts';

/** What came of making a session. `gone`: the name must be given back, for there is no session. */
export type Creation = { status: 'created' | 'existed' | 'gone'; text: string };

/** What creating a session calls. */
export interface CreateSessionNeeds {
  readonly store: Pick<SessionStore, 'create' | 'exists' | 'peekMetadata'>;
  readonly library: Pick<PersonaLibrary, 'list' | 'read'>;
  readonly workspaceRoots: readonly string[];
}

/** Makes the session that a job asks for. The same job done again finds what it made. Throws what the file system throws. */
export async function createSession(
  jobId: string,
  job: NewJob,
  { store, library, workspaceRoots }: CreateSessionNeeds,
): Promise<Creation> {
  const created = {
    status: 'created',
    text: job.personaNamed ? words.createdWith(job.session, job.persona) : words.created(job.session),
  } as const;
  if (await store.exists(job.session)) {
    const metadata = await store.peekMetadata(job.session);
    return metadata?.createdBy === jobId ? created : { status: 'existed', text: words.alreadyExists(job.session) };
  }
  const persona = await library.read(job.persona);
  if (!persona) {
    const { personas } = await library.list();
    return {
      status: 'gone',
      text: words.unknownPersona(
        job.persona,
        personas.map(({ name }) => name),
      ),
    };
  }
  const found = job.directory === undefined ? undefined : await resolveDirectory(job.directory, workspaceRoots);
  if (found && 'problem' in found) return { status: 'gone', text: words.notCreated(job.session, found.problem) };
  const made = { name: job.session, persona, claudeSessionId: randomUUID(), createdBy: jobId };
  await store.create({ ...made, directory: found?.path, lastPlace: job.origin.place });
  return created;
}
