import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { NewJob } from '@signalbox/contracts';
import { describe, expect, it } from 'vitest';
import { origin, useTestDisk } from '../../testing/world.ts';
import { createSession } from './create-session.ts';

const disk = useTestDisk('default', 'planner');

const job = (more: Partial<NewJob> = {}): NewJob => ({
  version: 1,
  kind: 'new',
  session: 'web',
  persona: 'default',
  personaNamed: false,
  origin,
  ...more,
});

describe('making a session', () => {
  it('puts it on disk, with the persona as it stands in the library now', async () => {
    expect(await createSession('u-1-1', job(), disk)).toEqual({ status: 'created', text: "Session 'web' created." });
    expect(await disk.store.readMetadata('web')).toMatchObject({
      value: { name: 'web', persona: 'default', status: 'idle', createdBy: 'u-1-1', lastPlace: origin.place },
    });
    expect(await disk.store.readPersona('web')).toMatchObject({ value: await disk.library.read('default') });
  });

  it('with a persona that was named says its name', async () => {
    const made = await createSession('u-1-1', job({ persona: 'planner', personaNamed: true }), disk);
    expect(made.text).toBe("Session 'web' created with persona 'planner'.");
  });

  it('done again by the same job finds what it made, and says the same', async () => {
    const first = await createSession('u-1-1', job(), disk);
    const before = await readFile(disk.store.paths('web').metadata, 'utf8');
    expect(await createSession('u-1-1', job(), disk)).toEqual(first);
    expect(await readFile(disk.store.paths('web').metadata, 'utf8')).toBe(before);
  });

  it('of a name whose directory another made changes nothing in it', async () => {
    await createSession('u-1-1', job(), disk);
    expect(await createSession('u-1-2', job({ persona: 'planner' }), disk)).toEqual({
      status: 'existed',
      text: "Session 'web' already exists. Use /session web to switch to it.",
    });
    expect(await disk.store.readPersona('web')).toMatchObject({ value: { name: 'default' } });
  });

  it('where a directory stands that is no session, or a torn one, touches nothing', async () => {
    const { dir, metadata } = disk.store.paths('web');
    await mkdir(dir);
    expect((await createSession('u-1-1', job(), disk)).status).toBe('existed');
    await writeFile(metadata, '{"torn');
    expect((await createSession('u-1-1', job(), disk)).status).toBe('existed');
    expect(await readFile(metadata, 'utf8')).toBe('{"torn');
  });

  it('with a persona that is not in the library lists those that are, and makes nothing', async () => {
    expect(await createSession('u-1-1', job({ persona: 'nobody' }), disk)).toEqual({
      status: 'gone',
      text: "There is no persona 'nobody'. These are there: default, planner.",
    });
    expect(await disk.store.names()).toEqual([]);
  });

  it('with a persona that cannot be used does not make it either', async () => {
    await writeFile(`${disk.dir}/torn.json`, '{"name":"torn"');
    expect((await createSession('u-1-1', job({ persona: 'torn' }), disk)).status).toBe('gone');
  });

  it('where a file stands throws what the file system says', async () => {
    await writeFile(disk.store.paths('web').dir, 'a file');
    await expect(createSession('u-1-1', job(), disk)).rejects.toMatchObject({ code: 'ENOTDIR' });
  });
});
