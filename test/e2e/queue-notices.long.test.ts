import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ANN, GROUP_ID } from '@signalbox/simulator';
import { expect, it } from 'vitest';
import { BYPASS, bash } from '../support/directives.ts';
import { PNG } from '../support/files.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { useWorld } from '../support/use-world.ts';

const world = useWorld({ env: BYPASS });
const patiently = { timeout: PATIENCE_MS };
const flag = (name: string) => join(world.dir, name);
const soon = (look: () => unknown) => expect.poll(look, patiently);

/** Begins or adds a turn that goes on until it is let go. */
const hold = (name: string) =>
  world.say(`${bash(`touch ${flag(name)}.begun; until [ -e ${flag(name)} ]; do sleep 0.1; done`)}[[say ${name}]]`)
    .message;
const begins = (name: string) => soon(() => existsSync(`${flag(name)}.begun`)).toBe(true);
const letGo = (name: string) => writeFile(flag(name), '');

/** What is shown of those that wait: to which message, and which number. */
function notices(chat: number = ANN.id): string[] {
  return world.shown(chat).flatMap(({ text, replyTo }) => {
    const [, number] = /^⏳ Waits in session '.+': number (\d+) in the queue\.$/.exec(text) ?? [];
    return number === undefined ? [] : [`${replyTo?.id}: ${number}`];
  });
}
const answerTo = (text: string) => world.shown().find((message) => message.text === text)?.replyTo?.id;

it('of each message that waits, and of an album as one, its place is shown as it moves until its turn begins; answers are replies', async () => {
  await world.newSession();
  const one = hold('one');
  await begins('one');
  const files = ['a.png', 'b.png'].map((name) => ({ name, data: PNG, as: 'photo' as const }));
  const album = world.telegram.sendAlbum({ from: ANN.id, files, caption: '[[say album]]' })[0]?.message;
  const two = hold('two');
  const three = world.say('[[say three]]').message;
  await soon(() => notices()).toEqual([`${album?.id}: 1`, `${two.id}: 2`, `${three.id}: 3`]);
  const last = world.shown().at(-1);

  await letGo('one');
  await begins('two');
  await soon(() => notices()).toEqual([`${three.id}: 1`]);
  expect(last && world.now(last)).toMatchObject({ text: expect.stringContaining('number 1'), deleted: false });

  await world.replace('bot');
  await letGo('two');
  await world.shows('three');
  await soon(() => notices()).toEqual([]);
  expect(['one', 'album', 'two', 'three'].map(answerTo)).toEqual([one.id, album?.id, two.id, three.id]);
});

it('of a message that is taken out nothing stays', async () => {
  await world.newSession();
  hold('four');
  await begins('four');
  const waits = world.say('[[say never]]').message;
  await soon(() => notices()).toEqual([`${waits.id}: 1`]);
  world.say('/stop all');
  await world.shows(/^Dropped a message/);
  await soon(() => notices()).toEqual([]);
});

it('the only message of a private chat has a plain answer; in a group every answer is a reply', async () => {
  await world.newSession();
  await world.ask('[[say alone]]', 'alone');
  expect(answerTo('alone')).toBeUndefined();
  world.say('/new together', { chat: GROUP_ID });
  await world.shows(/created/, GROUP_ID);
  const { message } = world.say('[[say to you]]', { chat: GROUP_ID });
  expect((await world.shows('to you', GROUP_ID)).replyTo?.id).toBe(message.id);
});
