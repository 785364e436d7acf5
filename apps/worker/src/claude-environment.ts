import type { ClaudeEnvironment } from '@signalbox/claude';
import type { RawEnvironment } from '@signalbox/service';

/** What of the worker's own environment Claude may know: how the machine is, and Claude's own credentials. Nothing of the bot, nothing of Redis. */
const PASSED_ON = [
  'LANG',
  'LC_ALL',
  'TZ',
  'USER',
  'LOGNAME',
  'SHELL',
  'TMPDIR',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'ANTHROPIC_API_KEY',
  'ANTHROPIC_BASE_URL',
  'CLAUDE_CODE_OAUTH_TOKEN',
  'IS_SANDBOX',
] as const satisfies readonly (keyof ClaudeEnvironment)[];

/** Claude's environment as an explicit list, taken from the worker's. */
export function claudeEnvironment(env: RawEnvironment): ClaudeEnvironment {
  const passed = PASSED_ON.flatMap((name) => (env[name] ? [[name, env[name]]] : []));
  return { PATH: env.PATH ?? '/usr/local/bin:/usr/bin:/bin', HOME: env.HOME ?? '/', ...Object.fromEntries(passed) };
}
