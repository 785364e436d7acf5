import { join } from 'node:path';
import { parseName } from '@signalbox/contracts';

/** The places of one session on disk. */
export interface SessionPaths {
  readonly dir: string;
  /** The working directory of Claude. It cannot reach the state files above it without leaving its directory. */
  readonly workspace: string;
  /** Files that people sent, in the session's own directory wherever Claude works. Made when the first one comes. */
  readonly inbox: string;
  /** Copies of the transcripts, which are Claude's own: another Claude may delete those. */
  readonly history: string;
  /** What Claude wants to remember beyond a conversation, unless the session was made for another directory. */
  readonly memory: string;
  readonly metadata: string;
  readonly persona: string;
  readonly settings: string;
  readonly usage: string;
}

/** Where the session of that name lies. The last line of defence: whatever a caller forgot, nothing but a name becomes part of a path. */
export function pathsOf(base: string, name: string): SessionPaths {
  if (parseName(name) !== name) throw new Error(`Not a session's name: ${JSON.stringify(name.slice(0, 80))}`);
  return pathsBelow(join(base, name));
}

/** The places of a session whose directory this is, also before it has its name. */
export function pathsBelow(dir: string): SessionPaths {
  return {
    dir,
    workspace: join(dir, 'workspace'),
    inbox: join(dir, 'workspace', 'inbox'),
    history: join(dir, 'history'),
    memory: join(dir, 'memory'),
    metadata: join(dir, 'metadata.json'),
    persona: join(dir, 'persona.json'),
    settings: join(dir, 'settings.json'),
    usage: join(dir, 'usage.json'),
  };
}
