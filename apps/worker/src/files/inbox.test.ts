import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { useTestDisk } from '../../testing/world.ts';
import { openInbox } from './inbox.ts';

const disk = useTestDisk();
let dir: string;
beforeEach(async () => {
  dir = join(disk.dir, 'inbox');
});

it('is made when it is needed, and keeps what is put there', async () => {
  const inbox = await openInbox(dir);
  expect(await inbox.sizeOf('a.txt')).toBeUndefined();
  await inbox.write('a.txt', [Buffer.from('one '), Buffer.from('two')]);
  expect(await inbox.sizeOf('a.txt')).toBe(7);
  expect((await inbox.read('a.txt')).toString()).toBe('one two');
  expect(await readFile(inbox.pathOf('a.txt'), 'utf8')).toBe('one two');
});

it('holds a file whole or not at all, and clears away what a crash has left', async () => {
  const inbox = await openInbox(dir);
  const broken = async function* () {
    yield Buffer.from('half');
    throw new Error('gone');
  };
  await expect(inbox.write('a.txt', broken())).rejects.toThrow('gone');
  expect(await readdir(dir)).toEqual([]);
  await writeFile(join(dir, '.unfinished-1'), 'half');
  await writeFile(join(dir, 'kept.txt'), 'whole');
  await openInbox(dir);
  expect(await readdir(dir)).toEqual(['kept.txt']);
});

it('is not used if it is a link: that could lead anywhere', async () => {
  await mkdir(join(disk.dir, 'elsewhere'));
  await symlink(join(disk.dir, 'elsewhere'), dir);
  await expect(openInbox(dir)).rejects.toThrow(/is not a directory\. Rename or remove it/);
});

it('follows no link that lies in it', async () => {
  const inbox = await openInbox(dir);
  await writeFile(join(disk.dir, 'secret'), 'secret');
  await symlink(join(disk.dir, 'secret'), join(dir, 'a.txt'));
  expect(await inbox.sizeOf('a.txt')).toBeUndefined();
  await expect(inbox.read('a.txt')).rejects.toThrow(/ELOOP/);
  await inbox.write('a.txt', [Buffer.from('new')]);
  expect(await readFile(join(disk.dir, 'secret'), 'utf8')).toBe('secret');
});
