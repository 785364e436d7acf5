import { beforeEach, describe, expect, it } from 'vitest';
import { bash } from '../support/directives.ts';
import { press } from '../support/press.ts';
import { useWorld } from '../support/use-world.ts';

const world = useWorld();
beforeEach(async () => {
  await world.newSession();
});

/** Begins a turn that would last for a minute in a tool, and resolves when the tool runs. */
async function beginLongTurn(): Promise<void> {
  world.say(`${bash('touch begun && tail -f begun')}[[say slept]]`);
  const allow = await world.shows(/Claude wants to run/);
  press(world, allow, '✅ Allow');
  await expect
    .poll(async () => (await world.claudes()).map(({ command }) => command).join())
    .toContain('tail -f begun');
}

describe('a turn that is stopped', () => {
  it.each(['/stop', 'stop'])('by %j ends with its tool, is never resumed, and the queue goes on', async (text) => {
    await beginLongTurn();
    world.say('[[say next]]');
    await world.ask(text, '⏹ Stopped.');
    await world.shows('next');
    const living = (await world.claudes()).map(({ command }) => command).join();
    expect(living).not.toContain('tail -f begun');
    expect(world.texts().filter((each) => /slept|Continuing/.test(each))).toEqual([]);
  });
});

describe('the queue', () => {
  it('shows what waits; a button takes one out, another lets one be the next', async () => {
    await beginLongTurn();
    for (const text of ['first', 'second', 'third']) world.say(`${text} [[say ${text}]]`);
    const shown = await world.ask('/queue', /^Queue of session 's\d+':\n▶️ .*\n1\. first.*\n2\. second.*\n3\. third/);
    press(world, shown, '✖ Cancel 2');
    await world.shows(/^Queue of session 's\d+':\n▶️ .*\n1\. first.*\n2\. third[^\n]*$/);
    press(world, await world.shows(/2\. third/), '⏫ Run next 2');
    await world.shows(/\n1\. third.*\n2\. first/);
    await world.ask('/stop', '⏹ Stopped.');
    await world.shows('first');
    expect(world.asked().slice(1)).toEqual([expect.stringContaining('third'), expect.stringContaining('first')]);
  });
});
