import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findOutside } from './find-outside.ts';

let base: string;
let workspace: string;
beforeAll(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'signalbox-outside-')));
  workspace = join(base, 'web');
  await mkdir(join(workspace, '.git'), { recursive: true });
  await mkdir(join(base, 'other'));
  await writeFile(join(workspace, 'file'), '');
  await symlink(workspace, join(base, 'way-in'));
  await symlink(join(base, 'other'), join(workspace, 'way-out'));
  await symlink(join(base, 'other', 'later'), join(workspace, 'nowhere-yet'));
  await symlink('inner', join(workspace, 'inside-later'));
  await symlink('loop', join(workspace, 'loop'));
});
afterAll(() => rm(base, { recursive: true }));

/** Paths begin below the directory that the session's own is in. */
const outside = async (asked: Partial<Parameters<typeof findOutside>[0]>, cwd = workspace) =>
  (await findOutside({ toolName: 'Bash', input: {}, ...asked }, { cwd, directories: [cwd] }))?.replace(base, '');

it.each([
  ['web/file', undefined],
  ['web', undefined],
  ['web/.git/config', undefined],
  ['web/not/yet/there', undefined],
  ['web/inside-later', undefined],
  ['web/sub/../../web/file', undefined],
  ['way-in/file', undefined],
  ['website', '/website'],
  ['web/../other/x', '/other/x'],
  ['web/way-out', '/other'],
  ['web/way-out/not/there', '/other/not/there'],
  ['web/nowhere-yet', '/other/later'],
  ['web/loop', undefined],
])('of a command that reaches %s what lies outside is %s', async (path, found) => {
  expect(await outside({ blockedPath: `${base}/${path}` })).toBe(found);
});

it('a session that is reached by a link is the same inside', async () => {
  expect(await outside({ blockedPath: join(workspace, 'file') }, join(base, 'way-in'))).toBeUndefined();
});

it('a file tool means its own path, whatever the CLI names', async () => {
  expect(
    await outside({ toolName: 'Write', input: { file_path: 'way-out/x' }, blockedPath: join(workspace, 'way-out') }),
  ).toBe('/other/x');
  expect(await outside({ toolName: 'Edit', input: { file_path: 'file' }, blockedPath: '/etc' })).toBeUndefined();
  expect(await outside({ toolName: 'Grep', input: { path: '/etc' } })).toBe('/etc');
  expect(await outside({ toolName: 'mcp__web__get', input: { path: '/etc' } })).toBeUndefined();
});

it.each(['$HOME/x', '/srv/*.log', '../x', ''])(
  'what only the shell knows (%s) is not said to be outside',
  async (blockedPath) => {
    expect(await outside({ blockedPath })).toBeUndefined();
  },
);

it('without a path nothing is outside', async () => {
  expect(await outside({ input: { command: 'ls /etc' } })).toBeUndefined();
});
