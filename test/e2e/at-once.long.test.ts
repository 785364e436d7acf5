import { ANN } from '@signalbox/simulator';
import { expect, it } from 'vitest';
import { PNG } from '../support/files.ts';
import { useWorld } from '../support/use-world.ts';

const world = useWorld({ env: { STREAMING: 'off', REACTIONS: 'off' } }, (own) => own.newSession('web'));

it('messages that are forwarded together are one turn, each quoted with its sender, also in an idle session', async () => {
  const forwarded = ['first', 'second', 'third [[say read them]]'].map((text, at) => ({
    ...{ from: ANN.id, text },
    forwardFrom: at === 1 ? 'Mallory' : 'Trent',
  }));
  world.telegram.sayBatch(forwarded);
  await world.shows('read them');
  expect(world.asked()).toHaveLength(1);
  expect(world.asked()[0]).toMatch(/from="Trent">\s*first[\s\S]*from="Mallory">\s*second[\s\S]*from="Trent">\s*third/);
});

it('a comment and what is forwarded with it are one turn when they have to wait', async () => {
  world.say('[[wait 1500]][[say the turn before]]');
  await expect.poll(() => world.asked().length).toBe(1);
  world.telegram.sayBatch([
    { from: ANN.id, text: 'what do you make of this?' },
    { from: ANN.id, text: 'the log [[say a lot]]', forwardFrom: 'Trent' },
  ]);
  await world.shows('a lot');
  expect(world.asked()).toHaveLength(2);
  expect(world.asked()[1]).toMatch(/what do you make of this\?[\s\S]*from="Trent">\s*the log/);
});

it('of an album with a file that is too large the rest reaches Claude in one turn, and the chat says which did not', async () => {
  const files = [
    { name: 'a.png', data: PNG, as: 'photo' as const },
    { name: 'film.mp4', data: Buffer.alloc(20 * 1024 * 1024 + 1), as: 'video' as const },
  ];
  world.telegram.sendAlbum({ from: ANN.id, files, caption: 'look [[say looked]]' });
  await world.shows('looked');
  expect(world.asked()).toHaveLength(1);
  expect(world.asked()[0]).toMatch(/kind="photo"[\s\S]*look/);
  expect(world.texts()).toContainEqual(expect.stringMatching(/film\.mp4 is too large/));
});

it('with STREAMING and REACTIONS off a message has its answer, and nothing beside it', async () => {
  const before = world.telegram.calls.length;
  const { message } = world.say('[[stream 2000 over 1200]][[say The end.]]');
  await world.shows('The end.');
  // Replies keep their order: a mark that the first is done would stand before the answer to the next.
  world.say('[[say The next.]]');
  await world.shows('The next.');
  expect(world.telegram.draftFrames(ANN.id)).toEqual([]);
  const beside = ['getUpdates', 'setMyCommands', 'sendChatAction'];
  const methods = world.telegram.calls.slice(before).map(({ method }) => method);
  expect(new Set(methods.filter((method) => !beside.includes(method)))).toEqual(new Set(['sendMessage']));
  expect(world.telegram.messages(ANN.id).find(({ id }) => id === message.id)?.reactions).toEqual([]);
});
