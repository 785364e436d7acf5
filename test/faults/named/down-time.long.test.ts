import { ANN, BOB } from '@signalbox/simulator';
import { describe, expect, it } from 'vitest';
import { useWorldToOpen } from '../../support/use-world.ts';

const world = useWorldToOpen();

const minutesAgo = (count: number) => Date.now() - count * 60_000;
const lateness = (text: string) => /^⏱ Handling a message sent (\d+) min ago\.$/.exec(text)?.[1];
/** What the bot said in a chat from its `skip`th message on, without the words that a message waits, in the queue or for a worker. */
const said = (chat: number, skip: number) =>
  world
    .texts(chat)
    .slice(skip)
    .filter((text) => !/in the queue|No worker is running/.test(text));

describe('messages that were sent while everything was down', () => {
  it('are all handled, in order, and each says how old it is', async () => {
    await world.open();
    await world.newSession('web');
    await world.newSession('db', '', BOB.id);
    await Promise.all(world.apps.map((app) => app.stop()));
    const people = [ANN.id, BOB.id].map((id) => ({ id, before: world.texts(id).length }));
    for (const minutes of [14, 9, 4]) {
      for (const { id } of people)
        world.telegram.say({ from: id, text: `[[say answer ${minutes}]]`, at: minutesAgo(minutes) });
    }
    await world.startAll(['worker', 'bot']);
    for (const { id, before } of people) {
      await world.shows('answer 4', id);
      const shown = said(id, before);
      const answers = shown.filter((text) => text.startsWith('answer'));
      expect(answers).toEqual(['answer 14', 'answer 9', 'answer 4']);
      // A notice stands before each answer, and answers its message.
      expect(shown.map((text) => lateness(text) ?? text)).toEqual([
        '14',
        'answer 14',
        '9',
        'answer 9',
        '4',
        'answer 4',
      ]);
      const notices = world.shown(id).filter(({ text }) => lateness(text));
      expect(notices.map(({ replyTo }) => replyTo?.text)).toEqual([14, 9, 4].map((each) => `[[say answer ${each}]]`));
    }
    expect(world.simulator.anthropic.turns()).toHaveLength(6);
  });
});

describe('a message in a session that is served', () => {
  it('does not say its age, and neither does one that waits behind the turn of another', async () => {
    await world.open();
    await world.newSession('web');
    world.say('[[wait 2000]][[say first]]');
    await world.ask('[[say second]]', 'second');
    expect(world.texts().filter((text) => text.startsWith('⏱'))).toEqual([]);
  });
});
