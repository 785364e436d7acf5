import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
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
  it('that is a document is named with path, type and size, under a name that the server made', async () => {
    const workspace = await newSession();
    const caption = '[[say seen]]';
    world.telegram.sendFile(file('../../.evil $(x) Übersicht.csv', 'col;umn\n', { mimeType: 'text/csv', caption }));
    await world.shows('seen');
    expect(lastText()).toMatch(/kind="document" type="text\/csv" bytes="8" name="[^"]*Übersicht\.csv"/);
    const names = await readdir(join(workspace, 'inbox'));
    expect(names).toEqual([expect.stringMatching(/^\d+-[0-9a-f]{6}-evil_x_Ubersicht\.csv$/)]);
    expect(await readFile(join(workspace, 'inbox', names[0] ?? ''), 'utf8')).toBe('col;umn\n');
  });

  it.each(['voice', 'video', 'audio'] as const)('that is %s is named as such and lies in the inbox', async (as) => {
    await newSession();
    world.telegram.sendFile(file(`sent.${as}`, `bytes of ${as}`, { as, caption: `[[say got the ${as}]]` }));
    await world.shows(`got the ${as}`);
    expect(lastText()).toContain(`kind="${as}"`);
    expect(await readFile(pathsIn(lastText())[0] ?? '', 'utf8')).toBe(`bytes of ${as}`);
    const hint = world.texts().filter((text) => text.includes('set TRANSCRIBE_COMMAND'));
    if (as === 'voice') expect(hint).toHaveLength(1);
  });

  it('that is a sticker which does not move is one too', async () => {
    await newSession();
    world.telegram.sendSticker({ from: ANN.id, emoji: '😀' });
    await world.shows(/kind="sticker" type="image\/webp" bytes="64"/);
  });

  it('without a caption is a message all the same', async () => {
    await newSession();
    world.telegram.sendFile(file('note.txt', 'just this'));
    await world.shows(/You said: "<attached-file path=.* name="note\.txt"/);
  });

  it('in an album comes with the others in one turn, each on disk, and the caption is kept', async () => {
    const workspace = await newSession();
    const files = [
      { name: 'a.png', data: PNG, as: 'photo' as const },
      { name: 'b.png', data: PNG, as: 'photo' as const },
    ];
    // They wait for their turn, so that both are there when it begins, however slow the machine is.
    world.say('[[wait 2000]][[say the turn before]]');
    world.telegram.sendAlbum({ from: ANN.id, files, caption: 'two of them [[say seen both]]' });
    await world.shows('seen both');
    expect(turns()).toHaveLength(2);
    expect(turns()[1]?.attachments).toEqual(['image/png', 'image/png']);
    expect(lastText()).toContain('two of them');
    expect(pathsIn(lastText())).toHaveLength(2);
    expect(await readdir(join(workspace, 'inbox'))).toHaveLength(2);
  });

  it('that is too large is refused at once, before any download, and the caption reaches Claude', async () => {
    await newSession();
    const data = Buffer.alloc(20 * 1024 * 1024 + 1);
    const calls = world.telegram.calls.length;
    world.telegram.sendFile(file('film.mp4', data, { as: 'video', caption: 'watch this [[say without it]]' }));
    await world.shows('without it');
    expect(world.texts()).toContainEqual(expect.stringMatching(/film\.mp4 is too large: 20\.0 MB.*\n.*up to 20 MB/));
    expect(lastText()).toMatch(/<attached-file kind="video" name="film.mp4" missing="it is larger than 20 MB[^"]*"\/>/);
    expect(lastText()).toContain('watch this');
    world.telegram.sendFile(file('alone.mp4', data, { as: 'video' }));
    await world.shows(/alone\.mp4 is too large/);
    expect(turns()).toHaveLength(1);
    expect(world.telegram.calls.slice(calls).filter(({ method }) => method === 'getFile')).toEqual([]);
  });

  it('that Telegram does not give is said so with the reason, and the text still arrives', async () => {
    await newSession();
    const refusal = { code: 400, description: 'Bad Request: wrong file_id' };
    world.telegram.faults.add({ method: 'getFile', effect: { error: refusal } });
    world.telegram.sendFile(file('lost.txt', 'x', { caption: 'read it [[say could not]]' }));
    await world.shows('could not');
    expect(world.texts()).toContainEqual(expect.stringMatching(/^⚠️ lost\.txt could not be taken: .*wrong file_id/));
    expect(lastText()).toMatch(/missing="[^"]*wrong file_id[^"]*"\/>\n\nread it/);
    await expect.poll(() => transfersOf(world)).toEqual([]);
  });

  it('whose download is cut off, refused for a while or interrupted by a flood limit is tried again', async () => {
    await newSession();
    const data = Buffer.alloc(3_000_000, 'abc');
    world.telegram.faults.add({ method: 'download', effect: 'cutAfter' });
    world.telegram.faults.add({ method: 'download', effect: 'badGateway' });
    world.telegram.faults.add({
      method: 'getFile',
      skip: 2,
      effect: { error: { code: 429, description: 'Too Many Requests', parameters: { retry_after: 1 } } },
    });
    world.telegram.sendFile(file('big.bin', data, { caption: '[[say here at last]]' }));
    await world.shows('here at last');
    expect((await readFile(pathsIn(lastText())[0] ?? '')).equals(data)).toBe(true);
  });
});

describe('a message with a file that is still on its way', () => {
  it('is stopped for good by /stop, and the file is no longer wanted', async () => {
    await newSession();
    const fault = world.telegram.faults.add({ method: 'download', effect: 'hang' });
    world.telegram.sendFile(file('slow.bin', 'slow', { caption: '[[say never]]' }));
    await expect.poll(() => fault.hits).toBe(1);
    await world.ask('/stop', /Stopped/);
    await expect.poll(() => transfersOf(world)).toEqual([]);
    world.telegram.faults.clear();
    await world.ask('[[say next]]', 'next');
    expect(turns().map(({ lastUserText }) => lastUserText)).toEqual(['[[say next]]']);
  });
});

describe('a session that works in another directory', () => {
  it('has its inbox in its own, may read it unasked, and sends files of both', async () => {
    const name = 'elsewhere';
    const directory = join(world.dir, 'roots', name);
    await mkdir(directory, { recursive: true });
    await writeFile(join(directory, 'there.txt'), 'x');
    await world.ask(`/new ${name} default ${directory}`, /created/);
    world.telegram.sendFile(file('note.txt', 'from the chat', { caption: '[[say noted]]' }));
    await world.shows('noted');
    const [path = ''] = pathsIn(lastText());
    expect(path).toContain(world.workspace(name, 'inbox'));
    await world.ask(`${use('Read', { file_path: path })}[[results]]`, /from the chat/);
    await world.ask(
      `${use('mcp__signalbox__send_file', { paths: ['there.txt', path] })}[[results]]`,
      /Sent to the chat: there\.txt, .*note\.txt/,
    );
  });
});

describe('a file from Claude', () => {
  const send = (input: object) => use('mcp__signalbox__send_file', input);

  it('with others is an album, photos and files apart, in their order', async () => {
    const workspace = await newSession();
    for (const name of ['1.png', '2.png', '3.txt', '4.txt']) {
      await writeFile(join(workspace, name), name.endsWith('png') ? PNG : name);
    }
    const before = world.shown().length;
    await world.ask(`${send({ paths: ['1.png', '2.png', '3.txt', '4.txt'], caption: 'all' })}[[say sent]]`, 'sent');
    const shown = world
      .shown()
      .slice(before)
      .filter((message) => message.file);
    expect(shown.map((message) => message.file?.kind)).toEqual(['photo', 'photo', 'document', 'document']);
    expect(new Set(shown.map(({ mediaGroup }) => mediaGroup)).size).toBe(2);
    expect(shown.map(({ text }) => text)).toEqual(['all', '', '', '']);
  });

  it('that Telegram does not take as a photo comes as a file', async () => {
    const workspace = await newSession();
    await writeFile(join(workspace, 'odd.png'), PNG);
    const effect = { error: { code: 400, description: 'Bad Request: PHOTO_INVALID_DIMENSIONS' } };
    world.telegram.faults.add({ method: 'sendPhoto', effect });
    await world.ask(`${send({ paths: ['odd.png'] })}[[say sent]]`, 'sent');
    expect(world.shown().find((message) => message.file?.name === 'odd.png')?.file?.kind).toBe('document');
  });

  it('outside the session is refused with the reason, by any way that leads there', async () => {
    const workspace = await newSession();
    await symlink('/etc/hostname', join(workspace, 'link'));
    await symlink('/etc', join(workspace, 'etc'));
    for (const path of [
      '/etc/hostname',
      '../metadata.json',
      'link',
      'etc/hostname',
      '../../../../../../etc/hostname',
    ]) {
      await world.ask(
        `${send({ paths: [path] })}[[results]]`,
        /Nothing was sent\. .* is outside the session's directories/,
      );
    }
    expect(world.shown().filter((message) => message.file?.name === 'hostname')).toEqual([]);
  });

  it('that is sent again in the same turn is shown once', async () => {
    const workspace = await newSession();
    await writeFile(join(workspace, 'once.txt'), 'once');
    const twice = send({ paths: ['once.txt'] });
    await world.ask(`${twice}${twice}[[results]]`, /before, so not again: once\.txt/);
    await world.ask('[[say later]]', 'later');
    expect(world.shown().filter((message) => message.file?.name === 'once.txt')).toHaveLength(1);
  });
});
