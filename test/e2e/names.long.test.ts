import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { BYPASS, bash, use } from '../support/directives.ts';
import { useWorld } from '../support/use-world.ts';

const world = useWorld({ env: BYPASS });

/** As they are typed. Claude's own directories of the first two would have one name. */
const NAMES = ['сессия', 'погода', '日本', 'Café'];
const asKept = (name: string) => name.toLowerCase();
const memoryOf = (name: string) => join(world.dir, 'sessions', asKept(name), 'memory');

/** Where Claude was told to remember things, in its last turn. */
const memoryToldOf = () => /memory at `([^`]+?)\/?`/.exec(world.simulator.anthropic.turns().at(-1)?.system ?? '')?.[1];

it('names of any script have a directory, a conversation and a memory of their own, also after a restart', async () => {
  for (const name of NAMES) {
    await world.ask(`/new ${name}`, `Session '${asKept(name)}' created.`);
    const note = use('Write', { file_path: join(memoryOf(name), 'note.md'), content: `of ${name}` });
    await world.ask(`I am ${name} ${bash('pwd > here.txt')}${note}[[say ${name} noted]]`, `${name} noted`);
    expect(await readFile(world.workspace(asKept(name), 'here.txt'), 'utf8')).toBe(
      `${world.workspace(asKept(name)).replace(/\/$/, '')}\n`,
    );
    expect(memoryToldOf()).toBe(memoryOf(name));
  }
  expect((await readdir(join(world.dir, 'sessions'))).sort()).toEqual(NAMES.map(asKept).sort());
  await world.replace('worker', 'SIGTERM');
  for (const name of NAMES) {
    await world.ask(`/session ${name.toUpperCase()}`, `Switched to session '${asKept(name)}'.`);
    const recalled = await world.ask('[[recall]]', new RegExp(`I am ${name}`));
    for (const other of NAMES.filter((each) => each !== name)) expect(recalled.text).not.toContain(`I am ${other}`);
    expect(await readFile(join(memoryOf(name), 'note.md'), 'utf8')).toBe(`of ${name}`);
  }
});

it('what a session remembers goes with it when it gets another name, and is gone with it', async () => {
  await world.newSession('old_name');
  const note = use('Write', { file_path: join(memoryOf('old_name'), 'note.md'), content: 'kept' });
  await world.ask(`${note}[[say written]]`, 'written');
  await world.ask('/rename имя', "Session 'old_name' is called 'имя' now.");
  await world.ask('[[say renamed]]', 'renamed');
  expect(memoryToldOf()).toBe(memoryOf('имя'));
  expect(await readFile(join(memoryOf('имя'), 'note.md'), 'utf8')).toBe('kept');
  const asked = await world.ask('/delete имя', /^Delete session 'имя'/);
  const data = asked.buttons.flat().find(({ text }) => text === 'Delete')?.data ?? '';
  world.telegram.press({ from: asked.chatId, messageId: asked.id, data });
  await world.shows(/^Session 'имя' is deleted/);
  expect(existsSync(memoryOf('имя'))).toBe(false);
});

it('a name with spaces is answered with what may be meant, and nothing is made', async () => {
  await world.ask('/new Web Site', /Names have no spaces\. If that was to be one name: \/new web-site$/);
  await world.ask('/rename Web Site', /^Usage: \/rename <new name>[\s\S]*Names have no spaces.*\/rename web-site$/);
  await world.ask('/archive Web Site', /^Usage: \/archive \[name\][\s\S]*Names have no spaces.*\/archive web-site$/);
  expect(await readdir(join(world.dir, 'sessions'))).not.toContain('web-site');
});
