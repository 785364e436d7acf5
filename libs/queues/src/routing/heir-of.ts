import type { SessionCard } from '@signalbox/contracts';
import type { SessionDirectory } from './session-directory.ts';

/** The session that is meant by a name of before it was renamed; `undefined` if it was not, or is gone. */
export async function heirOf(
  { session, renamed }: Pick<SessionDirectory, 'session' | 'renamed'>,
  name: string,
): Promise<SessionCard | undefined> {
  const since = await renamed(name);
  return since === undefined ? undefined : session(since);
}
