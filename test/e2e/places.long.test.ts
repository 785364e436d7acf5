import { writeFile } from 'node:fs/promises';
import { ANN, BOB, GROUP_ID } from '@signalbox/simulator';
import { expect, it } from 'vitest';
import { BYPASS, bash } from '../support/directives.ts';
import { useWorld } from '../support/use-world.ts';

const world = useWorld({ people: [{ ...ANN, hasTopics: true }, BOB], env: BYPASS });

it('topics of a private chat are places of their own, and their sessions work at once', async () => {
  const threads = ['Web', 'Nas'].map((name) => world.telegram.createTopic({ from: ANN.id, chat: ANN.id, name }).id);
  const [web = 0, nas = 0] = threads;
  const say = (thread: number, text: string) => world.telegram.say({ from: ANN.id, thread, text });
  const shows = (thread: number, text: string) =>
    world.telegram.waitFor(() => world.texts(ANN.id, thread).includes(text), { describe: `“${text}” in its topic` });
  say(web, '/new web');
  say(nas, '/new nas');
  await Promise.all([shows(web, "Session 'web' created."), shows(nas, "Session 'nas' created.")]);
  for (const thread of threads) say(thread, '[[say warm]]');
  await Promise.all(threads.map((thread) => shows(thread, 'warm')));
  say(web, `I am web ${bash('until test -e go; do sleep 0.1; done')}[[say slow]]`);
  say(nas, 'I am nas [[say fast]]');
  await shows(nas, 'fast');
  await writeFile(world.workspace('web', 'go'), '');
  await shows(web, 'slow');
  const texts = world.texts(ANN.id);
  expect(texts.indexOf('fast')).toBeLessThan(texts.indexOf('slow'));
});

it('in a group each command of the menu is answered, asked for with the bot’s name', async () => {
  const say = (text: string) => world.telegram.say({ from: BOB.id, chat: GROUP_ID, text });
  const bot = world.telegram.me?.username ?? '';
  say(`/new@${bot} garden`);
  await world.shows("Session 'garden' created.", GROUP_ID);
  const menu = world.telegram.commandsFor(GROUP_ID, BOB.id).map(({ command }) => command);
  expect(menu.length).toBeGreaterThan(25);
  const unanswered: string[] = [];
  for (const command of menu) {
    const before = world.shown(GROUP_ID).length;
    say(`/${command}@${bot}`);
    const answered = () => world.shown(GROUP_ID).length > before;
    await world.telegram
      .waitFor(answered, { describe: `an answer to /${command}` })
      .catch(() => unanswered.push(command));
    // Each is told to another bot as well, and that is none of ours.
    say(`/${command}@somebody_else_bot`);
  }
  expect(unanswered).toEqual([]);
  expect(world.texts(GROUP_ID).filter((text) => /I don't know/.test(text))).toEqual([]);
});
