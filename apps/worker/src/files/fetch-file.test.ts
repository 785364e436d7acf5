import { filesQueue, readFetchJob } from '@signalbox/contracts';
import type { FileTransfers } from '@signalbox/queues';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useTestQueues } from '../../testing/world.ts';
import { type Fetching, fetchFile } from './fetch-file.ts';
import { InboxProblem } from './inbox.ts';

const queues = await useTestQueues();
let stopping: AbortController;
let onLook: () => void;
beforeEach(() => {
  stopping = new AbortController();
  onLook = () => undefined;
});
afterEach(async () => {
  stopping.abort(new Error('the test is over'));
});

const transfer = { queue: 'session-web', id: 'u-1-2-0' };
const file = { fileId: 'F', uniqueId: 'U', kind: 'document' as const };

/** Asks for the file, as a worker would; `got` has the bytes that were written. */
function ask(waitMs = 20_000, write?: Fetching['write']) {
  const got: Buffer[] = [];
  const collect = async (bytes: AsyncIterable<Buffer>) => {
    for await (const chunk of bytes) got.push(chunk);
  };
  const transfers: FileTransfers = {
    ...queues.transfers,
    look(which) {
      onLook();
      return queues.transfers.look(which);
    },
  };
  const { addJob, waiting } = queues;
  const needs = { addJob, waiting, transfers, signal: stopping.signal, root: '/data', onRetry: () => undefined };
  const outcome = fetchFile({ file, chatId: 7, transfer, write: write ?? collect }, waitMs, needs);
  outcome.catch(() => undefined);
  return { outcome, text: () => Buffer.concat(got).toString() };
}

const jobs = async () => {
  const waiting = await queues.bull.queue('files-7').getWaiting();
  return waiting.map(({ data }) => {
    const read = readFetchJob(data);
    if (read.status !== 'ok') throw new Error(JSON.stringify(read));
    return read.value;
  });
};
/** The job that asks a bot for the file. */
const asked = async () => {
  await expect.poll(jobs).not.toEqual([]);
  const [job] = (await jobs()).slice(-1);
  if (!job) throw new Error('no job');
  return job;
};
const left = () => queues.redis.keys('*:file:*');

describe('a file that is fetched', () => {
  it('is asked for in the queue of its chat, written when it comes, and taken out of Redis', async () => {
    const { outcome, text } = ask();
    const job = await asked();
    expect(job).toMatchObject({ version: 1, kind: 'fetch', file, to: transfer });
    await queues.transfers.put(transfer, job.request, [Buffer.from('hello')]);
    expect(await outcome).toEqual({ status: 'done' });
    expect(text()).toBe('hello');
    expect(await left()).toEqual([]);
  });

  it('that a dead worker asked for before is asked for once', async () => {
    ask();
    const { request } = await asked();
    stopping.abort(new Error('killed'));
    stopping = new AbortController();
    const { outcome } = ask();
    await queues.transfers.put(transfer, request, [Buffer.from('x')]);
    expect(await outcome).toEqual({ status: 'done' });
    expect(await jobs()).toHaveLength(1);
  });

  it('that went from Redis on the way is asked for anew', async () => {
    const { outcome, text } = ask();
    await asked();
    await queues.transfers.drop(transfer);
    await expect.poll(jobs).toHaveLength(2);
    for (const { request } of await jobs()) await queues.transfers.put(transfer, request, [Buffer.from('anew')]);
    expect(await outcome).toEqual({ status: 'done' });
    expect(text()).toBe('anew');
  });

  it('that cannot come says why, and leaves nothing', async () => {
    const { outcome } = ask();
    await queues.transfers.fail(transfer, (await asked()).request, 'it is lost');
    expect(await outcome).toEqual({ status: 'failed', problem: 'it is lost' });
    expect(await left()).toEqual([]);
  });

  it('that no bot brings is not waited for longer than said, and is not fetched later', async () => {
    const { outcome } = ask(300);
    const { request } = await asked();
    expect(await outcome).toMatchObject({ status: 'late', problem: expect.stringContaining('no bot brought it') });
    expect(await queues.transfers.isWaiting(transfer, request)).toBe(false);
    expect(await left()).toEqual([]);
  });

  it('that waits behind another one of its chat is waited for as long as that one may take as well', async () => {
    const other = { queue: 'session-other', id: 'u-1-1-0' };
    const data = { version: 1, kind: 'fetch', file, to: other, request: 'r' };
    await queues.addJob(filesQueue(7), { id: 'u-1-1-0-r', name: 'fetch', data });
    const { outcome } = ask(300);
    await expect.poll(jobs).toHaveLength(2);
    const { request } = await asked();
    let looks = 0;
    // As often as it would be looked for without the other one, and once more.
    const looked = new Promise<void>((resolve) => {
      onLook = () => {
        looks += 1;
        if (looks > 4) resolve();
      };
    });
    await looked;
    await queues.transfers.put(transfer, request, [Buffer.from('x')]);
    expect(await outcome).toEqual({ status: 'done' });
  });

  it.each([
    ['an inbox that cannot be used', new InboxProblem('x is not a directory.'), 'x is not a directory.'],
    ['a full disk', Object.assign(new Error(), { code: 'ENOSPC' }), /\/data cannot be used: the disk is full/],
  ])('into %s says what to do, and leaves nothing', async (_what, error, problem) => {
    const { outcome } = ask(20_000, () => Promise.reject(error));
    await queues.transfers.put(transfer, (await asked()).request, [Buffer.from('x')]);
    expect(await outcome).toEqual({ status: 'failed', problem: expect.stringMatching(problem) });
    expect(await left()).toEqual([]);
  });

  it('is no longer waited for when the worker has to leave it', async () => {
    const { outcome } = ask();
    await asked();
    stopping.abort(new Error('told to stop'));
    await expect(outcome).rejects.toThrow('told to stop');
    // The next one goes on with it.
    expect(await left()).toHaveLength(1);
  });
});
