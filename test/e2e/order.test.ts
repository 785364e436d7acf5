import { describe, expect, it } from 'vitest';
import { useWorld } from '../support/use-world.ts';

const people = [11, 12, 13, 14].map((id) => ({ id, firstName: `P${id}` }));

const world = useWorld({ apps: [], people });

describe('one batch of updates', () => {
  it('with /new followed at once by eight messages, for four chats, is answered once each and in order', async () => {
    const texts = Array.from({ length: 8 }, (_, i) => `[[say answer ${i}]]`);
    const batch = [undefined, ...texts].flatMap((text) =>
      people.map(({ id }) => ({ from: id, text: text ?? `/new x${id}` })),
    );
    world.telegram.sayBatch(batch);
    // A bot that finds no worker yet would say so first.
    await world.startAll(['worker']);
    await world.startAll(['bot']);
    for (const { id } of people) {
      await world.shows('answer 7', id);
      const answers = world.texts(id).filter((text) => !/in the queue/.test(text));
      expect(answers).toEqual([`Session 'x${id}' created.`, ...texts.map((_, i) => `answer ${i}`)]);
    }
    expect(world.simulator.anthropic.turns()).toHaveLength(32);
  });

  it('delivered again leads to nothing new', async () => {
    const shown = people.map(({ id }) => world.texts(id).length);
    world.telegram.redeliver(36);
    const [first] = people;
    await world.ask('[[say after it]]', 'after it', first?.id);
    expect(people.map(({ id }) => world.texts(id).length)).toEqual(shown.map((count, i) => count + (i === 0 ? 1 : 0)));
    expect(world.simulator.anthropic.turns()).toHaveLength(1);
  });
});
