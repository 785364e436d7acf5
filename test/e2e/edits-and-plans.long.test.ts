import { readFile, writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { bash, use } from '../support/directives.ts';
import { press } from '../support/press.ts';
import { useWorld } from '../support/use-world.ts';

const world = useWorld({ personas: { planner: { permission_mode: 'plan' } } });

it('an edit is shown as a diff; once edits are allowed for the session, no more are asked for', async () => {
  await world.newSession('web');
  const file = world.workspace('web', 'app.conf');
  await writeFile(file, 'host = a\nport = 1\n');
  const edit = (from: string, to: string) =>
    use('Read', { file_path: file }) + use('Edit', { file_path: file, old_string: from, new_string: to });
  const asked = await world.ask(`${edit('port = 1', 'port = 2')}[[results]]`, /Claude wants to edit/);
  expect(asked.text).toMatch(/app\.conf:\s+-port = 1\n\+port = 2$/);
  expect(asked.entities).toContainEqual(expect.objectContaining({ type: 'pre', language: 'diff' }));
  const always = asked.buttons.flat().find(({ text }) => text.startsWith('♾'));
  press(world, asked, always?.text ?? '');
  await world.shows(/has been updated/);
  await world.ask(`${edit('host = a', 'host = b')}[[say edited]]`, 'edited');
  expect(await readFile(file, 'utf8')).toBe('host = b\nport = 2\n');
  expect(world.texts().filter((text) => /wants to edit/.test(text))).toHaveLength(1);
});

it('once a plan is approved, the session plans no more, also after a restart', async () => {
  await world.ask('/new garden planner', /created/);
  const asked = await world.ask(`${use('ExitPlanMode', { plan: '1. Plant' })}[[results]]`, /Carry it out\?/);
  press(world, asked, '✅ Approve');
  await world.shows(/approved exiting plan mode/);
  const plant = bash('touch planted && echo planted');
  press(world, await world.ask(`${plant}[[results]]`, /Claude wants to run/), '✅ Allow');
  await world.shows('planted');
  await world.replace('worker', 'SIGTERM');
  await world.ask('/mode', /^Permissions: default/);
});
