import { readReply } from '@signalbox/contracts';
import type { Lease } from '@signalbox/queues';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestLog, held, useTestQueues } from '../../testing/world.ts';
import { type OutgoingFile, publishFiles } from './publish-files.ts';

const queues = await useTestQueues();
let lease: Lease;
beforeEach(async () => {
  lease = await held(queues, 'session-web');
});
afterEach(() => lease.release());

const occasion = { id: 'u-1-2', place: { chatId: 7 } };
const files: OutgoingFile[] = [
  { name: 'a.txt', path: '/w/a.txt', bytes: Buffer.from('one'), as: 'document' },
  { name: 'b.png', path: '/w/b.png', bytes: Buffer.from('two'), as: 'photo' },
];
const publish = (what = files, caption = 'Both', on = occasion) =>
  publishFiles(on, what, caption, {
    session: 'web',
    lease,
    ...queues,
    log: createTestLog().log,
    signal: new AbortController().signal,
  });
const replies = async () => {
  const waiting = await queues.bull.queue('reply-7').getWaiting();
  return waiting.map(({ data }) => {
    const read = readReply(data);
    if (read.status !== 'ok' || read.value.kind !== 'files') throw new Error(JSON.stringify(read));
    return read.value;
  });
};

it('makes the bytes and the reply that names them durable', async () => {
  expect(await publish()).toBe(true);
  const [reply] = await replies();
  expect(reply).toMatchObject({ version: 1, session: 'web', place: { chatId: 7 }, text: 'Both' });
  const found = await Promise.all(
    (reply?.files ?? []).map(async ({ transfer }) => {
      const chunks: Buffer[] = [];
      for await (const chunk of queues.transfers.read(transfer)) chunks.push(chunk);
      return Buffer.concat(chunks).toString();
    }),
  );
  expect(found).toEqual(['one', 'two']);
  expect(reply?.files.map(({ transfer, ...rest }) => rest)).toEqual([
    { name: 'a.txt', path: '/w/a.txt', size: 3, as: 'document' },
    { name: 'b.png', path: '/w/b.png', size: 3, as: 'photo' },
  ]);
});

it('shows the same files once on the same occasion, and brings no bytes for the second time', async () => {
  await publish();
  for (const { files: shown } of await replies())
    for (const { transfer } of shown) await queues.transfers.drop(transfer);
  expect(await publish()).toBe(false);
  expect(await replies()).toHaveLength(1);
  expect(await queues.redis.keys('*:file:*')).toEqual([]);
});

it('goes on where a worker died before the reply was there', async () => {
  await publish();
  await queues.bull.queue('reply-7').obliterate({ force: true });
  expect(await publish()).toBe(true);
  expect(await replies()).toHaveLength(1);
});

it('shows other files, another caption, another form and another occasion anew', async () => {
  const [first, second] = files as [OutgoingFile, OutgoingFile];
  await publish();
  expect(await publish(files, 'Again')).toBe(true);
  expect(await publish([first])).toBe(true);
  expect(await publish([first, { ...second, as: 'document' }])).toBe(true);
  expect(await publish([{ ...first, bytes: Buffer.from('three') }, second])).toBe(true);
  expect(await publish(files, 'Both', { ...occasion, id: 'u-1-3' })).toBe(true);
  expect(await replies()).toHaveLength(6);
});
