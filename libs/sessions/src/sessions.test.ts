import { mkdtempSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { boundPermissionMode, openPersonaLibrary, openSessionStore, type Persona, type SessionStore } from './index.ts';

const claudeSessionId = '3b241101-e2bb-4255-8caf-4136c566a962';
const persona: Persona = { name: 'default', description: 'd', system_prompt: 'p', settings: { model: 'opus' } };
const web = { name: 'web', persona, claudeSessionId, createdBy: 'u-1-1', lastPlace: null };

let dir: string;
let store: SessionStore;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'signalbox-test-'));
  store = openSessionStore(dir);
});
afterEach(() => rm(dir, { recursive: true, force: true }));

describe('a session on disk', () => {
  it('is made whole, readable by its owner alone', async () => {
    await store.create(web);
    const { workspace, metadata, persona: personaFile } = store.paths('web');
    const modes = await Promise.all(
      [workspace, metadata, personaFile].map(async (path) => (await stat(path)).mode & 0o777),
    );
    expect(modes).toEqual([0o700, 0o600, 0o600]);
    expect(await store.readMetadata('web')).toMatchObject({
      status: 'ok',
      value: { status: 'idle', persona: 'default', turns: 0 },
    });
    expect(await store.readPersona('web')).toEqual({ status: 'ok', value: persona });
    expect(await store.names()).toEqual(['web']);
  });

  it('is not made a second time, and the first stays as it was', async () => {
    await store.create(web);
    await expect(store.create({ ...web, createdBy: 'u-1-2' })).rejects.toThrow();
    expect(await store.readMetadata('web')).toMatchObject({ value: { createdBy: 'u-1-1' } });
    expect(await readdir(dir)).toEqual(['web']);
  });

  it.each(['', '..', '../x', 'a/b', '-rf', 'A', 'a\0', 'e\u0301', 'Ä', 'аb'])('never makes a path of %j', (name) => {
    expect(() => store.paths(name)).toThrow("Not a session's name");
  });

  it('does not follow a link that stands where a session should', async () => {
    await symlink(tmpdir(), join(dir, 'web'));
    expect(await store.exists('web')).toBe(false);
    expect(await store.names()).toEqual([]);
  });

  it.each(['', '{"version":1', '[]', '{"version":1,"name":"web"}'])(
    'sets a metadata.json aside that holds %j, whole',
    async (text) => {
      await store.create(web);
      await writeFile(store.paths('web').metadata, text);
      const read = await store.readMetadata('web');
      if (read.status !== 'corrupt') throw new Error(`expected corrupt, got ${read.status}`);
      expect(await readFile(read.setAside, 'utf8')).toBe(text);
      expect(await store.readMetadata('web')).toEqual({ status: 'missing' });
    },
  );

  it('keeps the old metadata when the new cannot be written', async () => {
    const metadata = await store.create(web);
    await rm(store.paths('web').dir, { recursive: true });
    await expect(store.writeMetadata({ ...metadata, turns: 1 })).rejects.toThrow();
    expect(await store.exists('web')).toBe(false);
  });

  it('keeps the last of several changes that were asked for at once', async () => {
    const metadata = await store.create(web);
    const writes = Array.from({ length: 50 }, (_, turns) => store.writeMetadata({ ...metadata, turns }));
    await Promise.all([...writes, store.tidy('web')]);
    expect(await store.readMetadata('web')).toMatchObject({ value: { turns: 49 } });
  });

  it('is cleared of unfinished writes, and of nothing else', async () => {
    await store.create(web);
    const { dir: own } = store.paths('web');
    const kept = ['metadata.json.corrupt-2026', 'notes.tmp-1'];
    for (const file of [...kept, 'metadata.json.tmp-0a', 'persona.json.tmp-0b']) await writeFile(join(own, file), '{');
    await store.tidy('web');
    expect((await readdir(own)).sort()).toEqual([...kept, 'metadata.json', 'persona.json', 'workspace'].sort());
    await store.tidy('not-there');
  });

  it('leaves nothing behind when it cannot be made', async () => {
    await mkdir(join(dir, 'web'));
    await writeFile(join(dir, 'web', 'mine.txt'), 'x');
    await expect(store.create(web)).rejects.toThrow();
    expect(await readdir(dir)).toEqual(['web']);
    await chmod(dir, 0o700);
  });
});

describe('a session’s directory', () => {
  it('can be given another name, and removed with what an earlier removal has left', async () => {
    await store.create(web);
    await store.rename('web', 'site');
    expect(await store.names()).toEqual(['site']);
    await mkdir(join(dir, '.removed-site.0a'));
    await mkdir(join(dir, '.removed-site2.0a'));
    await store.remove('site');
    expect(await readdir(dir)).toEqual(['.removed-site2.0a']);
    await store.remove('not-there');
  });

  it('begins with the contents of another, links as they are, and with its settings', async () => {
    await store.create(web);
    const { workspace } = store.paths('web');
    await writeFile(join(workspace, 'file'), 'mine');
    await symlink('/nowhere', join(workspace, 'link'));
    await store.create({ ...web, name: 'copy', contents: workspace, settings: { model: 'haiku' } });
    const copy = store.paths('copy').workspace;
    expect(await readFile(join(copy, 'file'), 'utf8')).toBe('mine');
    expect(await readlink(join(copy, 'link'))).toBe('/nowhere');
    expect(await store.peekSettings('copy')).toMatchObject({ model: 'haiku' });
  });

  it('that cannot be filled is not made', async () => {
    await expect(store.create({ ...web, contents: join(dir, 'not-there') })).rejects.toThrow();
    expect(await readdir(dir)).toEqual([]);
  });
});

describe('a session’s settings', () => {
  it('are none until they are written, and none for a reader that finds them torn', async () => {
    await store.create(web);
    expect(await store.peekSettings('web')).toEqual({});
    await store.writeSettings('web', { effort: 'low' });
    expect(await store.peekSettings('web')).toMatchObject({ effort: 'low' });
    await writeFile(store.paths('web').settings, '{"version":1,"effort":"immense"}');
    expect(await store.peekSettings('web')).toEqual({});
    expect(await store.readSettings('web')).toMatchObject({
      status: 'corrupt',
      problem: expect.stringContaining('effort'),
    });
  });
});

describe('the persona library', () => {
  const write = (file: string, value: unknown) =>
    writeFile(join(dir, file), typeof value === 'string' ? value : JSON.stringify(value));

  it('lists what can be used and says what is wrong with the rest', async () => {
    await write('default.json', persona);
    await write('broken.json', '{');
    await write('other.json', { ...persona, name: 'not-other' });
    await write('short.json', { name: 'short' });
    const { personas, problems } = await openPersonaLibrary(dir).list();
    expect(personas).toEqual([persona]);
    expect(problems.map(({ file }) => file)).toEqual(['broken.json', 'other.json', 'short.json']);
  });

  it('reads a persona as the file stands now, and no path that is not a name', async () => {
    const library = openPersonaLibrary(dir);
    expect(await library.read('default')).toBeUndefined();
    await write('default.json', persona);
    expect(await library.read('default')).toEqual(persona);
    expect(await library.read('../default')).toBeUndefined();
  });
});

describe('the permission mode', () => {
  it('is never more than the configuration allows', () => {
    expect(boundPermissionMode('bypassPermissions', 'default')).toBe('default');
    expect(boundPermissionMode('acceptEdits', 'bypassPermissions')).toBe('acceptEdits');
    expect(boundPermissionMode('plan', 'default')).toBe('plan');
    expect(boundPermissionMode(undefined, 'acceptEdits')).toBe('acceptEdits');
  });
});
