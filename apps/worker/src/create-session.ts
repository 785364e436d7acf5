import { randomUUID } from 'node:crypto';
import type { NewJob } from '@signalbox/contracts';
import type { PersonaLibrary, SessionStore } from '@signalbox/sessions';
import { words } from './words.ts';

/** What came of making a session. `gone`: the name must be given back, for there is no session. */
export type Creation = { status: 'created' | 'existed' | 'gone'; text: string };

/** Makes the session that a job asks for. The same job done again finds what it made. Throws what the file system throws. */
export async function createSession(
  jobId: string,
  job: NewJob,
  { store, library }: { store: SessionStore; library: PersonaLibrary },
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
  const lastPlace = job.origin.place;
  await store.create({ name: job.session, persona, claudeSessionId: randomUUID(), createdBy: jobId, lastPlace });
  return created;
}
