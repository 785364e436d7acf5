import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ANN } from '@signalbox/simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PNG } from '../support/files.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(() => {
  world.simulator.anthropic.reset();
  world.telegram.faults.clear();
});

let sessions = 0;
/** Makes a session of a test's own, and Ann's chat talks to it. */
async function newSession(): Promise<string> {
  const name = `f${++sessions}`;
  await world.ask(`/new ${name}`, `Session '${name}' created.`);
  return name;
}

const inboxOf = (session: string) => join(world.dir, 'sessions', session, 'workspace', 'inbox');
const turns = () => world.simulator.anthropic.turns();
const lastText = () => turns().at(-1)?.lastUserText ?? '';

/** The paths of the files that the model was told of. */
const pathsIn = (text: string) => [...text.matchAll(/<attached-file path="([^"]+)"/g)].map(([, path = '']) => path);

/** Keys of files on their way, in Redis. */
async function transfers(): Promise<string[]> {
  const queues = await world.openQueues();
  const keys = await queues.redis.keys('*:file:*');
  await queues.close();
  return keys;
}

describe('a file for Claude', () => {
  it('that is a photo reaches the model as an image, with its caption, and lies in the inbox', async () => {
    const session = await newSession();
    world.telegram.sendFile({
      from: ANN.id,
      name: 'cat.png',
      data: PNG,
      as: 'photo',
      caption: '/clear what is it? [[say a cat]]',
    });
    await world.shows('a cat');
    expect(turns()).toHaveLength(1);
    expect(turns()[0]?.attachments).toEqual(['image/png']);
    expect(lastText()).toContain('/clear what is it?');
    const [path = ''] = pathsIn(lastText());
    expect(path).toMatch(new RegExp(`^${inboxOf(session)}/\\d+-[0-9a-f]{6}-photo\\.jpg$`));
    expect((await readFile(path)).equals(PNG)).toBe(true);
    await expect.poll(transfers).toEqual([]);
  });

  it('of another kind is named with path, type and size, under a name that the server made', async () => {
    const session = await newSession();
    const data = Buffer.from('col;umn\n');
    world.telegram.sendFile({
      from: ANN.id,
      name: '../../.evil $(x) Übersicht.csv',
      data,
      mimeType: 'text/csv',
      caption: '[[say seen]]',
    });
    await world.shows('seen');
    expect(lastText()).toMatch(/kind="document" type="text\/csv" bytes="8" name="[^"]*Übersicht\.csv"/);
    const names = await readdir(inboxOf(session));
    expect(names).toEqual([expect.stringMatching(/^\d+-[0-9a-f]{6}-[A-Za-z0-9_-]+\.csv$/)]);
    expect(await readFile(join(inboxOf(session), names[0] ?? ''), 'utf8')).toBe('col;umn\n');
  });
});
