import { markerValue, markerVariable, runVariable } from '../fence/marker.ts';
import type { ClaudeEnvironment, ClaudeOptions } from './options.ts';

/** The names that pass: how the machine is, and Claude's own credentials. */
export const environmentNames = [
  'PATH',
  'HOME',
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

/** The same for every session (measured on 2.1.329): no updates and no telemetry, and `session_state_changed` lines. */
const CONSTANT = {
  DISABLE_AUTOUPDATER: '1',
  DISABLE_TELEMETRY: '1',
  DISABLE_ERROR_REPORTING: '1',
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  CLAUDE_CODE_EMIT_SESSION_STATE_EVENTS: '1',
  /** `CLAUDE.md` of the directories given with `--add-dir`; see `buildArguments`. */
  CLAUDE_CODE_ADDITIONAL_DIRECTORIES_CLAUDE_MD: '1',
};

/**
 * The whole environment of Claude's process. Names that are not listed do not pass, whatever object is handed in.
 *
 * `continueInterrupted`: the CLI goes on with the turn its last process left. Only if that is known to be cut off: otherwise
 * an old turn that ended with an API error would run unasked (measured on 2.1.329).
 */
export function buildEnvironment(
  options: Pick<ClaudeOptions, 'environment' | 'marker' | 'configDir' | 'maxApiRetries'>,
  session: { run: string; continueInterrupted: boolean },
): Record<string, string> {
  const passed = environmentNames.flatMap((name) => {
    const value = options.environment[name];
    return value === undefined || value === '' ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(passed),
    ...CONSTANT,
    CLAUDE_CODE_MAX_RETRIES: String(options.maxApiRetries ?? 6),
    [markerVariable]: markerValue(options.marker),
    [runVariable]: session.run,
    ...(options.configDir === undefined ? {} : { CLAUDE_CONFIG_DIR: options.configDir }),
    ...(session.continueInterrupted ? { CLAUDE_CODE_RESUME_INTERRUPTED_TURN: '1' } : {}),
  };
}

/** The values that no log and no error may show. */
export function secretsOf({ ANTHROPIC_API_KEY, CLAUDE_CODE_OAUTH_TOKEN }: ClaudeEnvironment): string[] {
  return [ANTHROPIC_API_KEY, CLAUDE_CODE_OAUTH_TOKEN].filter((secret) => secret !== undefined);
}
