import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The transcript of a session: `<configDir>/projects/<any>/<session>.jsonl`. The directory between is made from the
 * working directory in a way that is the CLI's own business, so all are looked into. Undefined if there is none.
 */
export async function findTranscript(configDir: string, claudeSessionId: string): Promise<string | undefined> {
  const projects = join(configDir, 'projects');
  for (const project of await subdirectories(projects)) {
    const path = join(projects, project, `${claudeSessionId}.jsonl`);
    if (await isFile(path)) return path;
  }
  return undefined;
}

async function subdirectories(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
