import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeEach, describe, expect, it } from 'vitest';
import { png } from '../../testing/images.ts';
import { useTestDisk } from '../../testing/world.ts';
import type { OutgoingFile } from './publish-files.ts';
import { createSendFileTool } from './send-file-tool.ts';

const disk = useTestDisk();
let workspace: string;
let other: string;
let published: { files: readonly OutgoingFile[]; caption: string }[];
beforeEach(async () => {
  workspace = join(disk.dir, 'workspace');
  other = join(disk.dir, 'other');
  published = [];
  await mkdir(workspace);
  await mkdir(other);
});

/** What the tool says to an input; `published` has what it sent. */
async function use(input: unknown, isNew = true): Promise<string> {
  const redact = (text: string) => text.replaceAll('hunter2', '[redacted]');
  const tool = createSendFileTool({
    outlet: async () => ({ cwd: workspace, directories: [workspace, other], redact }),
    async publish(files, caption) {
      published.push({ files, caption });
      return isNew;
    },
  });
  const { text, isError } = await tool.run(input, new AbortController().signal);
  expect(isError ?? false).toBe(published.length === 0);
  return text;
}

describe('send_file', () => {
  it('sends files of any of the directories, images as photos, with the caption', async () => {
    await writeFile(join(workspace, 'plot.png'), png(20, 20));
    await writeFile(join(other, 'log.txt'), 'text');
    const text = await use({ paths: ['plot.png', join(other, 'log.txt')], caption: 'Both' });
    expect(text).toBe('Sent to the chat: plot.png, log.txt');
    expect(published).toMatchObject([
      {
        caption: 'Both',
        files: [
          { name: 'plot.png', as: 'photo' },
          { name: 'log.txt', as: 'document', bytes: Buffer.from('text') },
        ],
      },
    ]);
  });

  it('sends an image as a file if told to', async () => {
    await writeFile(join(workspace, 'plot.png'), png(20, 20));
    await use({ paths: ['plot.png'], as: 'document' });
    expect(published[0]?.files[0]?.as).toBe('document');
  });

  it('follows a link that leads to a file of the session', async () => {
    await writeFile(join(other, 'real.txt'), 'x');
    await symlink(join(other, 'real.txt'), join(workspace, 'link.txt'));
    expect(await use({ paths: ['link.txt'] })).toBe('Sent to the chat: real.txt');
  });

  it('says so when these files were sent before', async () => {
    await writeFile(join(workspace, 'a.txt'), 'x');
    expect(await use({ paths: ['a.txt'] }, false)).toBe('Sent with this message before, so not again: a.txt');
  });
});

describe('send_file refuses', () => {
  it.each([
    ['a file outside', '/etc/hostname', /\/etc\/hostname is outside the session's directories .* Copy it there first/],
    ['a way out', '../secret.txt', /outside/],
    ['a link that leads outside', 'out', /outside/],
    ['the way through a link', 'up/secret.txt', /outside/],
    ['a directory whose name begins as one of the session', '../workspace-2/x.txt', /outside/],
    ['a file that is not there', 'nothing.txt', /There is no file nothing\.txt/],
    ['a directory', 'dir', /not a regular file/],
    ['the workspace itself', '.', /not a regular file/],
    ['a pipe', 'pipe', /not a regular file/],
    ['an empty file', 'empty.txt', /is empty/],
    ['a file of more than 50 MB', 'huge.bin', /52428801 bytes\. At most 50 MB/],
    ['a file with a password of this machine', 'env', /looks like a password or key/],
    ['a name with a zero', 'a\0b', /cannot be read/],
  ])('%s', async (_what, path, problem) => {
    await mkdir(join(workspace, 'dir'));
    await mkdir(join(disk.dir, 'workspace-2'));
    await writeFile(join(disk.dir, 'workspace-2', 'x.txt'), 'x');
    await writeFile(join(disk.dir, 'secret.txt'), 'x');
    await symlink(join(disk.dir, 'secret.txt'), join(workspace, 'out'));
    await symlink(disk.dir, join(workspace, 'up'));
    await writeFile(join(workspace, 'empty.txt'), '');
    await writeFile(join(workspace, 'huge.bin'), '');
    await truncate(join(workspace, 'huge.bin'), 50 * 1024 * 1024 + 1);
    await writeFile(join(workspace, 'env'), 'PASSWORD=hunter2');
    await execa('mkfifo', [join(workspace, 'pipe')]);
    expect(await use({ paths: [path] })).toMatch(problem);
  });

  it('all of them if one may not be sent, or if they are too large together', async () => {
    await writeFile(join(workspace, 'a.txt'), 'x');
    expect(await use({ paths: ['a.txt', '/etc/hostname'] })).toMatch(/^Nothing was sent/);
    for (const name of ['b', 'c']) await writeFile(join(workspace, name), Buffer.alloc(30 * 1024 * 1024, 'x'));
    expect(await use({ paths: ['b', 'c'] })).toMatch(/Together these files are too large/);
  });

  it.each([
    {},
    { paths: [] },
    { paths: 'a.txt' },
    { paths: Array(11).fill('a') },
    { paths: ['a'], caption: 'x'.repeat(901) },
  ])('the input %j, saying what is wrong with it', async (input) =>
    expect(await use(input)).toMatch(/^Nothing was sent\. ✖ .*\n.*at (paths|caption)/),
  );
});
