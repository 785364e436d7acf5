import { ANN } from '@signalbox/simulator';
import { expect, it } from 'vitest';
import { PATIENCE_MS } from '../support/patience.ts';
import { useWorld } from '../support/use-world.ts';

const world = useWorld({}, (own) => own.newSession('web'));

const TITLES = ['💬 Talk', '🗂 Session', '🏠 House', '⚙️ Settings'];
/** Those that take whatever stands behind them. */
const TAKE_ALL = ['help', 'start'];

it('/help has each command of the menu once, below one of four titles, with what the usage line of each says', async () => {
  const menu = () => world.telegram.commandsFor(ANN.id, ANN.id).map(({ command }) => command);
  // What a worker has to offer comes with it.
  await expect.poll(menu, { timeout: PATIENCE_MS }).toContain('host');
  const lines = (await world.ask('/help', /\/new/)).text.split('\n');
  expect(lines.filter((line) => TITLES.includes(line))).toEqual(TITLES);
  const usages = new Map(
    lines.flatMap((line) => {
      const [usage = '', description] = line.split(' – ');
      return /^\/\w+/.test(usage) && description ? [[/^\/(\w+)/.exec(usage)?.[1] ?? '', usage] as const] : [];
    }),
  );
  expect([...usages.keys()].sort()).toEqual(menu().sort());
  expect(menu()).toEqual(expect.arrayContaining(['rewind', 'archive', 'queue', 'mode', 'status']));
  for (const [name, usage] of usages)
    if (!TAKE_ALL.includes(name)) {
      world.say(`/${name} ${'no such words '.repeat(10)}`);
      const isUsage = ({ text }: { text: string }) => text.startsWith(`Usage: ${usage}\n`);
      const answer = await world.telegram.waitFor(() => world.shown().find(isUsage), {
        timeoutMs: PATIENCE_MS,
        describe: `the usage line of /${name} as /help has it`,
      });
      expect(answer.text.split('\n')[1]).toMatch(new RegExp(`^Example: /${name}`));
    }
});

it('what an output mode shows is said in the same words by /help, the menu, and the command itself', async () => {
  const help = (await world.ask('/help', /\/new/)).text;
  const menu = world.telegram.commandsFor(ANN.id, ANN.id);
  for (const mode of ['quiet', 'normal', 'verbose', 'smart']) {
    const meaning = new RegExp(`^/${mode} – Show (.*)$`, 'm').exec(help)?.[1] ?? 'no line';
    expect(menu.find(({ command }) => command === mode)?.description).toBe(`Show ${meaning}`);
    expect((await world.ask(`/${mode}`, new RegExp(`^Output: ${mode}`))).text).toContain(meaning);
  }
});
