import { type ClaudeEnvironment, environmentNames } from '@signalbox/claude';
import type { RawEnvironment } from '@signalbox/service';

/** What of the worker's own environment Claude is given: an explicit list, with nothing of the bot and nothing of Redis in it. */
export function claudeEnvironment(env: RawEnvironment): ClaudeEnvironment {
  const passed = environmentNames.flatMap((name) => (env[name] ? [[name, env[name]]] : []));
  return { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: '/', ...Object.fromEntries(passed) };
}
