import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ANN } from '@signalbox/simulator';
import { describe, expect, it } from 'vitest';
import { use } from '../support/directives.ts';
import { PNG, pathsIn, transfersOf } from '../support/files.ts';
import { useWorld } from '../support/use-world.ts';

const world = useWorld({ env: (dir) => ({ WORKSPACE_ROOTS: join(dir, 'roots') }) });

/** Makes a session of a test's own, and resolves to its workspace. */
const newSession = async () => world.workspace(await world.newSession());

const turns = () => world.simulator.anthropic.turns();
const lastText = () => turns().at(-1)?.lastUserText ?? '';
const file = (name: string, data: string | Buffer, more: object = {}) => ({
  from: ANN.id,
  name,
  data: Buffer.from(data),
  ...more,
});

describe('a file for Claude', () => {
  it('that is a photo reaches the model as an image, with its caption as plain text, and lies in the inbox', async () => {
    const workspace = await newSession();
    world.telegram.sendFile(file('cat.png', PNG, { as: 'photo', caption: '/clear what is it? [[say a cat]]' }));
    await world.shows('a cat');
    expect(turns()).toHaveLength(1);
    expect(turns()[0]?.attachments).toEqual(['image/png']);
    expect(lastText()).toContain('/clear what is it?');
    const [path = ''] = pathsIn(lastText());
    expect(path).toMatch(new RegExp(`^${workspace}/inbox/\\d+-[0-9a-f]{6}-photo\\.jpg$`));
    expect((await readFile(path)).equals(PNG)).toBe(true);
    await expect.poll(() => transfersOf(world)).toEqual([]);
  });
});

describe('a file from Claude', () => {
  const send = (input: object) => use('mcp__signalbox__send_file', input);

  it('that is an image shows as a photo, a text as a file, with its caption, without anybody being asked', async () => {
    const workspace = await newSession();
    await writeFile(join(workspace, 'plot.png'), PNG);
    await writeFile(join(workspace, 'log.txt'), 'line one\n');
    await world.ask(
      `${send({ paths: ['plot.png'], caption: 'The **plot**' })}[[results]]`,
      /Sent to the chat: plot\.png/,
    );
    const photo = await world.shows('The plot');
    expect(photo.file).toMatchObject({ kind: 'photo', size: PNG.length });
    expect(photo.entities).toMatchObject([{ type: 'bold' }]);
    await world.ask(`${send({ paths: [join(workspace, 'log.txt')] })}[[say there]]`, 'there');
    const document = world.shown().find((message) => message.file?.name === 'log.txt');
    expect(Buffer.from(world.telegram.fileData(document?.file?.fileId ?? '')).toString()).toBe('line one\n');
    await expect.poll(() => transfersOf(world)).toEqual([]);
  });

  it('that holds a key of this machine is not sent', async () => {
    const workspace = await newSession();
    await writeFile(join(workspace, 'env.txt'), `KEY=${world.env.ANTHROPIC_API_KEY}`);
    await world.ask(`${send({ paths: ['env.txt'] })}[[results]]`, /looks like a password or key/);
  });
});
