import { type Reply, readReply } from '@signalbox/contracts';
import { type Lease, LeaseLost, type Queues } from '@signalbox/queues';
import { describe, expect, it } from 'vitest';
import { createTestLog, held, origin, repliesTo, useTestQueues } from '../../testing/world.ts';
import { createPublisher } from './publish.ts';

const queues = await useTestQueues();

async function open(more: { addJob?: Queues['addJob'] } = {}) {
  const lease = await held(queues, 'session-web');
  const { log, lines } = createTestLog();
  const publisher = createPublisher({ session: 'web', lease, addJob: queues.addJob, log, ...more });
  return { lease, publisher, lines };
}

describe('a publisher', () => {
  it('gives each thing said to the chat once, in order, however often it is told', async () => {
    const { publisher } = await open();
    for (const [row, text] of [
      ['row-1', 'one'],
      ['row-2', 'two'],
      ['row-1', 'one'],
    ] as const)
      await publisher.said(origin.place, row, text);
    for (let i = 0; i < 2; i += 1) await publisher.notice('u-1-1', 'failed', origin, 'sorry');
    await publisher.notice('u-1-1', 'other', { place: origin.place }, 'more');
    expect((await repliesTo(queues, 7)).map(({ text }) => text)).toEqual(['one', 'two', 'sorry', 'more']);
  });

  it('writes what the bot can read', async () => {
    const { publisher } = await open();
    await publisher.said({ chatId: 7, threadId: 3 }, 'row-1', '**one**');
    await publisher.notice('u-1-1', 'failed', origin, 'sorry');
    const replies = (await queues.bull.queue('reply-7').getWaiting()).map(({ data }) => readReply(data));
    expect(replies).toEqual([
      { status: 'ok', value: expect.objectContaining({ kind: 'markdown', place: { chatId: 7, threadId: 3 } }) },
      {
        status: 'ok',
        value: expect.objectContaining({ kind: 'text', session: 'web', replyTo: 5 } satisfies Partial<Reply>),
      },
    ]);
  });

  it.each(['', ' ', '\n\n'])('has nothing to give of what is blank (%j)', async (text) => {
    const { publisher } = await open();
    await publisher.said(origin.place, 'row-1', text);
    expect(await repliesTo(queues, 7)).toEqual([]);
  });

  it('goes on until Redis has taken the reply', async () => {
    let failures = 2;
    const addJob: Queues['addJob'] = async (...args) => {
      if (failures-- > 0) throw new Error('Connection is closed.');
      await queues.addJob(...args);
    };
    const { publisher, lines } = await open({ addJob });
    await publisher.said(origin.place, 'row-1', 'one');
    expect((await repliesTo(queues, 7)).map(({ text }) => text)).toEqual(['one']);
    expect(lines.map(({ msg }) => msg)).toEqual(['A reply waits for Redis', 'A reply waits for Redis']);
  });

  it('that cannot be sure of the session waits until it is', async () => {
    let sure = () => {};
    const whenSure = () => new Promise<void>((resolve) => (sure = resolve));
    const lease = { lost: new AbortController().signal, whenSure } as unknown as Lease;
    const publisher = createPublisher({ lease, addJob: queues.addJob, log: createTestLog().log });
    const saying = publisher.said(origin.place, 'row-1', 'one');
    await queues.redis.ping();
    expect(await repliesTo(queues, 7)).toEqual([]);
    sure();
    await saying;
    expect((await repliesTo(queues, 7)).map(({ text }) => text)).toEqual(['one']);
  });

  it('that lost the session says nothing more', async () => {
    const { publisher, lease } = await open();
    await lease.release();
    await expect(publisher.said(origin.place, 'row-1', 'one')).rejects.toThrow(LeaseLost);
    await expect(publisher.notice('u-1-1', 'failed', origin, 'sorry')).rejects.toThrow(LeaseLost);
    expect(await repliesTo(queues, 7)).toEqual([]);
  });

  it('that loses the session while Redis is away ends its tries', async () => {
    const { publisher, lease } = await open({ addJob: () => Promise.reject(new Error('away')) });
    const ended = expect(publisher.said(origin.place, 'row-1', 'one')).rejects.toThrow();
    await lease.release();
    await ended;
  });
});
