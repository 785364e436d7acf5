import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ClaudeError } from '../errors/claude-error.ts';
import { claudeVersion } from './claude-version.ts';
import { findClaude } from './find-claude.ts';
import { platformPackages } from './platform-package.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'find-claude-'));
});
afterEach(() => rm(root, { recursive: true }));

async function put(path: string, mode = 0o755, content = '#!/bin/sh\necho "1.2.3 (Claude Code)"\n') {
  const full = join(root, path);
  await mkdir(dirname(full), { recursive: true });
  await writeFile(full, content, { mode });
  return full;
}

const platform = { platform: 'linux', arch: 'x64', musl: true };
const find = (options: { explicit?: string; path?: string }) =>
  findClaude({ path: '', packageRoots: [root], platform, ...options });

test('CLAUDE_BIN comes first, as a path or as a name on PATH', async () => {
  const mine = await put('opt/my-claude');
  await put('bin/claude');
  await expect(find({ explicit: mine, path: join(root, 'bin') })).resolves.toEqual({
    path: mine,
    source: 'CLAUDE_BIN',
  });
  await expect(find({ explicit: 'my-claude', path: join(root, 'opt') })).resolves.toEqual({
    path: mine,
    source: 'CLAUDE_BIN',
  });
});

test('a CLAUDE_BIN that is no program is an error, not passed over', async () => {
  await put('bin/claude');
  const plain = await put('opt/claude', 0o644);
  for (const explicit of [plain, join(root, 'opt'), join(root, 'nothing'), 'nothing']) {
    await expect(find({ explicit, path: join(root, 'bin') })).rejects.toMatchObject({
      code: 'missing-binary',
      message: expect.stringContaining(explicit),
    });
  }
});

test('then `claude` on PATH: the first that can be run', async () => {
  await put('a/claude', 0o644);
  await mkdir(join(root, 'b/claude'), { recursive: true });
  const good = await put('c/claude');
  const path = ['', 'relative', ...['a', 'b', 'c'].map((d) => join(root, d))].join(':');
  await expect(find({ path })).resolves.toEqual({ path: good, source: 'PATH' });
});

test("then npm's native package, also when npm's own placeholder is on PATH", async () => {
  const name = 'node_modules/@anthropic-ai/claude-code-linux-x64-musl';
  await put(`${name}/package.json`, 0o644, '{}');
  const native = await put(`${name}/claude`);
  const placeholder = await put('node_modules/@anthropic-ai/claude-code/bin/claude.exe');
  await mkdir(join(root, 'node_modules/.bin'));
  await symlink(placeholder, join(root, 'node_modules/.bin/claude'));
  await expect(find({ path: join(root, 'node_modules/.bin') })).resolves.toEqual({ path: native, source: 'npm' });
});

test('nothing anywhere: an error that names the places and advises', async () => {
  const error = await find({ path: '/nowhere' }).catch((thrown: ClaudeError) => thrown);
  expect(error).toMatchObject({ code: 'missing-binary', message: expect.stringContaining('/nowhere') });
  expect((error as ClaudeError).advice()).toContain('npm install');
});

test('the packages of a platform', () => {
  expect(platformPackages({ platform: 'darwin', arch: 'arm64', musl: false })).toEqual([
    '@anthropic-ai/claude-code-darwin-arm64',
  ]);
  expect(platformPackages({ platform: 'linux', arch: 'x64', musl: true })).toEqual([
    '@anthropic-ai/claude-code-linux-x64-musl',
  ]);
});

test('the version is asked of the program', async () => {
  await expect(claudeVersion(await put('claude'))).resolves.toBe('1.2.3');
  const broken = await put('broken', 0o755, '#!/bin/sh\necho no; exit 1\n');
  await expect(claudeVersion(broken)).rejects.toMatchObject({ code: 'start-failed' });
});
