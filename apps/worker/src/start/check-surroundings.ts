import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { ClaudeError, claudeCommand, claudeVersion, findClaude } from '@signalbox/claude';
import type { RawEnvironment } from '@signalbox/service';
import { FatalError } from '@signalbox/service';
import type { PersonaLibrary } from '@signalbox/sessions';

/** Makes the sessions' directory if it is not there, and makes sure that a session could be made. Throws `FatalError` with what to do. */
export async function checkDirectories(
  dirs: { sessions: string; personas: string },
  library: Pick<PersonaLibrary, 'list'>,
): Promise<void> {
  try {
    await mkdir(dirs.sessions, { recursive: true, mode: 0o700 });
    await access(dirs.sessions, constants.R_OK | constants.W_OK);
  } catch (error) {
    throw new FatalError(
      `SESSIONS_DIR: "${dirs.sessions}" cannot be written (${codeOf(error)}). Give this user the right to, or set another directory.`,
    );
  }
  const listed = await library.list().catch((error: unknown) => {
    throw new FatalError(
      `PERSONAS_DIR: "${dirs.personas}" cannot be read (${codeOf(error)}). It must hold the personas, one JSON file each.`,
    );
  });
  if (!listed.personas.some(({ name }) => name === 'default')) {
    const problem = listed.problems.find(({ file }) => file === 'default.json')?.problem ?? 'it is missing';
    throw new FatalError(`PERSONAS_DIR: "${dirs.personas}/default.json" cannot be used: ${problem}.`);
  }
}

/** Finds Claude Code and asks for its version. Throws `FatalError` with what to do. */
export async function checkClaude(
  explicit: string | undefined,
  env: RawEnvironment,
): Promise<{ binary: string; command: string; version: string }> {
  try {
    const found = await findClaude({ explicit, path: env.PATH ?? '' });
    const command = claudeCommand(found, env.CLAUDE_CONFIG_DIR);
    return { binary: found.path, command, version: await claudeVersion(found.path) };
  } catch (error) {
    if (!(error instanceof ClaudeError)) throw error;
    throw new FatalError(`${error.message} ${error.advice()}`);
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'no reason given';
}
