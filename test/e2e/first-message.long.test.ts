import { ANN, BOB, type ShownMessage } from '@signalbox/simulator';
import { expect, it } from 'vitest';
import { press } from '../support/press.ts';
import { useWorld } from '../support/use-world.ts';

const world = useWorld();

const NONE = 'No active session. Use /new <name> to start one.';
/** Ann presses a button below what was said last with these words. */
const pressLast = (text: string | RegExp, label: string) => {
  const matches = (each: ShownMessage) => (typeof text === 'string' ? each.text === text : text.test(each.text));
  press(world, world.shown().findLast(matches) as ShownMessage, label);
};

it('the first message is kept over a restart of all, and starts a session that is named by its words', async () => {
  await world.ask('Could you please mow the lawn? [[say mown]]', NONE);
  await world.replace('bot', 'SIGTERM');
  await world.replace('worker', 'SIGTERM');
  pressLast(NONE, 'Start a session with it');
  await world.shows("Session 'mow-lawn-say' created.");
  await world.shows('mown');
  expect(world.asked()).toEqual(['Could you please mow the lawn? [[say mown]]']);
});

it('after /archive a message is kept too, as it reads after an edit; a name that is taken gets a number', async () => {
  await world.ask('/archive', /^Session 'mow-lawn-say' is archived\./);
  const first = world.say('Mow the lawn again [[say wrong]]');
  await world.shows(NONE);
  world.telegram.edit({ from: ANN.id, messageId: first.message.id, text: 'Mow lawn, say more [[say mown again]]' });
  await world.shows('✏️ The message that is kept was changed.');
  await world.ask('[[say and more]]', /^No active session\.[\s\S]*2 messages are kept for it\.$/);
  pressLast(/2 messages are kept/, 'Start a session with them');
  await world.shows(/^Session 'mow-lawn-.*' created\.$/);
  await world.shows('mown again');
  await world.shows('and more');
  expect(world.asked()).toEqual(['Mow lawn, say more [[say mown again]]', '[[say and more]]']);
});

it('a file is kept with its name; a session that is chosen is offered what is kept, once', async () => {
  const data = Buffer.from('the plan');
  world.telegram.sendFile({ from: BOB.id, as: 'document', name: 'Garden plan.txt', data });
  const offer = await world.shows(NONE, BOB.id);
  expect(offer.buttons.flat()[0]?.data).toBeDefined();
  await world.ask('/new garden', "Session 'garden' created.", BOB.id);
  const kept = await world.shows('A message that you wrote here before is kept.', BOB.id);
  const give = kept.buttons.flat().find(({ text }) => text === "Give to 'garden'");
  const pressed = { from: BOB.id, messageId: kept.id, data: give?.data ?? '' };
  world.telegram.press(pressed);
  await expect.poll(() => world.asked()).toHaveLength(1);
  expect(world.asked()[0]).toContain('Garden plan.txt');
  world.telegram.press({ ...pressed, messageId: offer.id, data: offer.buttons.flat()[0]?.data ?? '' });
  await world.shows('Nothing is kept here: it was passed on, or dropped.', BOB.id);
  await world.ask('[[say next]]', 'next', BOB.id);
  expect(world.asked()).toHaveLength(2);
});

it('what is dropped is named, and is kept no longer', async () => {
  await world.ask('/archive', /is archived\./);
  await world.ask('Never mind this', NONE);
  pressLast(NONE, 'Drop');
  await world.shows('Dropped a message:\n• Never mind this');
  await world.ask('/new after', "Session 'after' created.");
  await world.ask('[[say after]]', 'after');
  expect(world.texts().filter((text) => /is kept/.test(text))).toEqual([]);
  expect(world.asked()).toHaveLength(1);
});
