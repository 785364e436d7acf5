import { sep } from 'node:path';
import type { SessionStore } from '@signalbox/sessions';

/** Where a session's Claude works. */
export interface SessionDirectories {
  /** What paths are relative to. */
  readonly cwd: string;
  /** All that is the session's. */
  readonly directories: readonly string[];
}

/** The directories of a session as they are now. Files that people send lie in its own workspace, wherever it works. */
export async function sessionDirectories(
  session: string,
  store: Pick<SessionStore, 'paths' | 'peekMetadata'>,
): Promise<SessionDirectories> {
  const { workspace } = store.paths(session);
  const { directory = workspace } = (await store.peekMetadata(session)) ?? {};
  return { cwd: directory, directories: directory === workspace ? [workspace] : [directory, workspace] };
}

/** Whether a path is a directory or lies in it. Both are taken as they stand: whoever asks has followed the links. */
export function isWithin(path: string, directory: string): boolean {
  return path === directory || path.startsWith(directory.endsWith(sep) ? directory : directory + sep);
}
