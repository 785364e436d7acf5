import { type MessageJob, SINCE, sessionQueue } from '@signalbox/contracts';
import type { Waiting } from '@signalbox/queues';
import { beforeEach, describe, expect, it } from 'vitest';
import { origin, taken, useTestQueues } from '../../testing/world.ts';
import { joinMessages } from './join-messages.ts';

const queue = sessionQueue('web', 'default');
const queues = await useTestQueues();
beforeEach(async () => {
  for (const id of ['a', 'b']) await queues.addJob(queue, { id, name: 'message', data: photo(id) });
});

const photo = (text: string): MessageJob => {
  return { version: SINCE.message, kind: 'message', session: 'web', origin, text, album: 'album' };
};
const join = (waiting: Waiting) =>
  joinMessages(waiting, queue.name, taken('a', photo('a')), photo('a'), new AbortController().signal);
const textsOf = ({ text, more = [] }: MessageJob) => [text, ...more.map((part) => part.text)];

describe('an album of which Redis has made one turn', () => {
  it.each([
    ['whose answer was lost', async () => undefined],
    ['whose answer was lost before one more photo came', () => add('c')],
  ])('%s is that turn when it is tried again', async (_what, meanwhile) => {
    const { waiting } = queues;
    await waiting.beginAfresh(queue.name, 'a');
    const failing: Waiting = {
      ...waiting,
      async join(...args) {
        await waiting.join(...args);
        throw new Error('Command timed out');
      },
    };
    await expect(join(failing)).rejects.toThrow('Command timed out');
    await meanwhile();
    expect(textsOf(await join(waiting))).toEqual(['a', 'b']);
    expect(await waiting.joinedTo(queue.name, 'b')).toBe('a');
  });
});

describe('an album whose worker died', () => {
  it('before that was decided is joined by the next one', async () => {
    await queues.waiting.beginAfresh(queue.name, 'a');
    expect(textsOf(await join(queues.waiting))).toEqual(['a', 'b']);
  });

  it('after its turn had begun is left as it is: what came later is a message of its own', async () => {
    await queues.waiting.beginAfresh(queue.name, 'a');
    await join(queues.waiting);
    await add('c');
    expect(textsOf(await join(queues.waiting))).toEqual(['a', 'b']);
  });
});

it('a photo whose caption is changed while the album is gathered has the new one', async () => {
  const { waiting } = queues;
  await waiting.beginAfresh(queue.name, 'a');
  let looks = 0;
  const edited: Waiting = {
    ...waiting,
    async list(...args) {
      // At the last moment: what is read now is changed before it is joined.
      const found = await waiting.list(...args);
      looks += 1;
      if (looks === 2) await waiting.edit(queue.name, 'b', photo('edited'));
      return found;
    },
  };
  expect(textsOf(await join(edited))).toEqual(['a', 'edited']);
});

const add = (id: string) => queues.addJob(queue, { id, name: 'message', data: photo(id) });
