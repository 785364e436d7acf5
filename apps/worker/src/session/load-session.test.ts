import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { useTestDisk } from '../../testing/world.ts';
import { loadSession } from './load-session.ts';

const disk = useTestDisk('default', 'planner');
beforeEach(async () => {
  const persona = await disk.library.read('planner');
  if (!persona) throw new Error('no persona');
  const claudeSessionId = '3b241101-e2bb-4255-8caf-4136c566a962';
  await disk.store.create({ name: 'web', persona, claudeSessionId, createdBy: 'u-1-1', lastPlace: null });
});

const files = { metadata: () => disk.store.paths('web').metadata, persona: () => disk.store.paths('web').persona };
/** The contents of what was set aside. */
async function setAside(): Promise<string[]> {
  const { dir } = disk.store.paths('web');
  const names = (await readdir(dir)).filter((name) => name.includes('.corrupt-')).sort();
  return Promise.all(names.map((name) => readFile(join(dir, name), 'utf8')));
}

describe('loading a session', () => {
  it('whose files are well says nothing and changes nothing', async () => {
    const before = await Promise.all([readFile(files.metadata()), readFile(files.persona())]);
    const { metadata, persona, notices } = await loadSession('web', disk);
    expect([metadata.name, metadata.persona, persona.name, notices]).toEqual(['web', 'planner', 'planner', []]);
    expect(await Promise.all([readFile(files.metadata()), readFile(files.persona())])).toEqual(before);
  });

  it('whose metadata cannot be read sets it aside whole, says so and begins anew with the same persona', async () => {
    await writeFile(files.metadata(), '{"torn');
    const { metadata, notices } = await loadSession('web', disk);
    expect(metadata).toMatchObject({ name: 'web', persona: 'planner', createdBy: 'recovered', turns: 0 });
    expect(metadata.claudeSessionId).not.toBe('3b241101-e2bb-4255-8caf-4136c566a962');
    expect(notices).toEqual([
      {
        what: 'metadata',
        text: expect.stringMatching(/could not be read.*set aside as metadata\.json\.corrupt-\S+, /),
      },
    ]);
    expect(await setAside()).toEqual(['{"torn']);
    expect((await loadSession('web', disk)).metadata).toEqual(metadata);
    expect((await loadSession('web', disk)).notices).toEqual([]);
  });

  it('whose metadata is missing says that it was missing', async () => {
    await rm(files.metadata());
    const { notices } = await loadSession('web', disk);
    expect(notices).toEqual([{ what: 'metadata', text: expect.stringContaining('was missing') }]);
    expect(await setAside()).toEqual([]);
  });

  it('whose persona cannot be read sets it aside whole and copies it from the library again', async () => {
    await writeFile(files.persona(), '{"name":"planner"}');
    const { persona, notices } = await loadSession('web', disk);
    expect(persona.name).toBe('planner');
    expect(notices).toEqual([
      {
        what: 'persona',
        text: expect.stringMatching(/set aside as persona\.json\.corrupt-\S+, and 'planner' was copied/),
      },
    ]);
    expect(await setAside()).toEqual(['{"name":"planner"}']);
    expect((await loadSession('web', disk)).notices).toEqual([]);
  });

  it('whose persona is gone here and in the library works as the default', async () => {
    await rm(files.persona());
    await rm(join(disk.dir, 'planner.json'));
    const { persona, notices } = await loadSession('web', disk);
    expect(persona.name).toBe('default');
    expect(notices[0]?.text).toMatch(/It was missing, and 'default' was copied/);
  });

  it('of which nothing can be read tells of both files where they are', async () => {
    await Promise.all([writeFile(files.metadata(), 'm'), writeFile(files.persona(), 'p')]);
    const { notices } = await loadSession('web', disk);
    expect(notices.map(({ text }) => /set aside as (\w+)\.json\.corrupt-/.exec(text)?.[1])).toEqual([
      'metadata',
      'persona',
    ]);
    expect(await setAside()).toEqual(['m', 'p']);
  });

  it('without any persona left fails, and leaves what is there', async () => {
    await writeFile(files.persona(), 'p');
    for (const name of ['default', 'planner']) await rm(join(disk.dir, `${name}.json`));
    await expect(loadSession('web', disk)).rejects.toThrow("Neither persona 'planner' nor 'default'");
    expect(await setAside()).toEqual(['p']);
  });

  it('that is a copy of another’s directory never writes into the other', async () => {
    await cp(disk.store.paths('web').dir, disk.store.paths('web2').dir, { recursive: true });
    const { metadata } = await loadSession('web2', disk);
    expect(metadata.name).toBe('web2');
    await disk.store.writeMetadata({ ...metadata, turns: 99 });
    expect(await disk.store.readMetadata('web')).toMatchObject({ value: { name: 'web', turns: 0 } });
  });
});
