import { writeFile } from 'node:fs/promises';
import { ANN, BOB, GROUP_ID } from '@signalbox/simulator';
import { describe, expect, it } from 'vitest';
import { bash } from '../support/directives.ts';
import { press } from '../support/press.ts';
import { useWorld } from '../support/use-world.ts';

const world = useWorld();

describe('a message', () => {
  it('is answered through the real CLI, once, and reaches the model as one turn', async () => {
    await world.newSession();
    const answer = await world.ask('Hello there', /simulated/i);
    expect(answer.text).toContain('Hello there');
    expect(world.asked()).toEqual(['Hello there']);
  });

  it('is marked with 👀 at once and 👌 at the end, and typing is shown while Claude works', async () => {
    await world.newSession();
    const typed = world.telegram.actions(ANN.id).length;
    const { message } = world.say('[[wait 300]][[say slow answer]]');
    const shows = (emoji: string) => world.telegram.waitFor(() => world.reaction(message) === emoji);
    await shows('👀');
    await world.shows('slow answer');
    await shows('👌');
    expect(world.telegram.actions(ANN.id).length).toBeGreaterThan(typed);
  });

  it('that waits behind a long turn is told its position, and is answered after it', async () => {
    await world.newSession();
    // A cold Claude could let the first one wait as well.
    await world.ask('[[say warm]]', 'warm');
    const before = world.lastId();
    world.telegram.sayBatch([
      { from: ANN.id, text: '[[wait 4000]][[say the long one]]' },
      { from: ANN.id, text: '[[say the short one]]' },
    ]);
    const waits = await world.shows(/number 1 in the queue/, ANN.id, before);
    expect(waits.silent).toBe(true);
    expect(waits.replyTo?.text).toContain('the short one');
    await world.shows('the short one');
    const texts = world.texts();
    expect(texts.indexOf('the long one')).toBeLessThan(texts.indexOf('the short one'));
  });

  it('with tools in between gives every text of Claude as a reply of its own, in order, and shows what runs', async () => {
    const session = await world.newSession();
    const held = bash('touch hostname; until test -e go; do sleep 0.1; done');
    world.say(`[[say First I look.]]${held}[[say Then I tell.]]`);
    const asked = await world.shows(/Claude wants to run/);
    const drafts = () => world.telegram.draftFrames(ANN.id).map(({ text }) => text);
    await expect.poll(() => drafts().join()).toMatch(/Waiting for your answer/);
    press(world, asked, '✅ Allow');
    await expect.poll(() => drafts().join()).toMatch(/touch hostname/);
    await writeFile(world.workspace(session, 'go'), '');
    await world.shows('Then I tell.');
    expect(world.texts().filter((text) => / I /.test(text))).toEqual(['First I look.', 'Then I tell.']);
  });

  it('that looks like a command of the CLI or names a file reaches the model as plain text', async () => {
    await world.newSession();
    await world.ask('/etc/passwd is what? @/etc/passwd [[say inert]]', 'inert');
    const [turn] = world.simulator.anthropic.turns();
    expect(turn?.lastUserText).toContain('/etc/passwd is what?');
    expect(turn?.lastUserText).not.toContain('root:');
  });
});

describe('sessions', () => {
  it('keep their conversations apart, with their own personas, and switching back finds the old one', async () => {
    const first = await world.newSession();
    await world.ask('I am blue [[say noted blue]]', 'noted blue');
    await world.newSession(undefined, 'research');
    await world.ask('I am red [[say noted red]]', 'noted red');
    await world.ask(`/session ${first.toUpperCase()}`, `Switched to session '${first}'.`);
    await world.ask('And now? [[say back again]]', 'back again');
    const turns = world.simulator.anthropic.turns();
    const [blue, red, back] = turns;
    expect(turns).toHaveLength(3);
    expect(back?.userTexts.join()).toContain('I am blue');
    expect(back?.userTexts.join()).not.toContain('red');
    expect(red?.userTexts.join()).not.toContain('blue');
    expect(red?.system).not.toBe(blue?.system);
    expect(back?.sessionId).toBe(blue?.sessionId);
  });

  it('are listed, the last used first, with persona, status, age and what waits', async () => {
    const older = await world.newSession(undefined, 'planner');
    const newer = await world.newSession();
    const list = await world.ask('/sessions', /Use \/session <name> to switch/);
    const [first, second] = [list.text.indexOf(`${newer} ◀ here`), list.text.indexOf(`${older}\n`)];
    expect(first).toBeGreaterThanOrEqual(0);
    expect(second).toBeGreaterThan(first);
    expect(list.text).toMatch(/planner · (active|idle) · \d+ s ago/);
    expect(list.buttons.flat().map(({ text }) => text)).toContainEqual(expect.stringContaining(older));
    await world.ask('/session', new RegExp(`^Session '${newer}'\n\\w+, last used`));
  });
});

describe('people and places', () => {
  it('without an active session are told how to start one, and a button does it with what they wrote', async () => {
    const none = 'No active session. Use /new <name> to start one.';
    const offer = await world.ask('Hello? Water the roses [[say watered]]', none, BOB.id);
    world.say('and the lawn [[say mown]]', { from: BOB.id });
    const again = await world.shows(`${none}\n2 messages are kept for it.`, BOB.id);
    const [start] = again.buttons.flat();
    expect(start?.text).toBe('Start a session with them');
    world.telegram.press({ from: BOB.id, messageId: again.id, data: start?.data ?? '' });
    await world.shows("Session 'water-roses-say' created.", BOB.id);
    await world.shows('watered', BOB.id);
    await world.shows('mown', BOB.id);
    // The first offer is out of date, and does nothing again.
    world.telegram.press({ from: BOB.id, messageId: offer.id, data: offer.buttons.flat()[0]?.data ?? '' });
    await world.shows('Nothing is kept here: it was passed on, or dropped.', BOB.id);
    expect(world.asked().filter((text) => /roses|lawn/.test(text))).toHaveLength(2);
    await world.ask(
      '/session nothing-here',
      "Session 'nothing-here' doesn't exist. Use /new nothing-here to create it.",
      BOB.id,
    );
  });

  it('each get the answers in their own place, topics of a group included', async () => {
    const topic = world.telegram.chats.find(({ id }) => id === GROUP_ID)?.topics[0];
    if (!topic) throw new Error('the simulated group has no topic');
    const there = { from: BOB.id, chat: GROUP_ID, thread: topic.id };
    world.say('/new garden', there);
    await world.shows("Session 'garden' created.", GROUP_ID);
    world.say('[[say in the topic]]', there);
    const answer = await world.shows('in the topic', GROUP_ID);
    expect(answer.thread).toBe(topic.id);
  });

  it('can ask for help, which says that the model is simulated', async () => {
    const help = await world.ask('/help', /\/new <name> \[persona\]/);
    expect(help.text).toContain('simulated');
    expect(world.telegram.commandsFor(ANN.id, ANN.id).map(({ command }) => command)).toContain('new');
  });
});
