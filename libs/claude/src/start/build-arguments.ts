import type { LaunchOptions, RightsOptions } from './options.ts';

/**
 * About 6 s after any start the CLI deletes the transcripts of all projects that nothing was written to for `cleanupPeriodDays`; as a rule
 * 30: every session that was silent for a month would lose its conversation (measured on 2.1.329).
 */
const CLEANUP_PERIOD_DAYS = 3_650;

/**
 * The CLI's arguments (measured on 2.1.329). Values are joined with `=`, so that none of them can be read as an option.
 *
 * `--setting-sources=user`: the owner's own settings and nothing of the directory. A repository's `.claude/settings.json`
 * runs its hooks at start and can set ANTHROPIC_BASE_URL, which sends the API key elsewhere; all of that was seen with
 * `project`. What is worth having of a project, its `CLAUDE.md` and `.claude/rules`, comes with `--add-dir=<cwd>` and a
 * variable of `buildEnvironment`; skills, agents, commands, plugins, hooks and MCP servers of the directory do not.
 *
 * `--system-prompt-snapshot=off`: a persona that was edited takes effect on the next start.
 * `--session-mirror` (undocumented): tells when a row is on disk.
 * `--settings`: see `launchSettings`.
 */
export function buildArguments(
  options: LaunchOptions & RightsOptions & { claudeSessionId: string },
  session: { resume: boolean },
): string[] {
  return [
    '-p',
    '--input-format=stream-json',
    '--output-format=stream-json',
    '--verbose',
    `${session.resume ? '--resume' : '--session-id'}=${options.claudeSessionId}`,
    '--replay-user-messages',
    '--include-partial-messages',
    '--session-mirror',
    '--permission-prompt-tool=stdio',
    `--permission-mode=${options.permissionMode}`,
    '--system-prompt-snapshot=off',
    '--setting-sources=user',
    `--settings=${launchSettings(options)}`,
    '--strict-mcp-config',
    ...optional('--model', options.model),
    ...optional('--effort', options.effort),
    ...optional('--append-system-prompt', options.systemPrompt),
    ...optional('--max-turns', options.maxTurns),
    ...optional('--mcp-config', options.mcpConfig && JSON.stringify(options.mcpConfig)),
    ...[options.cwd, ...(options.addDirs ?? [])].map((directory) => `--add-dir=${directory}`),
    ...(options.allowedTools ?? []).map((rule) => `--allowedTools=${rule}`),
    ...(options.disallowedTools ?? []).map((rule) => `--disallowedTools=${rule}`),
  ];
}

/**
 * What Claude Code is to be told with `--settings`, whoever starts it. It deletes old transcripts of all projects unless it is told not to.
 * `autoMemoryDirectory`: else it is named after the working directory with a `-` for all but a–z and digits, so that sessions whose names
 * differ in other letters would have one memory.
 */
export function launchSettings({ memoryDir }: Pick<LaunchOptions, 'memoryDir'>): string {
  const memory = memoryDir === undefined ? {} : { autoMemoryDirectory: memoryDir };
  return JSON.stringify({ cleanupPeriodDays: CLEANUP_PERIOD_DAYS, ...memory });
}

function optional(name: string, value: string | number | undefined): string[] {
  return value === undefined || value === '' ? [] : [`${name}=${value}`];
}
