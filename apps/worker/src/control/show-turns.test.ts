import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { useTestDisk } from '../../testing/world.ts';
import { showTurns } from './show-turns.ts';

const ID = '56cbfb68-1682-4236-a7dd-07668583fb63';
const ROWS = [
  { type: 'user', uuid: 'aaaaaaaa-1111', parentUuid: null, message: { content: 'one' } },
  { type: 'assistant', uuid: 'a1', parentUuid: 'aaaaaaaa-1111', message: { content: [{ type: 'text', text: 'A' }] } },
];
const TRANSCRIPT = ROWS.map((row) => `${JSON.stringify({ ...row, sessionId: ID })}\n`).join('');

const disk = useTestDisk();
beforeEach(async () => {
  const persona = { name: 'default', description: 'A test', system_prompt: '', settings: {} };
  await disk.store.create({
    name: 'web',
    persona,
    claudeSessionId: ID,
    createdBy: 'u-1-1',
    lastPlace: null,
    lastRow: 'a1',
  });
});

const show = () => {
  const claude = { configDir: undefined, environment: { HOME: disk.dir, PATH: '' } };
  return showTurns('web', { store: disk.store, claude, redactBeginning: (text) => text });
};

it.each([
  ['Claude’s directory', () => join(disk.dir, '.claude/projects/-web')],
  ['its copy alone', () => disk.store.paths('web').history],
])('the turns of a conversation that is in %s are offered', async (_, directory) => {
  await mkdir(directory(), { recursive: true });
  await writeFile(join(directory(), `${ID}.jsonl`), TRANSCRIPT);
  expect(await show()).toMatchObject({ kind: 'menu', rows: [[{ label: '↩ one' }]] });
});

it('of a conversation that is gone it is said that it is', async () => {
  expect(await show()).toEqual({ kind: 'text', text: expect.stringMatching(/^⚠️ The conversation's history is gone/) });
});
