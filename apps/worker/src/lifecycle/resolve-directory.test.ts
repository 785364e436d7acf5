import { mkdtempSync } from 'node:fs';
import { mkdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolveDirectory } from './resolve-directory.ts';

let dir: string;
let root: string;
beforeEach(async () => {
  dir = await realpath(mkdtempSync(join(tmpdir(), 'signalbox-roots-')));
  root = join(dir, 'projects');
  for (const path of ['web', 'web/deep', '../projects-2', '../secret'])
    await mkdir(join(root, path), { recursive: true });
  await writeFile(join(root, 'file'), 'x');
  await symlink(join(dir, 'secret'), join(root, 'way-out'));
  await symlink(root, join(dir, 'way-in'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

describe('a directory that a session is to work in', () => {
  it.each(['web', './web', 'web/deep/..', '../projects/web'])('%s is looked for below the roots', async (typed) => {
    expect(await resolveDirectory(typed, [join(dir, 'not-there'), root])).toEqual({ path: join(root, 'web') });
  });

  it('may be named in full, through a link as well, and be a root itself', async () => {
    expect(await resolveDirectory(join(root, 'web'), [root])).toEqual({ path: join(root, 'web') });
    expect(await resolveDirectory(join(dir, 'way-in/web'), [root])).toEqual({ path: join(root, 'web') });
    expect(await resolveDirectory(join(root, 'web'), [join(dir, 'way-in')])).toEqual({ path: join(root, 'web') });
    expect(await resolveDirectory('.', [root])).toEqual({ path: root });
    expect(await resolveDirectory('/', ['/'])).toEqual({ path: '/' });
  });

  it.each(['../secret', 'way-out', './web/../../projects-2', '/etc', '..'])(
    '%s leads outside, and is refused',
    async (typed) => {
      expect(await resolveDirectory(typed, [root])).toEqual({ problem: expect.stringContaining('does not lie below') });
    },
  );

  it.each(['nowhere/', './file', '/no/such/directory', '~nobody/x'])('%s is none', async (typed) => {
    expect(await resolveDirectory(typed, [root])).toEqual({ problem: `${typed} is no directory here` });
  });

  it('cannot be named while no root is configured', async () => {
    expect(await resolveDirectory('web', [])).toEqual({
      problem: expect.stringContaining('WORKSPACE_ROOTS is not set'),
    });
  });
});
