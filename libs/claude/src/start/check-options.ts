import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { ClaudeError } from '../errors/claude-error.ts';
import { requireUuid } from '../errors/require-uuid.ts';
import type { ClaudeOptions } from './options.ts';

/** Linux takes no single argument longer than 128 KiB. */
const MAX_PROMPT_BYTES = 120 * 1024;

/**
 * Finds out before the start what spawning would not tell: a missing program and a missing directory are both ENOENT.
 * Throws `missing-binary` or `missing-directory`, and an ordinary error for values that are mistakes of the caller.
 */
export async function checkOptions(options: ClaudeOptions): Promise<void> {
  requireUuid('claudeSessionId', options.claudeSessionId);
  if (options.inFlightUuid !== undefined) requireUuid('inFlightUuid', options.inFlightUuid);
  const promptBytes = Buffer.byteLength(options.systemPrompt ?? '');
  if (promptBytes > MAX_PROMPT_BYTES) {
    throw new Error(`Expected \`systemPrompt\` to have at most ${MAX_PROMPT_BYTES} bytes, got ${promptBytes}.`);
  }
  if (!(await isDirectory(options.cwd))) {
    throw new ClaudeError('missing-directory', `Expected \`cwd\` to be a directory, got '${options.cwd}'.`);
  }
  if (!(await isExecutable(options.binary))) {
    throw new ClaudeError('missing-binary', `Expected \`binary\` to be an executable file, got '${options.binary}'.`);
  }
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
