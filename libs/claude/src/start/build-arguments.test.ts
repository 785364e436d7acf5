import { expect, test } from 'vitest';
import { buildArguments } from './build-arguments.ts';
import type { ClaudeOptions } from './options.ts';

const options: ClaudeOptions = {
  binary: '/bin/claude',
  cwd: '/srv/sessions/blog/workspace',
  claudeSessionId: '56cbfb68-1682-4236-a7dd-07668583fb63',
  marker: 'blog',
  environment: { PATH: '/bin', HOME: '/home/ann' },
  permissionMode: 'default',
  onPermission: async () => ({ behavior: 'deny', message: 'no' }),
  onLate: () => {},
};

test('the default arguments', () => {
  expect(buildArguments(options, { resume: false })).toMatchInlineSnapshot(`
    [
      "-p",
      "--input-format=stream-json",
      "--output-format=stream-json",
      "--verbose",
      "--session-id=56cbfb68-1682-4236-a7dd-07668583fb63",
      "--replay-user-messages",
      "--include-partial-messages",
      "--session-mirror",
      "--permission-prompt-tool=stdio",
      "--permission-mode=default",
      "--system-prompt-snapshot=off",
      "--setting-sources=user",
      "--settings={"cleanupPeriodDays":3650}",
      "--strict-mcp-config",
      "--add-dir=/srv/sessions/blog/workspace",
    ]
  `);
});

test('everything that may be given, each value inseparable from its option', () => {
  const all: ClaudeOptions = {
    ...options,
    permissionMode: 'acceptEdits',
    model: 'opus',
    systemPrompt: '--dangerously-skip-permissions',
    maxTurns: 7,
    allowedTools: ['Bash(git log *)', '--evil'],
    disallowedTools: ['WebFetch'],
    addDirs: ['/srv/notes'],
    memoryDir: '/srv/sessions/blog/memory',
    mcpConfig: { mcpServers: {} },
  };
  expect(buildArguments(all, { resume: true }).slice(4)).toMatchInlineSnapshot(`
    [
      "--resume=56cbfb68-1682-4236-a7dd-07668583fb63",
      "--replay-user-messages",
      "--include-partial-messages",
      "--session-mirror",
      "--permission-prompt-tool=stdio",
      "--permission-mode=acceptEdits",
      "--system-prompt-snapshot=off",
      "--setting-sources=user",
      "--settings={"cleanupPeriodDays":3650,"autoMemoryDirectory":"/srv/sessions/blog/memory"}",
      "--strict-mcp-config",
      "--model=opus",
      "--append-system-prompt=--dangerously-skip-permissions",
      "--max-turns=7",
      "--mcp-config={"mcpServers":{}}",
      "--add-dir=/srv/sessions/blog/workspace",
      "--add-dir=/srv/notes",
      "--allowedTools=Bash(git log *)",
      "--allowedTools=--evil",
      "--disallowedTools=WebFetch",
    ]
  `);
});

test('a session that exists is resumed, never made again', () => {
  const args = buildArguments(options, { resume: true });
  expect(args).toContain(`--resume=${options.claudeSessionId}`);
  expect(args.join(' ')).not.toContain('--session-id');
});

test('permissions are bypassed only when asked for by name', () => {
  expect(buildArguments(options, { resume: false }).join(' ')).not.toMatch(/bypass|dangerously/);
  expect(buildArguments({ ...options, permissionMode: 'bypassPermissions' }, { resume: false })).toContain(
    '--permission-mode=bypassPermissions',
  );
});
