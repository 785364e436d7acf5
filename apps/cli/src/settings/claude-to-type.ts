import { claudeCommand, findClaude } from '@signalbox/claude';
import type { RawEnvironment } from '@signalbox/service';

/** What a person types at a shell to log Claude in: the CLI that the worker will find, with its configuration. */
export async function claudeToType(env: RawEnvironment): Promise<string> {
  const found = await findClaude({ explicit: env.CLAUDE_BIN, path: env.PATH ?? '' }).catch(() => undefined);
  return found ? claudeCommand(found, env.CLAUDE_CONFIG_DIR) : 'npx claude';
}
