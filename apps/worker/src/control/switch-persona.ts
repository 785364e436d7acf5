import type { Routing } from '@signalbox/queues';
import type { PersonaLibrary, SessionStore } from '@signalbox/sessions';
import type { Shown } from '../wording/shown.ts';
import { words } from '../wording/words.ts';
import { text } from './show-text.ts';

/** What showing a persona calls. */
export interface ShowPersonaNeeds {
  readonly store: Pick<SessionStore, 'peekPersona'>;
  readonly library: Pick<PersonaLibrary, 'list'>;
}

/** What switching to another persona calls. */
export interface SwitchPersonaNeeds {
  readonly store: Pick<SessionStore, 'writePersona'>;
  readonly library: Pick<PersonaLibrary, 'list' | 'read'>;
  readonly changeCard: Routing['changeCard'];
}

/** Which persona a session has, with a button for each other one of the library. */
export async function showPersona(session: string, { store, library }: ShowPersonaNeeds): Promise<Shown> {
  const persona = await store.peekPersona(session);
  const { personas } = await library.list();
  const others = personas.filter(({ name }) => name !== persona?.name).slice(0, MOST_BUTTONS);
  const line = persona ? `Persona: ${persona.name} – ${persona.description}` : words.unreadable(session);
  if (others.length === 0) return text(line);
  const rows = others.map(({ name }) => [{ label: name, act: { do: 'command' as const, text: `/persona ${name}` } }]);
  return { kind: 'menu', text: line, plain: true, rows, once: false };
}

const MOST_BUTTONS = 20;

/** Copies another persona from the library into the session. It counts from the next turn. */
export async function switchPersona(session: string, name: string, needs: SwitchPersonaNeeds): Promise<Shown> {
  const { store, library, changeCard } = needs;
  const persona = await library.read(name);
  if (!persona) {
    const { personas } = await library.list();
    return text(
      words.unknownPersona(
        name,
        personas.map((each) => each.name),
      ),
    );
  }
  await store.writePersona(session, persona);
  await changeCard(session, { persona: name });
  return text(`Persona: ${persona.name} – ${persona.description}\n${words.countsLater}`);
}
