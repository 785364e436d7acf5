import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { RawEnvironment } from '@signalbox/service';

/** Whether somebody has logged in with `claude` on this machine: its config directory then holds credentials. */
export async function detectLogin(env: RawEnvironment): Promise<boolean> {
  const dir = env.CLAUDE_CONFIG_DIR || join(env.HOME || homedir(), '.claude');
  try {
    return 'claudeAiOauth' in JSON.parse(await readFile(join(dir, '.credentials.json'), 'utf8'));
  } catch {
    return false;
  }
}
