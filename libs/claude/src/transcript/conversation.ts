import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Names a conversation with Claude, and says where it is kept. */
export interface Conversation {
  /** UUID of Claude's own session. */
  claudeSessionId: string;
  /** Claude's config directory: login and transcripts. Default: `.claude` in HOME. */
  configDir?: string | undefined;
  environment: { HOME: string };
}

/**
 * The transcript of a conversation: `<configDir>/projects/<any>/<session>.jsonl`. The directory between is made from the
 * working directory in a way that is the CLI's own business, so all are looked into. Undefined if there is none.
 */
export async function transcriptOf(conversation: Conversation): Promise<string | undefined> {
  const { claudeSessionId } = conversation;
  const projects = projectsOf(conversation);
  for (const project of await subdirectories(projects)) {
    const path = join(projects, project, `${claudeSessionId}.jsonl`);
    if (await isFile(path)) return path;
  }
  return undefined;
}

/** The directory of all transcripts. */
export function projectsOf({ configDir, environment }: Omit<Conversation, 'claudeSessionId'>): string {
  return join(configDir ?? join(environment.HOME, '.claude'), 'projects');
}

/** Whether Claude keeps a conversation under the session's id. */
export async function keepsConversation(conversation: Conversation): Promise<boolean> {
  return (await transcriptOf(conversation)) !== undefined;
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
